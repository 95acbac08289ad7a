/**
 * Which version of a topic is offered: that of the release, or the newer one of the catalogue desk.
 *
 *   files of the release ──▶ platform.catalogue ◀── newer versions the desk published
 *
 * Each process looks every few seconds, and at once when a phone knows a newer version than it; a
 * case filed in between is pinned to the version its citizen saw.
 */
import type { Topic } from '../../core/contract/topic'
import { withChanges } from '../../core/editing'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { LATER_PARTS } from './later-parts'
import { type DeskVersion, deskContents, deskVersions } from './store'

const LOOK_MS = 5_000

/** Takes up what the desk published since. The catalogue is another object then. */
export async function refreshCatalogue(platform: Pick<Platform, 'catalogue' | 'db'>) {
  const newer = await newerVersions(platform.db.db, platform.catalogue)
  // Another look may have been faster: versions only go up.
  platform.catalogue = withVersions(platform.catalogue, newer)
}

/** The catalogue as it stands in the database, as one transaction sees it. */
export async function catalogueIn(db: Db, catalogue: LoadedCatalogue): Promise<LoadedCatalogue> {
  return withVersions(catalogue, await newerVersions(db, catalogue))
}

async function newerVersions(db: Db, catalogue: LoadedCatalogue): Promise<DeskVersion[]> {
  const known = await deskVersions(db)
  return deskContents(db, known.filter((one) => isNewer(catalogue, one)))
}

function isNewer({ topics }: LoadedCatalogue, one: { topicId: string; version: number }): boolean {
  const offered = topics.find(({ id }) => id === one.topicId)
  return offered !== undefined && one.version > offered.version
}

function withVersions(catalogue: LoadedCatalogue, found: readonly DeskVersion[]): LoadedCatalogue {
  const newer = found.filter((one) => isNewer(catalogue, one))
  if (newer.length === 0) return catalogue
  const bodies = new Map(newer.map(({ topicId, body }): [string, Topic] =>
    // Linked and proved when it was published; the table only grows.
    [topicId, { ...LATER_PARTS, ...(body as Topic) }]))
  return {
    ...catalogue,
    topics: catalogue.topics.map((topic) => bodies.get(topic.id) ?? topic),
    hashes: new Map([
      ...catalogue.hashes, ...newer.map(({ topicId, hash }) => [topicId, hash] as const),
    ]),
    files: newer.reduce((files, { parts }) => withChanges(files, parts), catalogue.files),
  }
}

/** Looks again and again; a look that fails is logged and the next one tries again. */
export function keepCurrent(
  platform: Platform,
  everyMs = LOOK_MS,
): { stop(): Promise<void> } {
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = refreshCatalogue(platform).catch((error: unknown) =>
      platform.log.warn({ error }, 'The newest versions of the catalogue could not be read'))
  }, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
