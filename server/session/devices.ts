/** Where somebody is signed in, and signing out elsewhere (S14). No place is kept, only a kind. */
import type { DeviceKind, Devices } from '../../core/contract/me'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { IDLE_MS } from './service'

interface Mine {
  citizen: Citizen
  sessionHash: Buffer
}

/** The kind of device behind a User-Agent: enough to recognise one's own, no more. */
export function deviceOf(userAgent: string | undefined): DeviceKind {
  const text = userAgent ?? ''
  if (/MicroMessenger/i.test(text)) return 'wechat'
  if (/Mobile|Android|iPhone|iPad/i.test(text)) return 'phone'
  return /Windows|Macintosh|Linux|X11/i.test(text) ? 'computer' : 'other'
}

const KINDS: readonly string[] = ['wechat', 'phone', 'computer'] satisfies DeviceKind[]
const kindOf = (device: string): DeviceKind =>
  KINDS.includes(device) ? device as DeviceKind : 'other' // one of the kinds just listed

/** Those whose token would still open a door: this one, then the latest used first. */
export async function devicesOf(platform: Platform, mine: Mine): Promise<Devices> {
  const { citizen, sessionHash } = mine
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查看登录的设备', object: `person:${citizen.id}`,
  })
  const at = platform.now()
  const rows = await platform.db.db.selectFrom('sessions')
    .where('person_id', '=', citizen.id)
    .where('counter_id', 'is', null)
    .where('expires_at', '>', at)
    .where('seen_at', '>=', new Date(at.getTime() - IDLE_MS.citizen))
    .orderBy('seen_at', 'desc').orderBy('id')
    .select(['id', 'device', 'created_at', 'seen_at', 'token_hash'])
    .execute()
  const devices = rows.map((row) => ({
    id: row.id,
    device: kindOf(row.device),
    signedInAt: row.created_at.toISOString(),
    seenAt: row.seen_at.toISOString(),
    current: row.token_hash.equals(sessionHash),
  }))
  return { devices: devices.sort((a, b) => Number(b.current) - Number(a.current)) }
}

/** Signs out one device, or every one but this; their tokens are dead at the next call. */
export async function endDevices(
  platform: Platform,
  { id, ...mine }: Mine & { id: string | undefined },
): Promise<Devices> {
  const { citizen, sessionHash } = mine
  await platform.db.inTx(async (tx) => {
    if (id === undefined) await endSessions(tx, { personId: citizen.id, except: sessionHash })
    else {
      await tx.deleteFrom('sessions')
        .where('id', '=', id).where('person_id', '=', citizen.id).execute()
    }
    await record(tx, {
      at: platform.now(), by: citizen, personId: citizen.id, object: 'session',
      what: id === undefined ? '让其他设备退出登录' : '让一台设备退出登录', why: '本人操作',
    })
  })
  return devicesOf(platform, mine)
}

/** In the caller's transaction: every session of a person, or all but one. */
export async function endSessions(
  db: Db,
  { personId, except }: { personId: string; except?: Buffer },
): Promise<void> {
  await db.deleteFrom('sessions').where('person_id', '=', personId)
    .$if(except !== undefined, (all) => all.where('token_hash', '<>', except ?? Buffer.alloc(0)))
    .execute()
}
