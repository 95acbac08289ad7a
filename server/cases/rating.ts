/** 好差评: one rating a case, all five levels taken alike. */
import type { Static } from '@sinclair/typebox'
import type { CaseView, RatingBody } from '../../core/contract/case'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { sealText } from '../crypto'
import type { Platform } from '../platform'
import { viewCase } from './read'
import { lockCase } from './store'

const RATEABLE: readonly string[] = ['finished', 'refused']
/** 差 and 很差: supervision looks into these. */
const MOST_STARS_OF_LOW = 2

/** @throws {Refused} NOT_FOUND, ACTION_NOT_ALLOWED before the end, ALREADY_RATED */
export async function rateCase(
  platform: Platform,
  { caseId, by, body }: { caseId: string; by: Citizen; body: Static<typeof RatingBody> },
): Promise<CaseView> {
  const { stars, comment, requestId } = body
  const at = platform.now()
  await platform.db.inTx(async (tx) => {
    const row = await lockCase(tx, caseId)
    if (!row) throw new Refused('NOT_FOUND')
    if (!RATEABLE.includes(row.state)) throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
    const place = { table: 'ratings', column: 'comment_sealed', rowId: caseId }
    const made = await tx.insertInto('ratings').values({
      case_id: caseId, request_id: requestId, stars, at,
      comment_sealed: comment ? sealText(platform.keys, place, comment) : null,
    }).onConflict((conflict) => conflict.doNothing()).returning('stars').executeTakeFirst()
    if (made) {
      const about = { at, personId: row.applicant_id, object: `case:${caseId}`, why: '好差评' }
      await record(tx, { ...about, by, what: '评价' })
      if (stars > MOST_STARS_OF_LOW) return
      await record(tx, { ...about, by: { kind: 'system' }, what: '差评待整改', result: 'rating-low' })
      return
    }
    const before = await tx.selectFrom('ratings').select(['request_id', 'stars'])
      .where('case_id', '=', caseId).executeTakeFirstOrThrow()
    if (before.request_id !== requestId) throw new Refused('ALREADY_RATED')
    if (before.stars !== stars) throw new Refused('REQUEST_REUSED')
  })
  return viewCase(platform, { caseId, after: 0, reader: by })
}
