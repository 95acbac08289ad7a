/** 撤销: the department that issued a result takes it back, with a reason, once and for good. */
import type { ResultActionBody } from '../../core/contract/case'
import { hasDuty } from '../../core/duty'
import { Refused } from '../../core/refusal'
import { titled } from '../../core/titled'
import type { Actor, StaffMember } from '../actor'
import { said } from '../cases/actions'
import { note, openDocket, saveDocket, tell } from '../cases/docket'
import { isFirst } from '../cases/request'
import type { Platform } from '../platform'
import type { FoundResult } from './read'

/** One older than the register of certificates never can be. */
export function mayRevoke(
  { duties }: StaffMember,
  { identifier, revoked_at: revoked }: FoundResult,
): boolean {
  return identifier !== null && revoked === null && hasDuty(duties, 'approve')
}

/**
 * Repeating a request id repeats nothing.
 * @throws {Refused} NOT_FOUND, REQUEST_REUSED, REASON_REQUIRED; ACTION_NOT_ALLOWED if it is
 *   revoked already, or older than the register of certificates
 */
export async function revokeResult(
  platform: Platform,
  { row, by, body }: { row: FoundResult; by: Actor; body: ResultActionBody },
): Promise<void> {
  const reason = said(body.reason)
  await platform.db.inTx(async (tx) => {
    const request = { resultId: row.id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const docket = await openDocket(tx, {
      platform, caseId: row.case_id, by, departmentId: row.department_id,
    })
    if (!docket) throw new Refused('NOT_FOUND')
    const moved = await tx.updateTable('certificates')
      .set({
        state: 'revoked', revoked_at: docket.at, revoked_why: reason,
        revoked_by: 'id' in by ? by.id : null,
      })
      .where('result_id', '=', row.id).where('state', '=', 'valid').executeTakeFirst()
    if (moved.numUpdatedRows === 0n) throw new Refused('ACTION_NOT_ALLOWED')
    note(docket, { is: 'result.revoke', itemId: row.item_id, reason })
    tell(docket, '结果已撤销', `您的办件（编号 ${docket.row.number}）中，${titled(row.name)}`
      + '已被签发部门撤销，请查看理由和救济途径。')
    await saveDocket(docket, by, '撤销办理结果')
  })
}
