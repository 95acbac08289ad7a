/**
 * What was published is not changed (cases are pinned to it): `catalogue/published.yaml` names the
 * newest version of each topic with the hash of its content, and goes into git with the topic.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import type { Topic } from '../core/contract/topic'
import { contentHash } from '../server/catalogue/load'

type Published = Record<string, { version: number; hash: string }>

const FILE = 'published.yaml'
const HEAD = '# Written by `npm run check:catalogue -- --publish`; not by hand.\n'

/**
 * Topics that differ from what was published under their version, or are not recorded yet. A
 * catalogue that never recorded anything has published nothing.
 */
export function publishedFaults(dir: string, topics: readonly Topic[]): string[] {
  const published = read(dir)
  if (Object.keys(published).length === 0) return []
  return topics.flatMap((topic) => {
    const there = published[topic.id]
    const same = there?.version === topic.version
    if (same && there.hash === contentHash(topic)) return []
    return [same
      ? `topic ${topic.id}: version ${topic.version} was published with other content; ` +
        'raise its version, then run this with --publish'
      : `topic ${topic.id}: version ${topic.version} is not recorded; run this with --publish`]
  })
}

/** Records new versions. @returns topics whose version must be raised first: they stay */
export function publish(dir: string, topics: readonly Topic[]): string[] {
  const published = read(dir)
  const changed: string[] = []
  const next = topics.map((topic) => {
    const there = published[topic.id]
    const now = { version: topic.version, hash: contentHash(topic) }
    const taken = there !== undefined && there.version >= now.version && there.hash !== now.hash
    if (taken) changed.push(`topic ${topic.id}: raise its version above ${there.version} first`)
    return [topic.id, taken ? there : now] as const
  })
  writeFileSync(path.join(dir, FILE), HEAD + stringify(Object.fromEntries(next)))
  return changed
}

function read(dir: string): Published {
  const file = path.join(dir, FILE)
  // written by publish() alone
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) as Published : {}
}
