/** One request id per act until it is answered for good: a retry or a double tap is one act. */
import { Refused, type RefusalCode } from '@core/refusal'
import { newId } from '@/platform/id'

interface Act {
  requestId: Promise<string>
  running: Promise<unknown> | undefined
}

/** Refusals after which the server may yet have done it: the same id is sent again. */
const UNANSWERED: ReadonlySet<RefusalCode> = new Set([
  'OFFLINE', 'TIMEOUT', 'INTERNAL', 'UNAVAILABLE', 'OUTSIDE_DOWN',
])

const acts = new Map<string, Act>()

/**
 * Sends an act; while it runs, and after a lost reply, the same name is the same act.
 * @param name  of the act with everything it says: other content is another act
 * @throws what `send` throws
 */
export function once<Reply>(
  name: string,
  send: (requestId: string) => Promise<Reply>,
): Promise<Reply> {
  const act: Act = acts.get(name) ?? { requestId: newId(), running: undefined }
  acts.set(name, act)
  act.running ??= act.requestId.then(send).then(
    (reply) => {
      acts.delete(name)
      return reply
    },
    (error: unknown) => {
      act.running = undefined
      if (!(error instanceof Refused && UNANSWERED.has(error.code))) acts.delete(name)
      throw error
    },
  )
  return act.running as Promise<Reply> // one name is always sent by one place
}
