import type { Topic } from '../../core/contract/topic'
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
