/**
 * Days as numbers: 'YYYY-MM-DD' ↔ days since 1970-01-01. Parsed by hand, never by `new Date(text)`,
 * which reads the same text as different days on different phones.
 */
const DAY_MS = 86_400_000

/** Whether the text is a day that exists, written 'YYYY-MM-DD'. */
export function isPlainDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && written(utcMs(text)) === text
}

function utcMs(date: string): number {
  const [year = NaN, month = NaN, day = NaN] = date.split('-').map(Number)
  return Date.UTC(year, month - 1, day)
}

function written(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

/** @throws {RangeError} if `date` is not a day */
export function toDayNumber(date: string): number {
  if (!isPlainDate(date)) throw new RangeError(`not a day: "${date}"`)
  return utcMs(date) / DAY_MS
}

/** @throws {RangeError} outside the years 100 to 9999 */
export function fromDayNumber(n: number): string {
  const date = written(n * DAY_MS)
  if (!isPlainDate(date)) throw new RangeError(`day out of range: ${n}`)
  return date
}

export function isWeekend(date: string): boolean {
  const weekday = (((toDayNumber(date) + 4) % 7) + 7) % 7 // 1970-01-01 was a Thursday
  return weekday === 0 || weekday === 6
}
