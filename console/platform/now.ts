/** The rim: the only place of the console that reads the clock or makes ids. */
export const now = (): string => new Date().toISOString()
export const nowMs = (): number => Date.now()
/** Born with what is to be sent: a retry carries the same one. */
export const newId = (): string => crypto.randomUUID()
