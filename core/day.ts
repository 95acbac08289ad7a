/**
 * Days as numbers: 'YYYY-MM-DD' ↔ days since 1970-01-01. Parsed by hand, never by `new Date(text)`,
 * which reads the same text as different days on different phones.
 */
const DAY_MS = 86_400_000

/** Whether the text is a day that exists, written 'YYYY-MM-DD'. */
export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = partsOf(text)
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const most = month === 2 && leap ? 29 : MONTH_DAYS[month - 1] ?? 0
  return year >= FIRST_YEAR && day >= 1 && day <= most
}

const FIRST_YEAR = 100 // Date.UTC reads earlier ones as 19xx
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function partsOf(date: string): [year: number, month: number, day: number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}

function utcMs(date: string): number {
  const [year, month, day] = partsOf(date)
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
