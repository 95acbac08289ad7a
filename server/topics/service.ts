/** Topics as published: a version never changes and is pinned by the cases filed under it. */
import type { Region, TopicBrief } from '../../core/contract/home'
import type { Topic } from '../../core/contract/topic'
import { partsOf } from '../../core/editing'
import { Refused } from '../../core/refusal'
import type { LoadedCatalogue } from '../catalogue/load'
import { placesOf } from '../catalogue/local'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { refreshCatalogue } from './current'
import { LATER_PARTS } from './later-parts'
import { findVersion, keepSources, publishVersion } from './store'

interface Published {
  topic: Topic
  hash: string
}

/** Old versions, read once: they cannot change. */
const pinned = new WeakMap<LoadedCatalogue, Map<string, Published>>()

/**
 * Publishes the topics of the release, then goes on with what the desk published after them;
 * before the server listens.
 * @throws Error if a version that was published before has other content now
 */
export async function publishTopics(platform: Platform): Promise<void> {
  const { db: { db }, catalogue, now } = platform
  for (const topic of catalogue.topics) {
    const hash = hashOf(catalogue, topic.id)
    const published = await publishVersion(db, { topic, hash, at: now() })
    if (published !== hash) {
      throw new Error(
        `Topic ${topic.id} version ${topic.version} was published with other content ` +
          '(by an earlier release, or at the catalogue desk). ' +
          'Cases are pinned to it: restore it, or raise its version.',
      )
    }
    const source = catalogue.files.topics.find(({ id }) => id === topic.id)
    if (source?.version !== topic.version) continue
    const parts = partsOf(source, catalogue.files)
    await keepSources(db, { parts, version: topic.version, how: 'release', draftId: null })
  }
  await refreshCatalogue(platform)
}

type Known = Pick<Platform, 'catalogue' | 'db'>

interface Wanted {
  id: string
  /** absent: the current one */
  version?: number | undefined
  /** of a transaction under way, which must not wait for a second connection */
  db?: Db
}

/** The current version, or the one asked for. @throws {Refused} NOT_FOUND */
export async function loadTopic(platform: Known, wanted: Wanted): Promise<Topic> {
  return currentOf(platform, wanted) ?? (await pinnedOf(platform, wanted)).topic
}

/** As loadTopic, with the hash of its content. @throws {Refused} NOT_FOUND */
export async function loadPublished(platform: Known, wanted: Wanted): Promise<Published> {
  const topic = currentOf(platform, wanted)
  if (topic) return { topic, hash: hashOf(platform.catalogue, topic.id) }
  return pinnedOf(platform, wanted)
}

function currentOf({ catalogue }: Known, { id, version }: Wanted): Topic | undefined {
  const current = catalogue.topics.find((topic) => topic.id === id)
  return version === undefined || version === current?.version ? current : undefined
}

async function pinnedOf(
  { catalogue, db: database }: Known,
  { id, version, db = database.db }: Wanted,
): Promise<Published> {
  if (version === undefined) throw new Refused('NOT_FOUND')
  const known = pinned.get(catalogue) ?? new Map<string, Published>()
  pinned.set(catalogue, known)
  const key = `${id}@${version}`
  const there = known.get(key)
  if (there) return there
  const row = await findVersion(db, { id, version })
  if (!row) throw new Refused('NOT_FOUND')
  // Written by publishTopics from a checked topic; the table only grows.
  const published = { topic: { ...LATER_PARTS, ...(row.body as Topic) }, hash: row.hash }
  known.set(key, published)
  return published
}

export function listTopics({ topics, icons }: LoadedCatalogue): TopicBrief[] {
  return topics.map((topic) => ({
    id: topic.id,
    number: topic.number,
    version: topic.version,
    title: topic.title,
    summary: topic.summary,
    audience: topic.audience,
    stage: topic.stage,
    lead: topic.departments.find(({ id }) => id === topic.lead)?.name ?? topic.lead,
    items: topic.items.length,
    departments: new Set(topic.items.map(({ department }) => department)).size,
    icon: icons[topic.id] ?? 'document',
  }))
}

export function listRegions({ regions, local }: LoadedCatalogue): Region[] {
  return placesOf(regions, local)
}

function hashOf({ hashes }: LoadedCatalogue, id: string): string {
  const hash = hashes.get(id)
  if (!hash) throw new Error(`topic ${id} has no hash`)
  return hash
}

/** What a shared link to a topic shows; undefined for one we do not have. */
export function cardOfTopic(catalogue: LoadedCatalogue, id: string | null) {
  const topic = catalogue.topics.find((one) => one.id === id)
  return topic && { title: `${topic.title} · 一次办好`, text: topic.summary }
}
