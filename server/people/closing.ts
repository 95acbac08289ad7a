/**
 * 注销账户. Everything goes in one transaction but for what the law keeps: cases with their materials,
 * results, signatures and ratings, and the access log. The phone is free for a new account at once.
 * A case under way stands in its way: its outcome has legal force. A call for help does not: it is
 * withdrawn, as nobody could be answered any more.
 */
import { Refused } from '../../core/refusal'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { endMandatesOf } from '../mandates/service'
import { forgetMaterials } from '../materials/forget'
import { dropReach } from '../messages/grants'
import { MESSAGE_SMS } from '../messages/sms'
import { MESSAGE_WECHAT, wechatKey } from '../messages/wechat'
import { forgetJobs } from '../outbox/store'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { mustConfirmed } from '../session/confirm'
import { endSessions } from '../session/devices'
import { SMS_TOPIC } from '../session/sms'
import { moveTicket } from '../tickets/move'
import { lockTicket } from '../tickets/store'
import { eraseDrafts, openCasesOf } from './holdings'
import {
  dropBookings, dropCodes, dropMessages, dropPreferences, dropRequests, dropTries, emptyPerson,
  lockPerson, openTicketRows,
} from './holdings-store'

/** @throws {Refused} CONFIRM_REQUIRED; CASES_OPEN while a case is under way */
export async function closeAccount(
  platform: Platform,
  { citizen, sessionHash }: { citizen: Citizen; sessionHash: Buffer },
): Promise<void> {
  const { id } = citizen
  const at = platform.now()
  await platform.db.inTx(async (tx) => {
    await mustConfirmed(tx, platform, sessionHash)
    const person = await lockPerson(tx, id)
    if (!person) throw new Refused('NOT_FOUND')
    const open = await openCasesOf(tx, platform, id)
    if (open.length > 0) throw new Refused('CASES_OPEN', { count: open.length })
    await withdrawTickets(tx, platform, citizen)
    await endMandatesOf(tx, platform, citizen)
    await eraseDrafts(tx, id)
    await forgetMaterials(tx, platform, { personId: id, keep: new Set() })
    const messages = await dropMessages(tx, id)
    await forgetJobs(tx, { topic: MESSAGE_SMS, keys: messages })
    const toWechat = messages.map((message) => wechatKey(message, id))
    await forgetJobs(tx, { topic: MESSAGE_WECHAT, keys: toWechat })
    await dropReach(tx, id)
    await forgetJobs(tx, { topic: SMS_TOPIC, keys: await dropCodes(tx, person.phone_index) })
    await dropPreferences(tx, id)
    await dropBookings(tx, id)
    await dropRequests(tx, id)
    await dropTries(tx, id)
    await endSessions(tx, { personId: id })
    await emptyPerson(tx, { id, closedAt: at })
    await record(tx, {
      at, by: citizen, personId: id, what: '注销账户', object: `person:${id}`, why: '本人操作',
    })
  })
}

async function withdrawTickets(tx: Tx, platform: Platform, by: Citizen): Promise<void> {
  for (const { id } of await openTicketRows(tx, by.id)) {
    const row = await lockTicket(tx, id)
    const open = row?.state === 'open' || row?.state === 'answered'
    if (row && open) await moveTicket(tx, platform, { row, by, doing: { action: 'withdraw' } })
  }
}
