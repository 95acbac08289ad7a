/** 未送达: a department sees what its own system did not get, and sends it again. */
import type { Revived } from '../../core/contract/admin'
import type { Letter, LetterPage, LettersReviveBody } from '../../core/contract/letter'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { isFirst } from '../cases/request'
import { hint, revive } from '../outbox/store'
import type { Platform } from '../platform'
import { headsDepartment, regionsOf } from '../policies'
import { CANCEL_TASK } from './jobs'
import { type LetterRow, laneOf, letterRows } from './letter-store'

/** What a policy knows of a letter. */
export const subjectOf = ({ lane, regionCode }: Pick<LetterRow, 'lane' | 'regionCode'>) =>
  ({ regionCode, departments: [lane.slice(laneOf('').length)] })

/** @throws {Refused} NOT_ALLOWED for whoever is of no department */
export async function listLetters(
  platform: Platform,
  { by, before, limit }: { by: StaffMember; before: number | undefined; limit: number },
): Promise<LetterPage> {
  const { department } = by
  if (!department) throw new Refused('NOT_ALLOWED')
  const rows = await letterRows(platform.db.db, {
    departmentId: department, regions: regionsOf(platform.catalogue, by.region), before,
    limit: limit + 1,
  })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const names = new Map(platform.catalogue.topics.flatMap(({ items }) =>
    items.map(({ id, name }) => [id, name])))
  return {
    letters: rows.slice(0, limit).map((row) => ({
      name: names.get(row.itemId) ?? row.itemId, ...viewOf(row, by),
    })),
    next: last ? String(last.id) : null,
  }
}

/**
 * One more round of attempts for each of these that is given up.
 * @throws {Refused} ACTION_NOT_ALLOWED if none of them is given up; REASON_REQUIRED
 */
export async function reviveLetters(
  platform: Platform,
  { by, body }: { by: StaffMember; body: LettersReviveBody },
): Promise<Revived> {
  const now = platform.now()
  const { requestId, ids } = body
  const why = said(body.reason)
  const revived = await platform.db.inTx(async (tx) => {
    if (!await isFirst(tx, platform, { by, requestId, request: { letters: ids, why } })) return 0
    let count = 0
    for (const id of [...ids].sort((a, b) => a - b)) {
      if (!await revive(tx, { id, now })) continue
      count += 1
      const object = `delivery:${id}`
      await record(tx, { at: now, by, personId: null, what: '重新投递', object, why })
    }
    if (count === 0) throw new Refused('ACTION_NOT_ALLOWED')
    return count
  })
  await hint(platform.db.db)
  return { revived }
}

function viewOf(row: LetterRow, by: StaffMember): Omit<Letter, 'name'> {
  const { id, caseId, n, regionCode, taskState, attempts, deadAt, reason } = row
  return {
    id, caseId, n, regionCode, taskState, attempts, reason,
    number: `${row.number}-${n}`,
    what: row.topic === CANCEL_TASK ? 'cancel' : 'task',
    state: deadAt ? 'dead' : 'waiting',
    createdAt: row.createdAt.toISOString(),
    nextAt: deadAt ? null : row.dueAt.toISOString(),
    deadAt: deadAt?.toISOString() ?? null,
    revivable: Boolean(deadAt) && headsDepartment(by, subjectOf(row)),
  }
}
