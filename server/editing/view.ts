import type { DraftView } from '../../core/contract/editing'
import {
  type Changes, type DraftRole, type DraftState, type TopicParts, draftActions, partsOf,
  withChanges,
} from '../../core/editing'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { findSources } from '../topics/store'
import { judge } from './check'
import { leads, mayEdit } from './rights'
import { type DraftRow, findDraft, stepsOf } from './store'
import { currentParts } from './versions'

/** A draft's topic as it would be linked from. */
export function draftParts(
  { catalogue }: Pick<Platform, 'catalogue'>,
  topicId: string,
  changes: Changes,
): TopicParts {
  const files = withChanges(catalogue.files, changes)
  const topic = files.topics.find(({ id }) => id === topicId)
  if (!topic) throw new Refused('NOT_FOUND')
  return partsOf(topic, files)
}

/** What a draft began from. @throws {Refused} NOT_FOUND */
export async function baseOf(
  db: Db,
  platform: Pick<Platform, 'catalogue'>,
  { topic_id: id, base_version: version }: Pick<DraftRow, 'topic_id' | 'base_version'>,
): Promise<TopicParts> {
  const current = currentParts(platform, id)
  if (current.topic.version === version) return current
  const kept = await findSources(db, { id, version })
  if (!kept) throw new Refused('NOT_FOUND')
  return kept
}

/** Who may drop a draft: the lead department, or whoever alone wrote in it. */
export function mayDiscard(by: StaffMember, row: DraftRow, lead: boolean): boolean {
  return lead || row.editors.every((id) => id === by.id)
}

export function roleOf({ kind }: StaffMember): DraftRole {
  if (kind === 'editor' || kind === 'publisher') return kind
  throw new Refused('NOT_ALLOWED')
}

export const peopleOf = (row: DraftRow): {
  state: DraftState
  editors: readonly string[]
  approvedBy: string | null
} => ({ state: row.state, editors: row.editors, approvedBy: row.approved_by })

/** @throws {Refused} NOT_FOUND */
export async function draftView(
  platform: Platform,
  { id, by }: { id: string; by: StaffMember },
): Promise<DraftView> {
  const { db: { db }, catalogue } = platform
  const row = await findDraft(db, id)
  if (!row) throw new Refused('NOT_FOUND')
  const [base, events] = await Promise.all([baseOf(db, platform, row), stepsOf(db, id)])
  const parts = draftParts(platform, row.topic_id, row.changes)
  const { verdict, linked } = await judge(catalogue, row.topic_id, row.changes)
  const open = row.state === 'draft'
  const may = mayEdit(catalogue.files, by, parts)
  const lead = leads(by, base.topic)
  return {
    id, topicId: row.topic_id, title: parts.topic.title,
    state: row.state, revision: row.revision, baseVersion: row.base_version,
    currentVersion: currentParts(platform, row.topic_id).topic.version,
    fromVersion: row.from_version, publishedVersion: row.published_version,
    base, parts,
    mayEdit: open ? may : { topic: false, items: [], elements: [], materials: [] },
    verdict, linked: linked ?? null,
    savedBy: row.saved_by, savedAt: row.saved_at.toISOString(),
    actions: draftActions(peopleOf(row), { role: roleOf(by), id: by.id })
      .filter((action) => action !== 'discard' || mayDiscard(by, row, lead)),
    events: events.map(({ at, by: name, event, note }) =>
      ({ at: at.toISOString(), by: name, is: event, note })),
  }
}
