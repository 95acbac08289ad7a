/**
 * Every clock from events alone: when each task was due, when its clock stood still, and which
 * signal was raised on which day. The stored days are a cache of this; a test holds them equal.
 */
import {
  type Limit, type Pause, type PlainDate, type WorkCalendar, addDays, correctionDeadline, dueOn,
} from './clock'
import { type Level, LEVELS, rankOf } from './escalation'
import type { Happening, HistoryEntry } from './history'
import { signal } from './signal'

/** An event with its calendar day in Asia/Shanghai. */
export interface DatedEntry extends HistoryEntry {
  on: PlainDate
}

export interface ClockRules {
  calendar: WorkCalendar
  /** the promise of an item and, if there is one, the law's limit */
  limitsOf(itemId: string): readonly Limit[]
  /** of an item with a season: the day by which everyone of the round is told */
  roundEnd?(itemId: string, acceptedOn: PlainDate): PlainDate | undefined
}

export interface ReplayedClock {
  startedOn: PlainDate
  /** null while it stands still */
  dueOn: PlainDate | null
  pauses: Pause[]
  /** working days the law let be added (行政许可法 §42) */
  extendedDays: number
  /** the worst level told of the limit as it now is */
  told: Level | 'none'
  endedOn: PlainDate | null
  signals: { level: Level; on: PlainDate }[]
}

export interface ReplayedClocks {
  /** the last day to ask for a correction; after it the law accepts */
  acceptBy: PlainDate
  acceptedOn: PlainDate | null
  /** by item; one whose task has not started has no clock */
  tasks: ReadonlyMap<string, ReplayedClock>
}

interface Run {
  rules: ClockRules
  today: PlainDate
  acceptBy: PlainDate
  acceptedOn: PlainDate | null
  /** a correction before acceptance holds the law's clock */
  returned: boolean
  tasks: Map<string, ReplayedClock>
}

/**
 * The clocks after these events, watched each day before what happened on it and after.
 * @param today  the day up to which signals are watched
 * @throws {Error} if the history does not begin with its submission
 */
export function replayClocks(
  entries: readonly DatedEntry[],
  { rules, today }: { rules: ClockRules; today: PlainDate },
): ReplayedClocks {
  const [first] = entries
  if (first?.event.is !== 'submit') throw new Error('a history begins with its submission')
  const run: Run = {
    rules, today: first.on, acceptedOn: null, returned: false, tasks: new Map(),
    acceptBy: correctionDeadline(first.on, rules.calendar),
  }
  for (const entry of entries) {
    watchUntil(run, entry.on)
    apply(run, entry)
    watch(run)
  }
  watchUntil(run, today)
  const { acceptBy, acceptedOn, tasks } = run
  return { acceptBy, acceptedOn, tasks }
}

function watchUntil(run: Run, day: PlainDate): void {
  while (run.today < day) {
    run.today = addDays(run.today, 1)
    watch(run)
  }
}

/** What the clock would tell now, if it is worse than what it has told. */
function watch({ tasks, today, rules: { calendar } }: Run): void {
  for (const clock of tasks.values()) {
    const { dueOn: due, endedOn, startedOn, signals, told } = clock
    if (due === null || endedOn !== null) continue
    const now = signal({ today, startedOn, due }, calendar)
    const level = LEVELS.find((one) => one === now)
    if (!level || rankOf(level) <= rankOf(told)) continue
    clock.told = level
    signals.push({ level, on: today })
  }
}

function apply(run: Run, { on, event }: DatedEntry): void {
  const clock = run.tasks.get(event.itemId ?? '')
  switch (event.is) {
    case 'accept':
    case 'auto-accept':
      run.acceptedOn = on
      return
    case 'return':
      run.returned = run.acceptedOn === null
      return
    case 'resubmit':
      if (run.returned) run.acceptBy = correctionDeadline(on, run.rules.calendar)
      run.returned = false
      return
    case 'task.start': return start(run, event.itemId ?? '', on)
    case 'task.pause':
    case 'task.request-correction': return clock && stop(clock, on)
    case 'task.resume':
    case 'task.resume-corrected': return clock && restart(run, { clock, itemId: event.itemId, on })
    case 'task.extend': return clock && extend(run, clock, event)
    case 'task.approve':
    case 'task.reject':
    case 'task.cancel':
      if (clock) clock.endedOn = on
      return
    default: // everything else moves no clock
  }
}

function start(run: Run, itemId: string, on: PlainDate): void {
  run.tasks.set(itemId, {
    startedOn: on, dueOn: dueOf(run, { itemId, startedOn: on, pauses: [], extendedDays: 0 }),
    pauses: [], extendedDays: 0, told: 'none', endedOn: null, signals: [],
  })
}

/** What was told of the old limit says nothing of the new one. */
function extend(run: Run, clock: ReplayedClock, { itemId = '', days = 0 }: Happening): void {
  clock.extendedDays += days
  clock.told = 'none'
  clock.dueOn = dueOf(run, { itemId, ...clock })
}

function stop(clock: ReplayedClock, on: PlainDate): void {
  clock.pauses.push({ from: on })
  clock.dueOn = null
}

function restart(
  run: Run,
  { clock, itemId = '', on }: { clock: ReplayedClock; itemId?: string; on: PlainDate },
): void {
  clock.pauses = clock.pauses.map((pause) =>
    (pause.to === undefined ? { ...pause, to: on } : pause))
  clock.dueOn = dueOf(run, { itemId, ...clock })
}

function dueOf(
  { rules, acceptedOn }: Run,
  { itemId, startedOn, pauses, extendedDays }:
  Pick<ReplayedClock, 'startedOn' | 'pauses' | 'extendedDays'> & { itemId: string },
): PlainDate | null {
  const round = rules.roundEnd?.(itemId, acceptedOn ?? startedOn)
  if (round !== undefined) return round
  const ends = rules.limitsOf(itemId).flatMap((limit) =>
    dueOn(startedOn, { ...limit, days: limit.days + extendedDays }, pauses, rules.calendar) ?? [])
  return ends.sort()[0] ?? null
}
