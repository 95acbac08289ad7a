import { shanghaiDate, shanghaiTime } from '@core/clock'
import { weekdayOf } from '@core/hours'
import { dayWords } from '@core/timeline'

/** '2026-11-23T02:20:00Z' → '11月23日 10:20', in Asia/Shanghai. */
export const momentWords = (instant: string) =>
  `${dayWords(shanghaiDate(instant))} ${shanghaiTime(instant)}`

/** '2026-11-23' → '2026年11月23日' */
export const fullDayWords = (day: string) => `${day.slice(0, 4)}年${dayWords(day)}`

const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']

/** '2026-11-23' → '11月23日 周一' */
export const dayOfWeekWords = (day: string) => `${dayWords(day)} ${WEEKDAYS[weekdayOf(day) - 1]}`
