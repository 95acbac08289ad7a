/**
 * The SMS beside a message in the app: only says that there is news, and of which case. A person
 * may do without it for some kinds (core/message-kinds); what they chose when it is sent counts.
 */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { MessageKindId } from '../../core/message-kinds'
import { Refused } from '../../core/refusal'
import { openJson, openText, sealJson } from '../crypto'
import type { NewJob } from '../outbox/store'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'
import { wantsSms } from './preferences'

export const MESSAGE_SMS = 'message-sms'
const LANE = 'sms'
const Payload = Type.Object({
  personId: Type.String(),
  text: Type.String(),
  kind: Type.Optional(Type.String()),
})
const placeOf = (key: string) =>
  ({ table: 'outbox', column: 'payload', rowId: `${MESSAGE_SMS}/${key}` })

export interface MessageSms {
  messageId: string
  personId: string
  text: string
  at: Date
  /** absent: it goes out whatever the person chose, so that nothing legal is lost by oversight */
  kind?: MessageKindId
}

/** To be enqueued with the message itself, in one transaction. */
export function messageJob(
  platform: Pick<Platform, 'keys'>,
  { messageId, personId, text, at, kind = 'legal' }: MessageSms,
): NewJob {
  const payload = sealJson(platform.keys, placeOf(messageId), { personId, text, kind })
  return { lane: LANE, topic: MESSAGE_SMS, key: messageId, payload, dueAt: at, at }
}

/** The outbox handler. A person without a phone number reads the message in the app. */
export function messageSmsHandler({ db, keys, outside }: Platform): Handler {
  return async ({ key, payload }) => {
    const { personId, text, kind } = Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    const person = await db.db.selectFrom('people').select('phone_sealed')
      .where('id', '=', personId).executeTakeFirst()
    if (!person?.phone_sealed) return
    if (kind !== undefined && !(await wantsSms(db.db, { personId, kind }))) return
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
