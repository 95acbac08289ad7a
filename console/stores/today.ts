import { shanghaiDate } from '@core/clock'
import { now } from '../platform/now'

/** Calendar day in Asia/Shanghai. */
export const today = (): string => shanghaiDate(now())
