/** 监管数据 of a period, added up from the days: as fast for a million cases as for ten thousand. */
import { sql } from 'kysely'
import { addDays, daysBetween, shanghaiDate } from '../../core/clock'
import { isPlainDate } from '../../core/day'
import type {
  FigureRow, FiguresBy, SupervisionFigures,
} from '../../core/contract/supervision'
import { COUNTS, type Counts, type Dimension, NOTHING, add, toldOfCounts } from '../../core/figures'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Platform } from '../platform'
import { type Cell, workbook } from '../tables/workbook'

const MOST_DAYS = 1100
const DEFAULT_DAYS = 30

export interface FiguresQuery {
  by: StaffMember
  from: string | undefined
  to: string | undefined
  group: FiguresBy
}

/** Of the region whoever asks supervises. @throws {Refused} MALFORMED for no period */
export async function figuresOf(
  platform: Platform,
  { by, group, ...period }: FiguresQuery,
): Promise<SupervisionFigures> {
  const { to = shanghaiDate(platform.now().toISOString()) } = period
  if (!isPlainDate(to)) throw new Refused('MALFORMED', { field: 'to', problem: 'format' })
  const { from = addDays(to, 1 - DEFAULT_DAYS) } = period
  if (!isPlainDate(from) || from > to || daysBetween(from, to) > MOST_DAYS) {
    throw new Refused('MALFORMED', { field: 'from', problem: 'format' })
  }
  const sums = await sumsOf(platform, { scope: by.region, from, to, group })
  const ofTasks = group === 'item' || group === 'department'
  const toRow = (id: string, name: string, counts: Counts): FigureRow =>
    figureRow({ id, name, counts, ofTasks })
  const last = await platform.db.db.selectFrom('figure_days').select('counted_at')
    .orderBy('day', 'desc').limit(1).executeTakeFirst()
  return {
    countedAt: last?.counted_at.toISOString() ?? null,
    from, to, by: group,
    whole: toRow('', '合计', sums.map(({ counts }) => counts).reduce<Counts>(add, NOTHING)),
    rows: sums.map(({ id, counts }) => toRow(id, nameOf(platform.catalogue, group, id), counts)),
  }
}

/** What was counted of one topic, region, item, department, day or month. */
export interface Sum {
  id: string
  counts: Counts
}

/** Largest first; of days and months the earliest. Index: the primary key. */
export async function sumsOf(
  { db: { db } }: Platform,
  { scope, from, to, group }: { scope: string; from: string; to: string; group: FiguresBy },
): Promise<Sum[]> {
  const byTime = group === 'day' || group === 'month'
  const dimension: Dimension = byTime ? 'region' : group
  const key = byTime
    ? sql`to_char(day, ${group === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM'})` : sql`id`
  const sums = COUNTS.map((name, n) =>
    sql`sum(counts[${sql.lit(n + 1)}])::int as ${sql.ref(name)}`)
  const { rows } = await sql<Counts & { key: string }>`
    select ${key} as key, ${sql.join(sums)} from figures
     where scope = ${scope} and by = ${dimension} and day >= ${from} and day <= ${to}
     group by 1`.execute(db)
  return rows.map(({ key: id, ...counts }) => ({ id, counts })).sort((a, b) =>
    (byTime ? 0 : b.counts.accepted - a.counts.accepted) || (a.id < b.id ? -1 : 1))
}

function figureRow(
  { id, name, counts, ofTasks }: Sum & { name: string; ofTasks: boolean },
): FigureRow {
  const { days: _days, timed: _timed, stars: _stars, ...plain } = counts
  const told = toldOfCounts(counts)
  // A deviation is the window's: it belongs to a case, to none of its items.
  return { id, name, ...plain, ...told, deviations: ofTasks ? null : counts.deviations }
}

function nameOf(catalogue: LoadedCatalogue, group: FiguresBy, id: string): string {
  if (id === '') return '未指明'
  switch (group) {
    case 'topic': return catalogue.topics.find((one) => one.id === id)?.title ?? id
    case 'region': return catalogue.regions.find(({ code }) => code === id)?.name ?? id
    case 'department': return catalogue.departments.find((one) => one.id === id)?.short ?? id
    case 'item': return catalogue.topics.flatMap(({ items }) => items)
      .find((one) => one.id === id)?.name ?? id
    default: return id
  }
}

const GROUP_WORDS: Record<FiguresBy, string> = {
  topic: '“一件事”', item: '事项', region: '地区', department: '部门', day: '日期', month: '月份',
}

const COLUMNS: readonly [string, (row: FigureRow) => Cell][] = [
  ['受理', (row) => row.accepted],
  ['办结', (row) => row.finished],
  ['按时办结', (row) => row.onTime],
  ['按时率（%）', (row) => (row.onTimeShare === null ? null : tenths(row.onTimeShare * 100))],
  ['平均工作日', (row) => row.averageDays],
  ['不予受理或不予办理', (row) => row.refused],
  ['撤回或取消', (row) => row.withdrawn],
  ['补正次数', (row) => row.rounds],
  ['平均补正次数', (row) => row.roundsPerCase],
  ['告知单外补正', (row) => row.deviations],
  ['评价', (row) => row.rated],
  ['差评', (row) => row.lowRated],
  ['平均星级', (row) => row.averageStars],
  ['咨询', (row) => row.inquiries],
  ['帮办代办', (row) => row.assistances],
  ['办不成事', (row) => row.unresolved],
]

const tenths = (n: number) => Math.round(n * 10) / 10

export function figuresSheet({ by, whole, rows }: SupervisionFigures): Buffer {
  const line = (row: FigureRow): Cell[] => [row.name, ...COLUMNS.map(([, cell]) => cell(row))]
  return workbook({
    name: '监管数据',
    widths: [30, ...COLUMNS.map(([title]) => Math.max(8, title.length * 2 + 1))],
    rows: [[GROUP_WORDS[by], ...COLUMNS.map(([title]) => title)], ...rows.map(line), line(whole)],
  })
}
