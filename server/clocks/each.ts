import { isConnectionLost } from '../db/pool'

/**
 * One after the other; what fails does not keep the rest waiting. Without PostgreSQL none could.
 * @throws {AggregateError} of all that failed; what PostgreSQL threw as it went away
 */
export async function each<T>(
  things: Iterable<T> | AsyncIterable<T>,
  work: (thing: T) => Promise<unknown>,
): Promise<void> {
  const failed: unknown[] = []
  for await (const thing of things) {
    try {
      await work(thing)
    } catch (error) {
      if (isConnectionLost(error)) throw error
      failed.push(error)
    }
  }
  if (failed.length > 0) throw new AggregateError(failed)
}
