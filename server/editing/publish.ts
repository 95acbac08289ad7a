/** A draft becomes a version; topics that share a changed record get one along with it. */
import type { Topic } from '../../core/contract/topic'
import { isUnchanged, partsOf } from '../../core/editing'
import { Refused } from '../../core/refusal'
import { contentHash, type CatalogueFiles } from '../catalogue/load'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { catalogueIn } from '../topics/current'
import { keepSources, publishVersion } from '../topics/store'
import { type Judged, judge } from './check'
import { type DraftRow, lockPublishing, nextVersion } from './store'
import { currentParts } from './versions'

/** @throws {Refused} BASE_MOVED, NOTHING_CHANGED, DRAFT_FAULTY */
export async function checkReady(
  platform: Pick<Platform, 'catalogue'>,
  row: DraftRow,
): Promise<Judged> {
  const { topic } = currentParts(platform, row.topic_id)
  if (topic.version !== row.base_version) {
    throw new Refused('BASE_MOVED', { version: topic.version })
  }
  if (isUnchanged(row.changes)) throw new Refused('NOTHING_CHANGED')
  const judged = await judge(platform.catalogue, row.topic_id, row.changes)
  const { faults } = judged.verdict
  if (faults.length > 0) throw new Refused('DRAFT_FAULTY', { count: faults.length })
  return judged
}

/**
 * Judged again against what is offered at this moment: nothing can be published in between.
 * @returns the new version of the draft's topic
 * @throws {Refused} BASE_MOVED, NOTHING_CHANGED, DRAFT_FAULTY
 */
export async function publish(
  tx: Tx,
  platform: Platform,
  { row, at }: { row: DraftRow; at: Date },
): Promise<number> {
  await lockPublishing(tx)
  const catalogue = await catalogueIn(tx, platform.catalogue)
  const { linked, along, files } = await checkReady({ catalogue }, row)
  if (!linked) throw new Error(`draft ${row.id} is without faults, yet not linked`)
  const publishing = { files, draftId: row.id, at }
  for (const topic of along) await addVersion(tx, topic, { ...publishing, how: 'along' })
  return addVersion(tx, linked, { ...publishing, how: 'desk' })
}

async function addVersion(
  tx: Tx,
  linked: Topic,
  { files, how, draftId, at }: {
    files: CatalogueFiles
    how: 'desk' | 'along'
    draftId: string
    at: Date
  },
): Promise<number> {
  const version = await nextVersion(tx, linked.id)
  const topic = { ...linked, version }
  const source = files.topics.find(({ id }) => id === linked.id)
  if (!source) throw new Error(`topic ${linked.id} has no source`)
  await publishVersion(tx, { topic, hash: contentHash(topic), at })
  const parts = partsOf({ ...source, version }, files)
  await keepSources(tx, { parts, version, how, draftId })
  return version
}
