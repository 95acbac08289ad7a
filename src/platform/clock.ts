import { shanghaiDate } from '@core/clock'

/** The phone's clock. */
export const now = () => new Date()

/** Today's calendar day in Asia/Shanghai, wherever the phone thinks it is. */
export const today = () => shanghaiDate(now().toISOString())
