/** What is one's own: for oneself, for whoever acts for one, and for the window one stands at. */
import { coversTopic } from '../core/mandate'
import type { Actor, Counter } from './actor'
import type { Subject } from './policies'

/** Who acts for the owner is in their place, as far as the mandate covers the matter. */
export const owner = (actor: Actor, { ownerId, topicId, caseId, mandateId }: Subject) =>
  actor.kind === 'citizen' && ownerId !== undefined && actor.id === ownerId &&
  (!actor.acting || coversTopic(actor.acting, topicId) || actor.acting.mandateId === mandateId) &&
  (!actor.counter || atHand(actor.counter, { topicId, caseId }))

/** Of this topic, and of no case but the one filed or rated in it. */
const atHand = (counter: Counter, { topicId, caseId }: Subject) =>
  topicId === counter.topicId && (caseId === undefined || caseId === counter.caseId)

/** At the window: of no draft but the one that was taken up by its code. */
export const drafter = (actor: Actor, subject: Subject) => owner(actor, subject) &&
  !(actor.kind === 'citizen' && actor.counter
    && (!subject.draftId || actor.counter.draftId !== subject.draftId))

/** An upload belongs to no topic yet; whoever sends it has its id from having begun it. */
export const uploader = (actor: Actor, subject: Subject) => owner(actor, subject) ||
  (actor.kind === 'citizen' && Boolean(actor.counter) && actor.id === subject.ownerId)
