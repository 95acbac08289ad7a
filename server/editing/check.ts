/**
 * Whether a draft may be published: the verdict of `npm run check:catalogue`, for the topics the
 * draft would change. A proof takes up to a second, so others get their turn between its steps.
 */
import { setImmediate as turn } from 'node:timers/promises'
import type { Topic } from '../../core/contract/topic'
import type { DraftView, Fault } from '../../core/contract/editing'
import { type Changes, fieldIds, materialIds, withChanges } from '../../core/editing'
import { faultWords } from '../../core/fault-words'
import { incompleteFaults } from '../../core/language-check'
import { proveSource, proving } from '../../core/prove'
import { CatalogueFault, link } from '../../core/topic'
import { type CatalogueFiles, type LoadedCatalogue, contentHash } from '../catalogue/load'
import { localFaults } from '../catalogue/local'

export interface Judged {
  verdict: DraftView['verdict']
  /** the draft's topic as citizens would get it; undefined while it cannot be linked */
  linked: Topic | undefined
  /** other topics that share a changed record, linked with it */
  along: readonly Topic[]
  /** the catalogue with the changes in it */
  files: CatalogueFiles
}

const MOST_KEPT = 20
/** Only a cache: a verdict depends on nothing else. */
const judged = new WeakMap<LoadedCatalogue, Map<string, Promise<Judged>>>()

export function judge(
  catalogue: LoadedCatalogue,
  topicId: string,
  changes: Changes,
): Promise<Judged> {
  const kept = judged.get(catalogue) ?? new Map<string, Promise<Judged>>()
  judged.set(catalogue, kept)
  const key = `${topicId} ${contentHash(changes)}`
  const judging = kept.get(key) ?? judgeNow(catalogue, topicId, changes)
  kept.delete(key)
  kept.set(key, judging)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return judging
}

async function judgeNow(
  catalogue: LoadedCatalogue,
  topicId: string,
  changes: Changes,
): Promise<Judged> {
  const files = withChanges(catalogue.files, changes)
  const raw = [...proveSource(files), ...placeFaults(files)]
  const linked = linkInto(raw, files, topicId)
  const others = sharing(files, changes).filter((id) => id !== topicId)
  const along = others.flatMap((id) => linkInto(raw, files, id) ?? [])
    .filter((topic) => contentHash(topic) !== catalogue.hashes.get(topic.id))
  for (const topic of linked ? [linked, ...along] : along) {
    raw.push(...await provedFaults(topic))
  }
  const remarks = linked
    ? files.languages.flatMap((language) => incompleteFaults({
      ...language, complete: language.complete.filter((id) => id === linked.id),
    }, [linked]).length || [])
    : []
  const itemIds = new Set(files.items.map(({ id }) => id))
  return {
    linked, along, files,
    verdict: {
      faults: [...new Set(raw)].map((fault) => toFault(fault, { topicId, itemIds })),
      remarks: remarks.map((count) =>
        `有 ${count} 句话还没有维吾尔文帮助，发布后这几句只显示中文。`),
      along: along.map(({ id, title }) => ({ id, title })),
    },
  }
}

/** Topics that use a changed record. */
function sharing({ topics, items }: CatalogueFiles, changes: Changes): string[] {
  const fields = new Set(changes.elements.map(({ id }) => id))
  const papers = new Set(changes.materials.map(({ id }) => id))
  const changed = new Set(changes.items.map(({ id }) => id))
  const touched = new Set(items.filter((item) => changed.has(item.id) ||
    fieldIds(item).some((id) => fields.has(id)) ||
    materialIds(item).some((id) => papers.has(id))).map(({ id }) => id))
  return topics.filter((topic) => topic.items.some(({ item }) => touched.has(item)))
    .map(({ id }) => id)
}

function linkInto(faults: string[], files: CatalogueFiles, id: string): Topic | undefined {
  const source = files.topics.find((topic) => topic.id === id)
  try {
    return source && link(source, files)
  } catch (error) {
    if (!(error instanceof CatalogueFault)) throw error
    faults.push(...error.faults)
    return undefined
  }
}

/** What stops the proof itself is a fault of what was written: only its author can mend it. */
async function provedFaults(topic: Topic): Promise<readonly string[]> {
  try {
    const steps = proving(topic)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value.faults
      await turn()
    }
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error
    return [`${topic.id}: cannot be proved: ${error.message}`]
  }
}

/** Halls that speak of an item which is gone. */
function placeFaults(files: CatalogueFiles): string[] {
  const places = files.local.map((source) => ({
    file: `local/${source.zone?.id ?? source.region}.yaml`, source,
  }))
  return localFaults(places, files)
}

/** The record a fault is about, as far as its text names one. */
function toFault(
  raw: string,
  { topicId, itemIds }: { topicId: string; itemIds: ReadonlySet<string> },
): Fault {
  const named = [...raw.matchAll(/[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g)]
    .map(([id]) => id).find((id) => itemIds.has(id))
  const own = raw.startsWith(`${topicId}: `) ? raw.slice(topicId.length + 2) : raw
  return { raw, text: faultWords(own), part: named ? `item:${named}` : 'topic' }
}
