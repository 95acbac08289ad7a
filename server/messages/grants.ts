/** 订阅消息的同意: how many messages a person still allows WeChat to bring, kind by kind. */
import { sql } from 'kysely'
import type { Preferences, WechatConsent } from '../../core/contract/me'
import { WECHAT_KINDS, type WechatKind } from '../../core/message-kinds'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { openText, sealText } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { Platform } from '../platform'

/** WeChat lets consents add up; more than a person will ever use are not kept. */
const MOST_KEPT = 50
const placeOf = (personId: string) =>
  ({ table: 'wechat_reach', column: 'openid_sealed', rowId: personId })

/** What was answered to WeChat's prompt. @throws {Refused} WRONG_CODE, OUTSIDE_DOWN */
export async function keepConsent(
  platform: Platform,
  { citizen, consent: { code, accepted } }: { citizen: Citizen; consent: WechatConsent },
): Promise<void> {
  const at = platform.now()
  const personId = citizen.id
  const openId = accepted.length > 0 ? await platform.outside.wechat.openIdOf(code) : undefined
  await platform.db.inTx(async (tx) => {
    if (openId) await reach(tx, platform, { personId, openId })
    else {
      await tx.insertInto('wechat_reach').values({ person_id: personId, refused_at: at })
        .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ refused_at: at }))
        .execute()
    }
    for (const kind of new Set(accepted)) await addGrant(tx, { personId, kind })
    await record(tx, {
      at, by: citizen, personId, object: `person:${personId}`, why: '本人操作',
      what: openId ? '同意微信通知' : '不要微信通知',
    })
  })
}

/** Consents belong to one WeChat: with another one those of the former are worth nothing. */
async function reach(
  tx: Tx,
  { keys }: Platform,
  { personId, openId }: { personId: string; openId: string },
): Promise<void> {
  const before = await tx.selectFrom('wechat_reach').select('openid_sealed')
    .where('person_id', '=', personId).forUpdate().executeTakeFirst()
  const sealed = before?.openid_sealed
  if (sealed && openText(keys, placeOf(personId), sealed) !== openId) await dropGrants(tx, personId)
  const openid_sealed = sealText(keys, placeOf(personId), openId)
  await tx.insertInto('wechat_reach').values({ person_id: personId, openid_sealed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({
      openid_sealed, refused_at: null,
    })).execute()
}

async function addGrant(
  tx: Tx,
  { personId, kind }: { personId: string; kind: WechatKind },
): Promise<void> {
  await sql`
    insert into wechat_grants (person_id, kind, count) values (${personId}, ${kind}, 1)
    on conflict (person_id, kind)
      do update set count = least(wechat_grants.count + 1, ${MOST_KEPT})`.execute(tx)
}

/** Where to send, while a consent of the kind is left. */
export async function grantOf(
  db: Db,
  { keys }: Pick<Platform, 'keys'>,
  { personId, kind }: { personId: string; kind: string },
): Promise<{ openId: string } | undefined> {
  const row = await db.selectFrom('wechat_grants as g')
    .innerJoin('wechat_reach as r', 'r.person_id', 'g.person_id')
    .where('g.person_id', '=', personId).where('g.kind', '=', kind).where('g.count', '>', 0)
    .select('r.openid_sealed').executeTakeFirst()
  return row?.openid_sealed
    ? { openId: openText(keys, placeOf(personId), row.openid_sealed) } : undefined
}

/** One message went out, or WeChat says that none is allowed any more. */
export async function useGrant(
  db: Db,
  { personId, kind, left }: { personId: string; kind: string; left: 'one less' | 'none' },
): Promise<void> {
  await db.updateTable('wechat_grants')
    .set((eb) => ({ count: left === 'none' ? 0 : eb('count', '-', 1) }))
    .where('person_id', '=', personId).where('kind', '=', kind).where('count', '>', 0).execute()
}

export async function wechatOf(
  db: Db,
  { config }: Pick<Platform, 'config'>,
  personId: string,
): Promise<Preferences['wechat']> {
  const [grants, reach] = await Promise.all([
    db.selectFrom('wechat_grants').select(['kind', 'count']).where('person_id', '=', personId)
      .execute(),
    db.selectFrom('wechat_reach').select('refused_at').where('person_id', '=', personId)
      .executeTakeFirst(),
  ])
  const left = (kind: WechatKind) => grants.find((one) => one.kind === kind)?.count ?? 0
  const templates = WECHAT_KINDS.flatMap((kind) => {
    const id = config.wechat.templates[kind]?.id
    return id ? [[kind, id] as const] : []
  })
  return {
    templates: Object.fromEntries(templates),
    left: { legal: left('legal'), progress: left('progress'), reminder: left('reminder') },
    refused: Boolean(reach?.refused_at),
  }
}

/** Of an account that is closed. */
export async function dropReach(tx: Tx, personId: string): Promise<void> {
  await dropGrants(tx, personId)
  await tx.deleteFrom('wechat_reach').where('person_id', '=', personId).execute()
}

async function dropGrants(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('wechat_grants').where('person_id', '=', personId).execute()
}
