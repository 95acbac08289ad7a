/** 好差评: a case and each of its items once, all five levels taken alike. */
import { shanghaiDate } from '../../core/clock'
import type { RatingBody, RatingSource, RatingView } from '../../core/contract/rating'
import { deadlines, isLow } from '../../core/rectification'
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { lockCase, tasksOf } from '../cases/store'
import { isFirst } from '../cases/request'
import type { CaseRow, TaskRow } from '../cases/view'
import { sealText } from '../crypto'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { isRateableTask, ratingEnds } from './rateable'
import { viewRating } from './read'
import { addStep, commentPlace } from './store'

/**
 * @throws {Refused} NOT_FOUND, REQUEST_REUSED, ACTION_NOT_ALLOWED before the end, RATING_OVER,
 * ALREADY_RATED, MALFORMED for an indicator that is not asked
 */
export async function rateCase(
  platform: Platform,
  { caseId, by, body }: { caseId: string; by: Citizen; body: RatingBody },
): Promise<RatingView> {
  if (body.stars === undefined && !body.items) throw new Refused('MALFORMED')
  checkIndicators(platform.catalogue.rating, body)
  await platform.db.inTx(async (tx) => {
    const request = { caseId, rate: body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockCase(tx, caseId)
    if (!row) throw new Refused('NOT_FOUND')
    const until = ratingEnds(platform.catalogue, row)
    if (!until) throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
    if (shanghaiDate(platform.now().toISOString()) > until) {
      throw new Refused('RATING_OVER', { days: platform.catalogue.rating.withinDays })
    }
    const rated = { platform, tx, row }
    if (body.stars !== undefined) await rateWhole(rated, { ...body, stars: body.stars })
    await rateItems(rated, body.items ?? [])
    const at = platform.now()
    await record(tx, {
      at, by, personId: row.applicant_id, what: '评价', object: `case:${caseId}`, why: '好差评',
    })
  })
  return viewRating(platform, caseId)
}

function checkIndicators({ indicators }: RatingSource, { stars, indicators: given }: RatingBody) {
  const asked = indicators.filter(({ whole }) => !whole).map(({ id }) => id)
  const strange = Object.keys(given ?? {}).some((id) => !asked.includes(id))
  if (strange || (given && stars === undefined)) throw new Refused('MALFORMED')
}

interface Rated {
  platform: Platform
  tx: Tx
  row: CaseRow
}

async function rateWhole(
  { platform, tx, row }: Rated,
  { requestId, stars, comment, indicators }: RatingBody & { stars: number },
): Promise<void> {
  const { keys, catalogue } = platform
  const at = platform.now()
  const said = comment?.trim()
  const made = await tx.insertInto('ratings').values({
    case_id: row.id, request_id: requestId, stars, at,
    comment_sealed: said ? sealText(keys, commentPlace.ofCase(row.id), said) : null,
    form_version: catalogue.rating.version,
    indicators: JSON.stringify({ ...indicators, ...wholeOf(catalogue.rating, stars) }),
  }).onConflict((conflict) => conflict.doNothing()).returning('stars').executeTakeFirst()
  if (!made) throw new Refused('ALREADY_RATED')
  if (isLow(stars)) await openRectification({ platform, tx, row }, { n: 0, stars })
}

const wholeOf = ({ indicators }: RatingSource, stars: number) =>
  Object.fromEntries(indicators.filter(({ whole }) => whole).map(({ id }) => [id, stars]))

async function rateItems(
  { platform, tx, row }: Rated,
  items: NonNullable<RatingBody['items']>,
): Promise<void> {
  if (items.length === 0) return
  const tasks = await tasksOf(tx, row.id)
  for (const { itemId, stars, comment } of items) {
    const task = tasks.find(({ item_id }) => item_id === itemId)
    if (!task || !isRateableTask(task)) throw new Refused('ACTION_NOT_ALLOWED', { itemId })
    const { n } = task
    const said = comment?.trim()
    const place = commentPlace.ofItem(row.id, n)
    const made = await tx.insertInto('item_ratings').values({
      case_id: row.id, n, stars, at: platform.now(),
      comment_sealed: said ? sealText(platform.keys, place, said) : null,
    }).onConflict((conflict) => conflict.doNothing()).returning('stars').executeTakeFirst()
    if (!made) throw new Refused('ALREADY_RATED')
    if (isLow(stars)) await openRectification({ platform, tx, row }, { n, stars, task })
  }
}

const SYSTEM = { role: 'system', id: null, name: '系统' }

/** 差评: whoever was rated puts it right; supervision sees it from the first day. */
async function openRectification(
  { platform, tx, row }: Rated,
  { n, stars, task }: { n: number; stars: number; task?: TaskRow },
): Promise<void> {
  const { rating: { rectification }, calendar } = platform.catalogue
  const at = platform.now()
  const due = deadlines(shanghaiDate(at.toISOString()), rectification, calendar)
  const id = platform.newId()
  await tx.insertInto('rectifications').values({
    id, case_id: row.id, n, region_code: task?.region_code ?? row.region_code,
    department_id: task?.department_id ?? null, stars, state: 'open',
    contact_by: due.contactBy, answer_by: due.answerBy, stop_by: due.stopBy, opened_at: at,
  }).execute()
  await addStep(tx, platform.keys, { id, at, by: SYSTEM, event: 'open' })
  await record(tx, {
    at, by: { kind: 'system' }, personId: row.applicant_id, what: '差评待整改',
    object: `case:${row.id}`, why: '好差评', result: 'rating-low',
  })
}
