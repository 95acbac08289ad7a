import pino, { type DestinationStream, type Logger } from 'pino'

/** What the lower layers may say: fields first, then a fixed sentence without personal data. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

/** An `error` is told by its name, code and place: its message may quote what somebody typed. */
export function openLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, serializers: { error: causeOf } }
  return destination ? pino(options, destination) : pino(options)
}

const MOST_FRAMES = 8
const MOST_ERRORS = 5

function causeOf(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error ? error.code : undefined
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  const told = { name: error.name, code, frames: frames?.slice(0, MOST_FRAMES) }
  if (!(error instanceof AggregateError)) return told
  return { ...told, errors: error.errors.slice(0, MOST_ERRORS).map(causeOf) }
}
