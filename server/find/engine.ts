/** Topics by the words people use: an index over their own words, built once per catalogue. */
import MiniSearch from 'minisearch'
import type { FindSource, Found } from '../../core/contract/find'
import type { Topic } from '../../core/contract/topic'
import { type Terms, type Words, makeWords } from './words'

/** What the engine reads of a topic. */
export type Findable = Pick<Topic, 'id' | 'title' | 'summary' | 'phrases'> & {
  items: readonly Pick<Topic['items'][number], 'name' | 'short'>[]
}

export type Find = (asked: string) => Found[]

const MOST_FOUND = 8
const MOST_WHY = 2
const SHORTEST_LABEL = 3
/** Below this a few characters only happen to stand together. */
const LEAST_SCORE = 1.5
/** Of the best one's score: what is further off would only be in the way. */
const LEAST_SHARE = 0.12
const BOOST = { title: 3, phrases: 2, life: 2, items: 1.5, summary: 0.7 }
const FIELDS = ['title', 'phrases', 'life', 'items', 'summary'] as const
const MISTAKES = 0.2

/** Nothing asked, nothing found. Answers best first. */
export function makeFind(topics: readonly Findable[], source: FindSource): Find {
  const words = makeWords(source)
  const indexed = eachOnce(words.indexed)
  const index = new MiniSearch<Record<string, string>>({
    fields: [...FIELDS],
    tokenize: (text) => text.split('\n').flatMap((line) => [...indexed(line).keys()]),
    processTerm: (term) => term,
  })
  index.addAll(topics.map((topic) => docOf(topic, source)))
  const shown = new Map(topics.map((topic) => [topic.id, labelsOf(topic, indexed)]))
  return (asked) => {
    const terms = words.asked(asked)
    if (terms.size === 0) return []
    const hits = index.search('-', {
      tokenize: () => [...terms.keys()],
      processTerm: (term) => term,
      boost: BOOST,
      boostTerm: (term) => terms.get(term) ?? 1,
      fuzzy: (term) => (term.startsWith('l:') ? MISTAKES : false),
      prefix: (term) => term.startsWith('l:'),
    })
    const least = Math.max(LEAST_SCORE, (hits[0]?.score ?? 0) * LEAST_SHARE)
    return hits.filter(({ score }) => score >= least).slice(0, MOST_FOUND)
      .map(({ id }) => ({ topicId: String(id), why: whyOf(shown.get(String(id)) ?? [], terms) }))
  }
}

/** Lines are read for the index and again for what is shown of them. */
function eachOnce(read: Words['indexed']): Words['indexed'] {
  const known = new Map<string, Terms>()
  return (line) => {
    const terms = known.get(line) ?? read(line)
    known.set(line, terms)
    return terms
  }
}

function docOf(topic: Findable, { life }: FindSource): Record<string, string> {
  const events = life.flatMap((group) => group.events).filter(({ topic: id }) => id === topic.id)
  return {
    id: topic.id,
    title: topic.title,
    phrases: topic.phrases.join('\n'),
    life: events.flatMap(({ title, note }) => [title, note ?? []].flat()).join('\n'),
    items: topic.items.flatMap(({ name, short }) => [name, short]).join('\n'),
    summary: topic.summary,
  }
}

interface Label {
  text: string
  /** what one can be told to have meant: meanings and pairs of characters */
  terms: readonly string[]
}

const TOLD = /^[mb]:/

function labelsOf({ phrases, items }: Findable, indexed: Words['indexed']): Label[] {
  return [...new Set([...items.map(({ short }) => short), ...phrases])]
    .filter((text) => text.length >= SHORTEST_LABEL)
    .map((text) => ({ text, terms: [...indexed(text).keys()].filter((term) => TOLD.test(term)) }))
}

/** The topic's words that share most with what was asked, each something the others do not. */
function whyOf(labels: readonly Label[], asked: Terms): string[] {
  const left = new Map(asked)
  const why: string[] = []
  while (why.length < MOST_WHY) {
    let best = { score: 0, label: labels[0] }
    for (const label of labels) {
      let said = 0
      for (const term of label.terms) said += left.get(term) ?? 0
      const score = said / Math.cbrt(label.text.length)
      if (score > best.score) best = { score, label }
    }
    if (best.score === 0 || !best.label) break
    why.push(best.label.text)
    for (const term of best.label.terms) left.delete(term)
  }
  return why
}
