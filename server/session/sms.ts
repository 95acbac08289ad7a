/** Short messages go through the outbox: an SMS outage delays them, it refuses nobody (R19). */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Refused } from '../../core/refusal'
import { openJson, sealJson } from '../crypto'
import type { Db } from '../db/pool'
import { enqueue } from '../outbox/store'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'

export const SMS_TOPIC = 'sms'

const Payload = Type.Object({
  phone: Type.String(),
  text: Type.String(),
  /** unix milliseconds; a code that has expired is not worth sending */
  until: Type.Optional(Type.Number()),
})

export interface ShortMessage {
  /** one effect: a second message with the same key is not sent */
  key: string
  phone: string
  text: string
  /** no use after this */
  until?: Date
  /** absent: that of codes somebody waits for */
  lane?: string
}

/** Sends a message once the caller's transaction has committed. */
export async function queueSms(
  db: Db,
  platform: Pick<Platform, 'keys' | 'now'>,
  { key, phone, text, until, lane = SMS_TOPIC }: ShortMessage,
): Promise<void> {
  const at = platform.now()
  const value = { phone, text, ...(until ? { until: until.getTime() } : {}) }
  const payload = sealJson(platform.keys, placeOf(key), value)
  await enqueue(db, [{ lane, topic: SMS_TOPIC, key, payload, dueAt: at, at }])
}

/** The outbox handler of SMS_TOPIC. */
export function smsHandler({ keys, now, outside }: Platform): Handler {
  return async ({ key, payload }) => {
    const { phone, text, until } = Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    if (until !== undefined && until < now().getTime()) {
      throw new DeliveryFailed('expired before it could be sent', true)
    }
    try {
      await outside.sms.send(phone, text)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      throw new DeliveryFailed(`the SMS gateway refused: ${error.code}`)
    }
  }
}

function placeOf(key: string) {
  return { table: 'outbox', column: 'payload', rowId: `${SMS_TOPIC}/${key}` }
}
