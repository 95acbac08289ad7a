/** How long a plan takes, what a topic weighs on the wire, and what the built apps weigh. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Topic } from '../../core/contract/topic'
import { type Plan, makePlan, usualFacts } from '../../core/plan'
import { rowKey } from '../../core/rows'

const ROOT = resolve(import.meta.dirname, '../..')
const MOST_PATHS = 2_000

export interface TopicFigures {
  id: string
  paths: number
  /** milliseconds of one plan, all answered and filled in: median and worst of the paths */
  planMs: number
  worstMs: number
  /** median with every list as long as it may be, all of its fields begun */
  fullMs: number
  bytes: number
  gzBytes: number
}

export function measureTopic(topic: Topic): TopicFigures {
  const answerings = pathsOf(topic)
  for (const answers of answerings) makePlan(topic, { answers, form: {} }) // warm
  const times = answerings.map((answers) => {
    const from = performance.now()
    makePlan(topic, { answers, form: {} })
    return performance.now() - from
  }).sort((a, b) => a - b)
  const text = JSON.stringify(topic)
  return {
    id: topic.id,
    paths: answerings.length,
    planMs: times[Math.floor(times.length / 2)] ?? 0,
    worstMs: times.at(-1) ?? 0,
    fullMs: fullestPlanMs(topic),
    bytes: Buffer.byteLength(text),
    gzBytes: gzipSync(text).length,
  }
}

const REPEATS = 60

function fullestPlanMs(topic: Topic): number {
  const { answers, form: usual } = usualFacts(topic, { answers: {}, form: {} })
  const rows = topic.roles.flatMap(({ id, many }) => (many
    ? topic.fields.filter(({ role }) => role === id).flatMap(({ key }) =>
      Array.from({ length: many.max }, (_, n) => [rowKey(key, n + 1), usual[key] ?? '1'] as const))
    : []))
  const form = { ...usual, ...Object.fromEntries(rows) }
  const times = Array.from({ length: REPEATS }, () => {
    const from = performance.now()
    makePlan(topic, { answers, form })
    return performance.now() - from
  }).sort((a, b) => a - b)
  return times[REPEATS / 2] ?? 0
}

/** Every way through the questions, or evenly chosen ones where there are too many. */
function pathsOf(topic: Topic): Plan['answers'][] {
  let open: Plan['answers'][] = [{}]
  const whole: Plan['answers'][] = []
  while (open.length > 0) {
    const longer = open.flatMap((answers) => {
      const { next } = makePlan(topic, { answers, form: {} })
      if (next) return next.options.map(({ value }) => ({ ...answers, [next.id]: value }))
      whole.push(answers)
      return []
    })
    open = thinned(longer)
  }
  return thinned(whole)
}

function thinned<T>(all: T[]): T[] {
  const step = Math.ceil(all.length / MOST_PATHS)
  return all.filter((_, n) => n % step === 0)
}

/** What build-app.mjs reports of a built app, held to its gates; undefined if it is not built. */
export function measureApp(target: 'weapp' | 'h5'): { ok: boolean; report: string } | undefined {
  const entry = target === 'h5' ? 'index.html' : 'app.json'
  if (!existsSync(join(ROOT, 'dist', target, entry))) return undefined
  const script = join(ROOT, 'scripts/build-app.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, target, '--check-only'], {
    cwd: ROOT, encoding: 'utf8',
  })
  return { ok: status === 0, report: (status === 0 ? stdout : stderr).trim() }
}
