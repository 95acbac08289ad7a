/**
 * The SMS beside a message in the app: only says that there is news, and of which case. A person
 * may do without it for some kinds (core/message-kinds); what they chose when it is sent counts.
 * Whoever allowed it is told by WeChat too, in a job of its own (wechat.ts).
 */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { shanghaiDate } from '../../core/clock'
import type { MessageKindId } from '../../core/message-kinds'
import { Refused } from '../../core/refusal'
import { openJson, openText, sealJson } from '../crypto'
import { holdersOf } from '../mandates/store'
import type { NewJob } from '../outbox/store'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'
import { wantsSms } from './preferences'
import { passToWechat } from './wechat'

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
export function messageSmsHandler(platform: Platform): Handler {
  const { db, keys, outside } = platform
  return async ({ key, payload }) => {
    const { personId, text, kind } = Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    const readers = await readersOf(platform, personId)
    for (const { id } of readers) await passToWechat(platform, { messageId: key, to: id, kind })
    const sent = new Set<string>()
    for (const { id, phone_sealed: sealed } of readers) {
      if (!sealed) continue
      if (kind !== undefined && !(await wantsSms(db.db, { personId: id, kind }))) continue
      const phone = openText(keys, { table: 'people', column: 'phone_sealed', rowId: id }, sealed)
      if (sent.has(phone)) continue
      sent.add(phone)
      try {
        await outside.sms.send(phone, text)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        throw new DeliveryFailed(`the SMS gateway refused: ${error.code}`)
      }
    }
  }
}

/** The person; of a child or a company without an account, whoever stands for them. */
async function readersOf({ db, now }: Platform, personId: string) {
  const person = await db.db.selectFrom('people').select(['id', 'phone_sealed', 'wechat_index'])
    .where('id', '=', personId).executeTakeFirst()
  if (!person) return []
  if (person.phone_sealed || person.wechat_index) return [person]
  const today = shanghaiDate(now().toISOString())
  const ids = await holdersOf(db.db, { principalId: personId, today })
  if (ids.length === 0) return []
  return db.db.selectFrom('people').select(['id', 'phone_sealed']).where('id', 'in', ids).execute()
}
