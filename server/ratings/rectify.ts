/** 整改: one action, one transaction; each leaves a step in a history that only grows. */
import { addWorkingDays, shanghaiDate } from '../../core/clock'
import type {
  RectificationActionBody, RectificationReply,
} from '../../core/contract/rating'
import {
  type AnswerKind, type RectificationAction, type RectificationRole, actOnRectification, deadlines,
  rectificationSignal,
} from '../../core/rectification'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { isFirst } from '../cases/request'
import { departmentName, officeOf } from '../cases/topic'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue, hint } from '../outbox/store'
import type { Platform } from '../platform'
import {
  type RectificationRow, addStep, lockRectification, saveRectification,
} from './store'

type Body = RectificationActionBody | RectificationReply

const WHAT: Record<RectificationAction, string> = {
  contact: '差评回访', answer: '答复差评整改', confirm: '确认差评整改', return: '退回差评整改',
  satisfied: '对整改满意', unsatisfied: '对整改仍不满意', lapse: '整改期满结束',
}

/** @throws {Refused} NOT_FOUND, REQUEST_REUSED, REASON_REQUIRED, ACTION_NOT_ALLOWED */
export async function rectify(
  platform: Platform,
  { id, by, body }: { id: string; by: Actor; body: Body },
): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const request = { rectification: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockRectification(tx, id)
    if (!row) throw new Refused('NOT_FOUND')
    const note = by.kind === 'citizen' ? body.note?.trim() : said(body.note ?? '')
    await step({ platform, tx, row }, { action: body.do, by, note, kind: kindOf(body) })
  })
}

const kindOf = (body: Body) => (body.do === 'answer' ? body.kind : undefined)

interface Taken {
  platform: Platform
  tx: Tx
  row: RectificationRow
}

interface Step {
  action: RectificationAction
  by: Actor | { kind: 'system' }
  note?: string
  kind?: AnswerKind
}

/** @throws {Refused} ACTION_NOT_ALLOWED */
export async function step({ platform, tx, row }: Taken, given: Step): Promise<void> {
  const { rating: { rectification }, calendar } = platform.catalogue
  const at = platform.now()
  const today = shanghaiDate(at.toISOString())
  const role = roleOf(given.by)
  const missed = signalOf(row, today)
  const before = row.round
  const after = actOnRectification(row, given.action, { by: role, rounds: rectification.rounds })
  Object.assign(row, after, { late: row.late || missed !== 'none' })
  if (given.action === 'confirm') {
    row.confirmed_at ??= at
    row.reply_by = addWorkingDays(today, rectification.replyDays, calendar)
    await tellAnswered({ platform, tx, row }, at)
  }
  if (given.action === 'return') {
    const fresh = addWorkingDays(today, rectification.answerDays, calendar)
    row.answer_by = fresh < row.stop_by ? fresh : row.stop_by
  }
  if (after.round > before) {
    const due = deadlines(today, rectification, calendar)
    Object.assign(row, {
      contact_by: due.contactBy, answer_by: due.answerBy, stop_by: due.stopBy, reply_by: null,
      signal: 'none',
    })
  }
  if (after.state === 'closed') {
    row.closed_at = at
    if (isOutcome(given.action)) row.outcome = given.action
  }
  await saveRectification(tx, row)
  const { action, kind, note } = given
  const hand = handOf(platform, given.by, row)
  await addStep(tx, platform.keys, { id: row.id, at, by: hand, event: action, kind, note })
  await record(tx, {
    at, by: given.by, personId: await ownerOf(tx, row), what: WHAT[action],
    object: `rectification:${row.id}`, why: '差评整改',
  })
}

export function signalOf(
  { state, contact_by, answer_by, stop_by }: RectificationRow,
  today: string,
) {
  const due = { contactBy: contact_by, answerBy: answer_by, stopBy: stop_by }
  return rectificationSignal(state, due, today)
}

type Outcome = NonNullable<RectificationRow['outcome']>

function isOutcome(action: RectificationAction): action is Outcome {
  return action === 'satisfied' || action === 'unsatisfied' || action === 'lapse'
}

function roleOf({ kind }: Step['by']): RectificationRole {
  if (kind === 'window' || kind === 'department') return 'handler'
  if (kind === 'citizen' || kind === 'supervisor') return kind
  return 'system'
}

function handOf(
  platform: Platform,
  by: Step['by'],
  { region_code, department_id }: RectificationRow,
) {
  const id = 'id' in by ? by.id : null
  switch (by.kind) {
    case 'citizen': return { role: by.kind, id, name: '申请人' }
    case 'supervisor': return { role: by.kind, id, name: '督查部门' }
    case 'window':
    case 'department': return {
      role: by.kind, id,
      name: department_id
        ? departmentName(platform, department_id, region_code)
        : officeOf(platform, region_code).office,
    }
    default: return { role: 'system', id, name: '系统' }
  }
}

export async function ownerOf(tx: Tx, { case_id }: RectificationRow): Promise<string> {
  const { applicant_id } = await tx.selectFrom('cases').select('applicant_id')
    .where('id', '=', case_id).executeTakeFirstOrThrow()
  return applicant_id
}

async function tellAnswered({ platform, tx, row }: Taken, at: Date): Promise<void> {
  const personId = await ownerOf(tx, row)
  const id = platform.newId()
  const text = '您评价不满意的办件已有整改答复，请查看，并告诉我们您是否满意。'
  await addMessages(tx, [{ id, personId, caseId: row.case_id, at, title: '差评整改有答复', text }])
  const sms = { messageId: id, personId, text, at, kind: 'progress' } as const
  await enqueue(tx, [messageJob(platform, sms)])
  await hint(tx)
}
