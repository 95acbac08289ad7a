/**
 * 目录修订: a draft of a topic, from the first change to a new version.
 *
 *   draft ──submit──▶ submitted ──approve──▶ approved ──publish──▶ published
 *     ▲ ◀─withdraw, return──┴───────────────────┘
 *     └──discard──▶ discarded
 *
 * Whoever wrote in a draft never approves or publishes it, and two different people do these two.
 */
import type { ItemSource, TopicSource } from './contract/catalogue'
import type { Element, Material } from './contract/topic'
import { Refused } from './refusal'
import type { CatalogueSource } from './topic'

export const DRAFT_STATES = ['draft', 'submitted', 'approved', 'published', 'discarded'] as const
export type DraftState = (typeof DRAFT_STATES)[number]

export const DRAFT_ROLES = ['editor', 'publisher'] as const
export type DraftRole = (typeof DRAFT_ROLES)[number]

export const DRAFT_ACTIONS = [
  'save', 'rebase', 'submit', 'withdraw', 'discard', 'approve', 'return', 'publish',
] as const
export type DraftAction = (typeof DRAFT_ACTIONS)[number]
export type StepOf = DraftAction | 'open'

type Move = { by: DraftRole; to: DraftState }

/** The whole life of a draft: in each state, who may do what, and where it leads. */
export const DRAFT_ALLOWED: Record<DraftState, Partial<Record<DraftAction, Move>>> = {
  draft: {
    save: { by: 'editor', to: 'draft' },
    rebase: { by: 'editor', to: 'draft' },
    submit: { by: 'editor', to: 'submitted' },
    discard: { by: 'editor', to: 'discarded' },
  },
  submitted: {
    withdraw: { by: 'editor', to: 'draft' },
    approve: { by: 'publisher', to: 'approved' },
    return: { by: 'publisher', to: 'draft' },
  },
  approved: {
    withdraw: { by: 'editor', to: 'draft' },
    publish: { by: 'publisher', to: 'published' },
    return: { by: 'publisher', to: 'draft' },
  },
  published: {},
  discarded: {},
}

/** One draft a topic is open at a time. */
export const DRAFT_OPEN: readonly DraftState[] = ['draft', 'submitted', 'approved']

export interface DraftPeople {
  /** whoever ever saved something in it */
  editors: readonly string[]
  /** of the approval that holds now */
  approvedBy: string | null
}

interface Acting {
  role: DraftRole
  /** account */
  id: string
}

/** Whether this step needs somebody who had no hand in the ones before. */
function samePerson({ editors, approvedBy }: DraftPeople, action: DraftAction, id: string) {
  if (action !== 'approve' && action !== 'publish') return false
  return editors.includes(id) || (action === 'publish' && approvedBy === id)
}

/**
 * The state after an action.
 * @throws {Refused} ACTION_NOT_ALLOWED, when the table has no such move for this role; SAME_PERSON
 */
export function actOnDraft(
  draft: DraftPeople & { state: DraftState },
  action: DraftAction,
  by: Acting,
): DraftState {
  const move = DRAFT_ALLOWED[draft.state][action]
  if (move?.by !== by.role) throw new Refused('ACTION_NOT_ALLOWED', { state: draft.state })
  if (samePerson(draft, action, by.id)) throw new Refused('SAME_PERSON')
  return move.to
}

/** What somebody may do now; drives the buttons. */
export function draftActions(
  draft: DraftPeople & { state: DraftState },
  by: Acting,
): DraftAction[] {
  return DRAFT_ACTIONS.filter((action) =>
    DRAFT_ALLOWED[draft.state][action]?.by === by.role && !samePerson(draft, action, by.id))
}

/** Everything a topic is linked from, as its authors write it. */
export interface TopicParts {
  topic: TopicSource
  items: readonly ItemSource[]
  elements: readonly Element[]
  materials: readonly Material[]
}

/** What a draft has in place of the current words. */
export interface Changes extends Omit<TopicParts, 'topic'> {
  topic?: TopicSource
}

export const NO_CHANGES: Changes = { items: [], elements: [], materials: [] }

type Files = CatalogueSource & { topics: readonly TopicSource[] }

/** What a topic is linked from, out of a whole catalogue; unknown ids are left out. */
export function partsOf(topic: TopicSource, files: Omit<CatalogueSource, 'seasons'>): TopicParts {
  const bound = new Set(topic.items.map(({ item }) => item))
  const items = files.items.filter(({ id }) => bound.has(id))
  const fields = new Set(items.flatMap(fieldIds))
  const papers = new Set(items.flatMap(materialIds))
  return {
    topic,
    items,
    elements: files.elements.filter(({ id }) => fields.has(id)),
    materials: files.materials.filter(({ id }) => papers.has(id)),
  }
}

const nameOf = (key: string) => key.split('.')[1] ?? ''

/** Elements an item asks for or gives. */
export function fieldIds({ fields, result }: ItemSource): string[] {
  return [...fields.map((use) => (typeof use === 'string' ? use : use.field)),
    ...(result.gives ?? [])].map(nameOf)
}

/** Materials an item asks for or makes. */
export function materialIds({ materials, result }: ItemSource): string[] {
  return [...materials.map((use) => (typeof use === 'string' ? use : use.material)),
    ...(result.material ? [result.material] : [])].map(nameOf)
}

/** A catalogue with the changes in it. Records no topic uses any more fall away. */
export function withChanges<T extends Files>(files: T, changes: Changes): T {
  const topics = changes.topic ? replaced(files.topics, [changes.topic]) : files.topics
  const items = replaced(files.items, changes.items)
  const bound = new Set(topics.flatMap((topic) => topic.items.map(({ item }) => item)))
  const used = items.filter(({ id }) => bound.has(id))
  const fields = new Set(used.flatMap(fieldIds))
  const papers = new Set(used.flatMap(materialIds))
  return {
    ...files,
    topics,
    items: used,
    elements: replaced(files.elements, changes.elements).filter(({ id }) => fields.has(id)),
    materials: replaced(files.materials, changes.materials).filter(({ id }) => papers.has(id)),
  }
}

function replaced<T extends { id: string }>(all: readonly T[], by: readonly T[]): T[] {
  const changed = new Map(by.map((one) => [one.id, one]))
  const known = new Set(all.map(({ id }) => id))
  return [...all.map((one) => changed.get(one.id) ?? one), ...by.filter(({ id }) => !known.has(id))]
}

/** The same changes after further ones. */
export function mergeChanges(before: Changes, after: Changes): Changes {
  const topic = after.topic ?? before.topic
  return {
    ...(topic ? { topic } : {}),
    items: replaced(before.items, after.items),
    elements: replaced(before.elements, after.elements),
    materials: replaced(before.materials, after.materials),
  }
}

/** Those changes that say something else than the base does; versions of topics do not count. */
export function realChanges(base: TopicParts, changes: Changes): Changes {
  const differs = <T extends { id: string }>(all: readonly T[], by: readonly T[]) =>
    by.filter((one) => !same(one, all.find(({ id }) => id === one.id)))
  const topic = changes.topic && { ...changes.topic, version: base.topic.version }
  return {
    ...(topic && !same(topic, base.topic) ? { topic } : {}),
    items: differs(base.items, changes.items),
    elements: differs(base.elements, changes.elements),
    materials: differs(base.materials, changes.materials),
  }
}

export function isUnchanged({ topic, items, elements, materials }: Changes): boolean {
  return !topic && items.length + elements.length + materials.length === 0
}

/** Equal content, whatever order its keys were written in; absent and undefined are one. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length &&
      one.every((part, n) => same(part, other[n]))
  }
  if (!isRecord(one) || !isRecord(other)) return false
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .every((key) => same(one[key], other[key]))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
