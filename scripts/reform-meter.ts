/**
 * `npm run meter [-- --write]`: what each topic saves in its usual situation, item by item against
 * here, as a table; `--write` puts it into docs/reform-meter.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import type { Topic } from '../core/contract/topic'
import { type Measures, type Saved, measure } from '../core/meter'
import { makePlan, usualFacts } from '../core/plan'
import { loadCatalogue } from '../server/catalogue/load'

const docs = path.resolve('docs')
const FILE = path.join(docs, 'reform-meter.md')
const NOTES = path.join(docs, 'reform-meter-notes.yaml')

type Measure = keyof Measures
const COLUMNS: readonly [Measure, string][] = [
  ['forms', 'forms 表'], ['fields', 'fields 数据项'], ['materials', 'materials 材料'],
  ['steps', 'steps 环节'], ['visits', 'visits 跑动'], ['days', 'days 工作日'],
  ['legalDays', 'days by law 法定'],
]
/** Least share saved over all topics. */
export const TARGETS: Partial<Record<Measure, number>> = {
  fields: 0.5, materials: 0.5, days: 0.6, legalDays: 0.6,
}
/** Where the law asks for presence, once is enough. */
export const MOST_VISITS = 1

export interface Row {
  topic: Topic
  measures: Measures
}

/** The usual situation of each topic: the first option of every question. */
export function measureAll(topics: readonly Topic[]): Row[] {
  return topics.map((topic) => ({
    topic,
    measures: measure(makePlan(topic, usualFacts(topic, { answers: {}, form: {} }))),
  }))
}

/** 0…1: the part of what is needed item by item that is not needed here. */
export function share({ apart, together }: Saved): number {
  return apart === 0 ? 0 : 1 - together / apart
}

export function totalOf(rows: readonly Row[], column: Measure): Saved {
  const sum = (side: keyof Saved) =>
    rows.reduce((total, { measures }) => total + measures[column][side], 0)
  return { apart: sum('apart'), together: sum('together') }
}

/** What a topic misses of the targets, by measure. */
export function missesOf({ measures }: Row): Measure[] {
  const few = (['fields', 'materials', 'days'] as const)
    .filter((column) => share(measures[column]) < (TARGETS[column] ?? 0))
  return measures.visits.together > MOST_VISITS ? [...few, 'visits'] : few
}

/** topic id → measure → why the target is missed */
export function readNotes(): Record<string, Partial<Record<Measure, string>>> {
  return parse(readFileSync(NOTES, 'utf8')) as ReturnType<typeof readNotes> // our own file
}

export function report(rows: readonly Row[], notes: ReturnType<typeof readNotes>): string {
  const cell = ({ apart, together }: Saved) => `${apart} → ${together}`
  const percent = (saved: Saved) => `−${Math.round(share(saved) * 100)} %`
  const lines = rows.map(({ topic, measures }) =>
    `| ${topic.number} | ${topic.title} | ${COLUMNS.map(([column]) =>
      cell(measures[column])).join(' | ')} |`)
  const totals = COLUMNS.map(([column]) => totalOf(rows, column))
  const missed = rows.flatMap((row) => missesOf(row).map((column) =>
    `- **${row.topic.number} ${row.topic.title}**, ${column} ` +
    `(${cell(row.measures[column])}): ${notes[row.topic.id]?.[column] ?? ''}`))
  return `# Reform meter

What one thing costs a citizen or a company item by item, at each department by itself, and here.
Written by \`npm run meter -- --write\` from the catalogue; a test holds the file to it.

Each topic in its usual situation (the first option of every question). How each figure is counted
is said in \`core/meter.ts\`: only what is certain, e-certificates counted as papers, item by item
days added up, here the longest chain, external waits included. Times are drafts of the catalogue.

| no. | topic | ${COLUMNS.map(([, title]) => title).join(' | ')} |
|---|---|${COLUMNS.map(() => '---').join('|')}|
${lines.join('\n')}
| | **all** | ${totals.map(cell).join(' | ')} |
| | **saved** | ${totals.map(percent).join(' | ')} |

Targets over all topics: fields −50 %, materials −50 %, days −60 %; at most one visit where the law
asks for presence, none elsewhere. Days are told twice. Against what the law allows each department
the target is met. Against the departments' own (draft) promises it is not: most topics are chains
in which each item makes what the next one needs, and only the rest can run at once.

## Where a topic misses a target, and why

${missed.join('\n')}
`
}

function main(): void {
  const { topics } = loadCatalogue(path.resolve('catalogue'))
  const text = report(measureAll(topics), readNotes())
  if (process.argv.includes('--write')) writeFileSync(FILE, text)
  else console.log(text)
}

if (require.main === module) main()
