/** The rim: the only place of the console that reads the clock or makes ids. */
import { v4 } from 'uuid'

export const now = (): string => new Date().toISOString()
export const nowMs = (): number => Date.now()
/**
 * Born with what is to be sent: a retry carries the same one. Not crypto.randomUUID: a browser has
 * that only behind https, and the computers of a training room may have none.
 */
export const newId = (): string => v4()
