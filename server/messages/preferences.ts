/** 通知设置: which kinds of messages a person also wants by SMS, and which WeChat may bring. */
import type { Preferences, WechatConsent } from '../../core/contract/me'
import { CHOSEN_KINDS, type ChosenKind, isChosen } from '../../core/message-kinds'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { keepConsent, wechatOf } from './grants'

/** Silence must be chosen; what the law wants told cannot be silenced. */
export async function wantsSms(
  db: Db,
  { personId, kind }: { personId: string; kind: string },
): Promise<boolean> {
  if (!isChosen(kind)) return true
  const row = await db.selectFrom('message_preferences').select('sms')
    .where('person_id', '=', personId).where('kind', '=', kind).executeTakeFirst()
  return row?.sms ?? true
}

export async function readPreferences(
  platform: Platform,
  citizen: Citizen,
): Promise<Preferences> {
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查看通知设置', object: `person:${citizen.id}`,
  })
  return preferencesOf(platform.db.db, platform, citizen.id)
}

export async function changePreferences(
  platform: Platform,
  { citizen, sms }: { citizen: Citizen; sms: Partial<Record<ChosenKind, boolean>> },
): Promise<Preferences> {
  const personId = citizen.id
  return platform.db.inTx(async (tx) => {
    for (const kind of CHOSEN_KINDS) {
      const wanted = sms[kind]
      if (wanted === undefined) continue
      await tx.insertInto('message_preferences')
        .values({ person_id: personId, kind, sms: wanted })
        .onConflict((conflict) => conflict.columns(['person_id', 'kind']).doUpdateSet({
          sms: wanted,
        }))
        .execute()
    }
    await record(tx, {
      at: platform.now(), by: citizen, personId, what: '修改通知设置',
      object: `person:${personId}`, why: '本人操作',
    })
    return preferencesOf(tx, platform, personId)
  })
}

/** @throws {Refused} WRONG_CODE, OUTSIDE_DOWN */
export async function consentToWechat(
  platform: Platform,
  { citizen, consent }: { citizen: Citizen; consent: WechatConsent },
): Promise<Preferences> {
  await keepConsent(platform, { citizen, consent })
  return preferencesOf(platform.db.db, platform, citizen.id)
}

/** As they stand, for whoever has a right to them. */
export async function preferencesOf(
  db: Db,
  platform: Pick<Platform, 'config'>,
  personId: string,
): Promise<Preferences> {
  const rows = await db.selectFrom('message_preferences').select(['kind', 'sms'])
    .where('person_id', '=', personId).execute()
  const person = await db.selectFrom('people').select('phone_index')
    .where('id', '=', personId).executeTakeFirst()
  const chosen = (kind: ChosenKind) => rows.find((row) => row.kind === kind)?.sms ?? true
  return {
    sms: { progress: chosen('progress'), signing: chosen('signing'), reminder: chosen('reminder') },
    phone: Boolean(person?.phone_index),
    wechat: await wechatOf(db, platform, personId),
  }
}
