/**
 * The WeChat message beside a message in the app: to whoever allowed one more of its kind. What
 * went out uses up one consent; where WeChat knows of none, ours are forgotten.
 */
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import { isForWechat } from '../../core/message-kinds'
import { Refused } from '../../core/refusal'
import { KIND_WORDS } from '../../core/ticket-words'
import { openJson, sealJson } from '../crypto'
import { enqueue, hint } from '../outbox/store'
import { DeliveryFailed, type Handler } from '../outbox/worker'
import type { Platform } from '../platform'
import { grantOf, useGrant } from './grants'

export const MESSAGE_WECHAT = 'message-wechat'
const LANE = 'wechat'
const Payload = Type.Object({
  messageId: Type.String(), personId: Type.String(), kind: Type.String(),
})
const placeOf = (key: string) =>
  ({ table: 'outbox', column: 'payload', rowId: `${MESSAGE_WECHAT}/${key}` })

/** One job a message and reader: read by whoever acts for a child or a company, it may be two. */
export const wechatKey = (messageId: string, personId: string) => `${messageId}.${personId}`

interface ForWechat {
  messageId: string
  /** the person whose consent counts */
  to: string
  /** absent in jobs of an older server */
  kind: string | undefined
}

/** A job of its own, so that neither channel waits for the other. */
export async function passToWechat(
  platform: Platform,
  { messageId, to: personId, kind }: ForWechat,
): Promise<void> {
  const { db: { db }, keys, config, now } = platform
  if (kind === undefined || !isForWechat(kind) || !config.wechat.templates[kind]) return
  if (!await grantOf(db, platform, { personId, kind })) return
  const at = now()
  const key = wechatKey(messageId, personId)
  const payload = sealJson(keys, placeOf(key), { messageId, personId, kind })
  await enqueue(db, [{ lane: LANE, topic: MESSAGE_WECHAT, key, payload, dueAt: at, at }])
  await hint(db)
}

/** The outbox handler. */
export function messageWechatHandler(platform: Platform): Handler {
  const { db: { db }, keys, outside, config } = platform
  return async ({ key, payload }) => {
    const { messageId, personId, kind } =
      Value.Parse(Payload, openJson(keys, placeOf(key), payload))
    const template = isForWechat(kind) ? config.wechat.templates[kind] : undefined
    const grant = await grantOf(db, platform, { personId, kind })
    const told = await toldIn(platform, messageId)
    if (!template || !grant || !told) return
    const { page, title, about, at } = told
    const data = { [template.title]: title, [template.about]: about, [template.at]: at }
    const outcome = await outside.wechat.notify(grant.openId, { template: template.id, page, data })
      .catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error
        throw new DeliveryFailed(`WeChat refused: ${error.code}`)
      })
    if (outcome === 'wrong') throw new DeliveryFailed('WeChat does not take it', true)
    await useGrant(db, { personId, kind, left: outcome === 'sent' ? 'one less' : 'none' })
  }
}

/** WeChat's own limit of a field of the kind `thing`. */
const MOST_LETTERS = 20
const short = (text: string) =>
  (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text)

/** What happened, with what, and when; never whose. Opening it leads to what it is about. */
async function toldIn({ catalogue, db }: Platform, messageId: string) {
  const row = await db.db.selectFrom('messages as m')
    .leftJoin('cases as c', 'c.id', 'm.case_id').leftJoin('tickets as t', 't.id', 'm.ticket_id')
    .where('m.id', '=', messageId)
    .select(['m.title', 'm.at', 'm.case_id', 'm.ticket_id', 'c.topic_id', 't.kind'])
    .executeTakeFirst()
  if (!row) return undefined
  const topic = catalogue.topics.find(({ id }) => id === row.topic_id)?.title
  const instant = row.at.toISOString()
  return {
    title: short(row.title),
    about: short(topic ?? (row.kind ? KIND_WORDS[row.kind].name : '一件事一次办')),
    at: `${shanghaiDate(instant)} ${shanghaiTime(instant)}`,
    page: pageOf(row),
  }
}

function pageOf(row: { case_id: string | null; ticket_id: string | null }): string {
  if (row.case_id) return `pages/case/index?id=${row.case_id}`
  if (row.ticket_id) return `pages/ticket/index?id=${row.ticket_id}`
  return 'pages/messages/index'
}
