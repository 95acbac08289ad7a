import type { Logger } from 'pino'

/** What the lower layers may say: fields first, then a fixed sentence without personal data. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>
