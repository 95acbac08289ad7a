/** The SMS beside a message in the app: only says that there is news, and of which case. */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Refused } from '../../core/refusal'
import { openJson, openText, sealJson } from '../crypto'
import type { NewJob } from '../outbox/store'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'

export const MESSAGE_SMS = 'message-sms'
const LANE = 'sms'
const Payload = Type.Object({ personId: Type.String(), text: Type.String() })
const placeOf = (key: string) =>
  ({ table: 'outbox', column: 'payload', rowId: `${MESSAGE_SMS}/${key}` })

/** To be enqueued with the message itself, in one transaction. */
export function messageJob(
  platform: Pick<Platform, 'keys'>,
  { messageId, personId, text, at }:
    { messageId: string; personId: string; text: string; at: Date },
): NewJob {
  const payload = sealJson(platform.keys, placeOf(messageId), { personId, text })
  return { lane: LANE, topic: MESSAGE_SMS, key: messageId, payload, dueAt: at, at }
}

/** The outbox handler. A person without a phone number reads the message in the app. */
export function messageSmsHandler({ db, keys, outside }: Platform): Handler {
  return async ({ key, payload }) => {
    const { personId, text } = Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    const person = await db.db.selectFrom('people').select('phone_sealed')
      .where('id', '=', personId).executeTakeFirst()
    if (!person?.phone_sealed) return
    const place = { table: 'people', column: 'phone_sealed', rowId: personId }
    const phone = openText(keys, place, person.phone_sealed)
    try {
      await outside.sms.send(phone, text)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      throw new DeliveryFailed(`the SMS gateway refused: ${error.code}`)
    }
  }
}
