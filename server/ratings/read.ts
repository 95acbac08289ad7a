/** The rating of a case as its owner sees it: what may still be said, and what came of it. */
import { shanghaiDate } from '../../core/clock'
import type { RatingView, RectificationView } from '../../core/contract/rating'
import type { Topic } from '../../core/contract/topic'
import { rectificationActions } from '../../core/rectification'
import { Refused } from '../../core/refusal'
import { tasksOf } from '../cases/store'
import { departmentName, officeOf, topicOf } from '../cases/topic'
import type { CaseRow, TaskRow } from '../cases/view'
import { openText } from '../crypto'
import type { Platform } from '../platform'
import { isRateableTask, ratingEnds } from './rateable'
import {
  type ItemRatingRow, type RectificationEventRow, type RectificationRow, commentPlace, openNote,
  rectificationsOf, stepsOf,
} from './store'

/** @throws {Refused} NOT_FOUND */
export async function viewRating(platform: Platform, caseId: string): Promise<RatingView> {
  const { db: { db }, catalogue, keys } = platform
  const row = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
  if (!row) throw new Refused('NOT_FOUND')
  const [topic, tasks, rating, itemRatings, rectifications] = await Promise.all([
    topicOf(db, platform, row), tasksOf(db, caseId),
    db.selectFrom('ratings').selectAll().where('case_id', '=', caseId).executeTakeFirst(),
    db.selectFrom('item_ratings').selectAll().where('case_id', '=', caseId).execute(),
    rectificationsOf(db, caseId),
  ])
  const steps = await stepsOf(db, rectifications.map(({ id }) => id))
  const until = ratingEnds(catalogue, row)
  const items = tasks.filter(isRateableTask).map((task) =>
    itemOf(platform, task, { topic, rating: itemRatings.find(({ n }) => n === task.n) }))
  const inTime = until !== null && shanghaiDate(platform.now().toISOString()) <= until
  return {
    caseId,
    until,
    open: inTime && (!rating || items.some((item) => !item.rating)),
    form: {
      version: catalogue.rating.version,
      indicators: catalogue.rating.indicators.map((one) => ({ ...one })),
    },
    rating: rating
      ? {
          stars: rating.stars,
          comment: rating.comment_sealed
            && openText(keys, commentPlace.ofCase(caseId), rating.comment_sealed),
          at: rating.at.toISOString(),
          indicators: rating.indicators ?? {},
        }
      : null,
    items,
    rectifications: rectifications.map((one) =>
      toView(platform, one, { row, tasks, topic, steps: steps.get(one.id) ?? [] })),
  }
}

function itemOf(
  platform: Platform,
  task: TaskRow,
  { topic, rating }: { topic: Topic; rating: ItemRatingRow | undefined },
): RatingView['items'][number] {
  const sealed = rating?.comment_sealed
  const place = commentPlace.ofItem(task.case_id, task.n)
  return {
    itemId: task.item_id,
    name: itemName(topic, task.item_id),
    department: departmentName(platform, task.department_id, task.region_code),
    rating: rating
      ? {
          stars: rating.stars,
          comment: sealed ? openText(platform.keys, place, sealed) : null,
          at: rating.at.toISOString(),
        }
      : null,
  }
}

const itemName = ({ items }: Topic, itemId: string) =>
  items.find(({ id }) => id === itemId)?.name ?? itemId

export interface Of {
  row: CaseRow
  tasks: readonly TaskRow[]
  topic: Topic
}

/** What was rated, and who puts it right. */
export function partiesOf(
  platform: Platform,
  { n, region_code, department_id }: RectificationRow,
  { tasks, topic }: Of,
): { itemId: string | null; about: string; by: string } {
  const task = n === 0 ? undefined : tasks.find((one) => one.n === n)
  return {
    itemId: task?.item_id ?? null,
    about: task ? itemName(topic, task.item_id) : topic.title,
    by: department_id
      ? departmentName(platform, department_id, region_code)
      : officeOf(platform, region_code).office,
  }
}

/** An answer is the citizen's to read once supervision has confirmed it. */
function toView(
  platform: Platform,
  one: RectificationRow,
  of: Of & { steps: readonly RectificationEventRow[] },
): RectificationView {
  const confirmed = one.state === 'confirmed' || one.state === 'closed'
  const answer = of.steps.filter(({ event }) => event === 'answer').at(-1)
  return {
    id: one.id,
    ...partiesOf(platform, one, of),
    state: one.state,
    round: one.round,
    contactBy: one.contact_by,
    answerBy: one.answer_by,
    late: one.late,
    answer: confirmed && answer?.kind
      ? {
          kind: answer.kind, text: openNote(platform.keys, answer) ?? '', by: answer.by_name,
          at: answer.at.toISOString(),
        }
      : null,
    outcome: one.outcome,
    actions: rectificationActions(one.state, 'citizen'),
  }
}
