import { sql } from 'kysely'
import type { Topic } from '../../core/contract/topic'
import type { TopicParts } from '../../core/editing'
import type { Db } from '../db/pool'

export interface TopicVersionRow {
  hash: string
  body: unknown
}

/** Adds a version unless it is there; answers the hash of the one that is there now. */
export async function publishVersion(
  db: Db,
  { topic, hash, at }: { topic: Topic; hash: string; at: Date },
): Promise<string> {
  const body = JSON.stringify(topic)
  await db
    .insertInto('topic_versions')
    .values({ topic_id: topic.id, version: topic.version, hash, body, published_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await findVersion(db, { id: topic.id, version: topic.version }))?.hash ?? hash
}

export async function findVersion(
  db: Db,
  q: { id: string; version: number },
): Promise<TopicVersionRow | undefined> {
  return db
    .selectFrom('topic_versions')
    .where('topic_id', '=', q.id)
    .where('version', '=', q.version)
    .select(['hash', 'body'])
    .executeTakeFirst()
}

/** What a version was linked from; kept as it is if it is known already. */
export async function keepSources(
  db: Db,
  { parts, version, how, draftId }: {
    parts: TopicParts
    version: number
    how: 'release' | 'desk' | 'along'
    draftId: string | null
  },
): Promise<void> {
  await db
    .insertInto('topic_sources')
    .values({
      topic_id: parts.topic.id, version, how, draft_id: draftId, body: JSON.stringify(parts),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findSources(
  db: Db,
  q: { id: string; version: number },
): Promise<TopicParts | undefined> {
  const row = await db.selectFrom('topic_sources')
    .where('topic_id', '=', q.id).where('version', '=', q.version)
    .select('body').executeTakeFirst()
  return row?.body
}

export interface DeskVersion {
  topicId: string
  version: number
  hash: string
  body: unknown
  parts: TopicParts
}

/** The newest version of each topic that came from the desk. Index: topic_sources_desk. */
export async function deskVersions(db: Db): Promise<{ topicId: string; version: number }[]> {
  return db.selectFrom('topic_sources').where('how', '<>', 'release').groupBy('topic_id')
    .select(({ fn }) => ['topic_id as topicId', fn.max('version').as('version')])
    .execute()
}

/** Those versions whole, oldest first. */
export async function deskContents(
  db: Db,
  wanted: readonly { topicId: string; version: number }[],
): Promise<DeskVersion[]> {
  if (wanted.length === 0) return []
  const pairs = sql.join(wanted.map(({ topicId, version }) => sql`(${topicId}, ${version}::int)`))
  return db.selectFrom('topic_sources as s')
    .innerJoin('topic_versions as v', (join) =>
      join.onRef('v.topic_id', '=', 's.topic_id').onRef('v.version', '=', 's.version'))
    .where(sql<boolean>`(s.topic_id, s.version) in (${pairs})`)
    .select(['s.topic_id as topicId', 's.version', 'v.hash', 'v.body', 's.body as parts'])
    .orderBy('v.published_at').orderBy('s.topic_id')
    .execute()
}
