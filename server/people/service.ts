/** The person behind an account, and what is known of them. */
import type { Account, Me } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { blindIndex, openText, sealText } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { draftKeyOf } from './draft-key'
import { changePerson, findPerson, findPersonBy, insertPerson, type PersonRow } from './store'

type Sealed = 'phone_sealed' | 'name_sealed' | 'id_sealed'

/** What is sealed about a person, opened: for the server's own work, never for a reply. */
export interface Person {
  id: string
  name: string | null
  idNumber: string | null
  phone: string | null
  verified: boolean
  kind: 'person' | 'company'
}

/** @throws {Refused} NOT_FOUND */
export async function openPerson(db: Db, platform: Platform, id: string): Promise<Person> {
  const row = await rowOf(db, id)
  return {
    id,
    name: opened(platform, row, 'name_sealed'),
    idNumber: opened(platform, row, 'id_sealed'),
    phone: opened(platform, row, 'phone_sealed'),
    verified: row.verified_at !== null,
    kind: row.kind,
  }
}

/** How a person sees themselves. @throws {Refused} NOT_FOUND */
export async function meOf(db: Db, platform: Platform, id: string): Promise<Me> {
  const row = await rowOf(db, id)
  const idNumber = opened(platform, row, 'id_sealed')
  const phone = opened(platform, row, 'phone_sealed')
  return {
    id,
    name: opened(platform, row, 'name_sealed'),
    idNumber: idNumber && mask('idNumber', idNumber),
    phone: phone && mask('phone', phone),
    verified: row.verified_at !== null,
    region: row.region_code,
    elder: row.elder,
  }
}

export async function readMe(platform: Platform, citizen: Citizen): Promise<Account> {
  const me = await meOf(platform.db.db, platform, citizen.id)
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查看本人资料', object: `person:${citizen.id}`,
  })
  return { ...me, draftKey: draftKeyOf(platform, citizen.id) }
}

/** @throws {Refused} MALFORMED for a region we do not serve */
export async function changeMe(
  platform: Platform,
  { citizen, change }: { citizen: Citizen; change: { region?: string; elder?: boolean } },
): Promise<Me> {
  const { region } = change
  if (region !== undefined && !platform.catalogue.regions.some(({ code }) => code === region)) {
    throw new Refused('MALFORMED', { field: 'region', problem: 'unknown' })
  }
  return platform.db.inTx(async (tx) => {
    await changePerson(tx, { id: citizen.id, ...change })
    await record(tx, {
      at: platform.now(), by: citizen, personId: citizen.id, what: '修改本人设置',
      object: `person:${citizen.id}`, why: '本人操作',
    })
    return meOf(tx, platform, citizen.id)
  })
}

export function phoneIndexOf({ config }: Platform, phone: string): Buffer {
  return blindIndex(config.keys.index, 'people.phone', phone)
}

/** The account of a phone, made if it is new. */
export async function personByPhone(db: Db, platform: Platform, phone: string): Promise<string> {
  const phoneIndex = phoneIndexOf(platform, phone)
  const id = platform.newId()
  const place = { table: 'people', column: 'phone_sealed', rowId: id }
  const phoneSealed = sealText(platform.keys, place, phone)
  return findOrMake(db, {
    by: { column: 'phone_index', index: phoneIndex },
    row: { id, phoneIndex, phoneSealed, createdAt: platform.now() },
  })
}

/** The account of a WeChat user, made if it is new. */
export async function personByWechat(db: Db, platform: Platform, openId: string): Promise<string> {
  const wechatIndex = blindIndex(platform.config.keys.index, 'people.wechat', openId)
  return findOrMake(db, {
    by: { column: 'wechat_index', index: wechatIndex },
    row: { id: platform.newId(), wechatIndex, createdAt: platform.now() },
  })
}

/** Whose WeChat it is; undefined if nobody's. */
export function personOfWechat(
  db: Db,
  { config }: Platform,
  openId: string,
): Promise<string | undefined> {
  const index = blindIndex(config.keys.index, 'people.wechat', openId)
  return findPersonBy(db, { column: 'wechat_index', index })
}

async function findOrMake(
  db: Db,
  { by, row }: {
    by: Parameters<typeof findPersonBy>[1]
    row: Parameters<typeof insertPerson>[1]
  },
): Promise<string> {
  const there = await findPersonBy(db, by)
  if (there) return there
  await insertPerson(db, row)
  return (await findPersonBy(db, by)) ?? row.id
}

async function rowOf(db: Db, id: string): Promise<PersonRow> {
  const row = await findPerson(db, id)
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

function opened({ keys }: Platform, row: PersonRow, column: Sealed): string | null {
  const sealed = row[column]
  return sealed && openText(keys, { table: 'people', column, rowId: row.id }, sealed)
}
