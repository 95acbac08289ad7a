/** What a hall's data say in plain words. Pure. */
import type { PlainDate } from '@core/clock'
import type { Hall, HallHours, WindowKind } from '@core/contract/hall'
import { addDays } from '@core/clock'
import { type Moment, type Opening, seasonOf, weekdayOf } from '@core/hours'
import { dayWords } from '@core/timeline'
import type { Tone } from '@/ui/status'

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
const weekdayWords = (weekday: number) => WEEKDAYS[weekday - 1] ?? ''

const SHUT = {
  break: '中间休息',
  early: '还没上班',
  late: '已下班',
  rest: '今天不上班',
} as const

export interface OpeningTold {
  tag: string
  tone: Tone
  text: string
}

/** 现在开放 / 已下班, and when that changes; undefined when the calendar does not tell. */
export function openingWords(opening: Opening, today: PlainDate): OpeningTold | undefined {
  switch (opening.is) {
    case 'unknown': return undefined
    case 'open':
      return { tag: '现在开放', tone: 'good', text: `今天开到 ${opening.until.time}` }
    case 'closed': return {
      tag: SHUT[opening.why],
      tone: 'plain',
      text: opening.opens ? `${momentWords(opening.opens, today)} 开门` : '开门时间请打电话问',
    }
  }
}

function momentWords({ day, time }: Moment, today: PlainDate): string {
  if (day === today) return `今天 ${time}`
  if (day === addDays(today, 1)) return `明天 ${time}`
  return `${dayWords(day)}（${weekdayWords(weekdayOf(day))}）${time}`
}

const spanWords = ([from, to]: readonly string[]) => `${from} 到 ${to}`
const SEASON_WORDS = { summer: '夏季', winter: '冬季' } as const

/** The hours of the season of a day, and what goes for all of them; a line each. */
export function hoursWords(
  hours: HallHours,
  day: PlainDate,
): { times: string[]; notes: string[] } {
  const season = seasonOf(hours, day)
  const { from, spans } = hours[season]
  const evenings = (hours.evenings ?? []).map(({ weekday, span }) =>
    `${weekdayWords(weekday)}夜间服务 ${spanWords(span)}`)
  const closed = [...hours.closed ?? []].sort().map(weekdayWords)
  return {
    times: [...spans.map(spanWords), ...evenings],
    notes: [
      `${SEASON_WORDS[season]}时间，${dayWords(`0000-${from}`)}开始`,
      `${closed.length > 0 ? `${closed.join('、')}、` : ''}周末和节假日休息，放假以正式通知为准`,
    ],
  }
}

export const WINDOW_NAMES: Record<WindowKind, string> = {
  service: '办事窗口',
  inquiry: '咨询窗口',
  agent: '帮办代办窗口',
  unresolved: '“办不成事”反映窗口',
}
/** In the order in which one needs them. */
const KINDS: readonly WindowKind[] = ['inquiry', 'service', 'agent', 'unresolved']

type Windows = Hall['windows']

/** Each kind a hall has, with its windows: 一楼 3至8号，二楼 9、10号. */
export function windowWords(windows: Windows): { kind: WindowKind; name: string; text: string }[] {
  return KINDS.flatMap((kind) => {
    const mine = windows.filter((one) => one.kind === kind)
    const floors = [...new Set(mine.map(({ floor }) => floor ?? ''))]
    const text = floors.map((floor) => {
      const numbers = mine.filter((one) => (one.floor ?? '') === floor).map(({ no }) => no)
      return `${floor ? `${floor} ` : ''}${numberWords(numbers)}号`
    }).join('，')
    return mine.length > 0 ? [{ kind, name: WINDOW_NAMES[kind], text }] : []
  })
}

const LEAST_RUN = 3

/** Runs of three or more are drawn together: 3至8、10. */
function numberWords(numbers: readonly string[]): string {
  const runs: string[][] = []
  for (const no of numbers) {
    const run = runs[runs.length - 1]
    const last = run?.[run.length - 1]
    if (run && last !== undefined && Number(no) === Number(last) + 1) run.push(no)
    else runs.push([no])
  }
  return runs.flatMap((run) =>
    (run.length < LEAST_RUN ? run : [`${run[0] ?? ''}至${run[run.length - 1] ?? ''}`])).join('、')
}
