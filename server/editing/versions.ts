/** What an editor or publisher begins with: the topics, their versions, their open drafts. */
import type { CatalogueTopics, TopicVersions } from '../../core/contract/editing'
import { partsOf } from '../../core/editing'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { ofRegions, within } from '../db/scope'
import type { Platform } from '../platform'
import { regionsOf } from '../policies'
import { leads } from './rights'
import { openDrafts, versionsOf } from './store'

export async function listCatalogue(
  { catalogue, db }: Platform,
  by: StaffMember,
): Promise<CatalogueTopics> {
  const open = await openDrafts(db.db)
  return {
    topics: catalogue.topics.map((topic) => {
      const draft = open.find(({ topic_id }) => topic_id === topic.id)
      return {
        id: topic.id, number: topic.number, version: topic.version, title: topic.title,
        leadName: topic.departments.find(({ id }) => id === topic.lead)?.short ?? topic.lead,
        leads: leads(by, topic),
        items: topic.items.length,
        ownItems: topic.items.filter(({ department }) => department === by.department).length,
        confirmed: topic.status === 'confirmed' &&
          topic.items.every(({ status }) => status === 'confirmed'),
        draft: draft ? {
          id: draft.id, state: draft.state, savedBy: draft.saved_by,
          savedAt: draft.saved_at.toISOString(),
        } : null,
      }
    }),
  }
}

/** A topic's current sources. @throws {Refused} NOT_FOUND */
export function currentParts({ catalogue }: Pick<Platform, 'catalogue'>, topicId: string) {
  const topic = catalogue.files.topics.find(({ id }) => id === topicId)
  if (!topic) throw new Refused('NOT_FOUND')
  return partsOf(topic, catalogue.files)
}

/** @throws {Refused} NOT_FOUND */
export async function topicVersions(
  platform: Platform,
  { topicId, by }: { topicId: string; by: StaffMember },
): Promise<TopicVersions> {
  const { topic } = currentParts(platform, topicId)
  const { db: { db }, catalogue } = platform
  // The desk sees no case: the house counts them for it.
  const versions = await within(ofRegions(regionsOf(catalogue, by.region)), () =>
    versionsOf(db, topicId))
  const open = await openDrafts(db)
  const draftId = open.find(({ topic_id }) => topic_id === topicId)?.id ?? null
  return {
    id: topicId, title: topic.title, current: topic.version, draftId,
    mayOpen: by.kind === 'editor' && draftId === null,
    mayRollBack: leads(by, topic) && draftId === null,
    versions: versions.map(({ version, publishedAt, how, by: names, cases }) => ({
      version, how, by: names, cases, publishedAt: publishedAt.toISOString(),
      mayReturnTo: how !== null && version !== topic.version,
    })),
  }
}
