/** Printed guides, kept by what they say: a topic's text moves a few times a year. */
import { createHash } from 'node:crypto'
import { type Guide, makeGuide } from '../../core/guide'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Platform } from '../platform'
import { type Mark, markOf } from '../print/mark'
import { loadPublished } from '../topics/service'
import { printGuide, titleOf } from './print'

export interface PrintedGuide {
  bytes: Buffer
  etag: string
  /** of the file, with its ending */
  name: string
}

type Print = () => Promise<PrintedGuide>

/** Some 200 KB each. */
const MOST_KEPT = 40

/** Only a cache: any process prints the same bytes. */
const shelves = new WeakMap<LoadedCatalogue, Shelf>()

/** The guide of a topic's current version. @throws {Refused} NOT_FOUND */
export async function printedGuide(
  platform: Pick<Platform, 'catalogue' | 'config' | 'db'>,
  { id, answers }: { id: string; answers: Readonly<Record<string, string>> },
): Promise<PrintedGuide> {
  const { topic, hash } = await loadPublished(platform, { id })
  const guide = makeGuide(topic, answers)
  const shelf = shelves.get(platform.catalogue) ?? new Shelf()
  shelves.set(platform.catalogue, shelf)
  // The chosen options say all there is to tell two guides of one topic apart.
  const chosen = guide.scope === 'mine' && guide.questions.map(({ options }) =>
    options.map((option) => (option.chosen ? 1 : 0)).join('')).join()
  // Of a demonstration too it says what is so: only a training room's desk may write anything.
  const { training } = platform.config
  const print = () => bind(guide, training ? markOf(platform.config) : undefined)
  return shelf.take(`${hash} ${chosen}`, print)
}

/** The least lately taken go first. One guide is printed at a time, each only once. */
class Shelf {
  private readonly kept = new Map<string, Promise<PrintedGuide>>()
  private last: Promise<unknown> = Promise.resolve()

  take(key: string, print: Print): Promise<PrintedGuide> {
    const known = this.kept.get(key)
    this.kept.delete(key)
    const printed = known ?? this.print(key, print)
    this.kept.set(key, printed)
    const [oldest] = this.kept.keys()
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest)
    return printed
  }

  private print(key: string, print: Print): Promise<PrintedGuide> {
    const printed = this.last.then(print)
    this.last = printed.catch(() => this.kept.delete(key))
    return printed
  }
}

async function bind(guide: Guide, mark: Mark | undefined): Promise<PrintedGuide> {
  const bytes = Buffer.from(await printGuide(guide, mark))
  const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`
  return { bytes, etag, name: `${titleOf(guide)}.pdf` }
}
