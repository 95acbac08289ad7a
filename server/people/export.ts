/**
 * 导出我的信息 (个人信息保护法 §45): one ZIP with everything held of a person, in words they can read,
 * and their photos. The parts are named as core/holdings names them.
 */
import { Refused } from '../../core/refusal'
import { HOLDINGS, HOLDING_KINDS, type HoldingKind } from '../../core/holdings'
import { MESSAGE_KINDS } from '../../core/message-kinds'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { myBookings } from '../bookings/service'
import { draftsOf } from '../drafts/service'
import { type OwnMaterial, materialsOf } from '../materials/forget'
import { preferencesOf } from '../messages/preferences'
import { messagesOf } from '../messages/store'
import type { Platform } from '../platform'
import { loadTopic } from '../topics/service'
import { mustConfirmed } from '../session/confirm'
import { devicesOf } from '../session/devices'
import { accessLog } from './access'
import { exportedCases, exportedSignings } from './export-cases'
import { exportedMandates } from './export-mandates'
import { exportedTickets } from './export-tickets'
import { contentWords, whenWords } from './export-words'
import { openPerson } from './service'
import { findPerson } from './store'
import { type ZippedFile, zipOf } from './zip'

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf',
}
const PAGE = 500
const DEVICE_WORDS = { wechat: '微信', phone: '手机浏览器', computer: '电脑', other: '其他设备' }

interface Mine {
  citizen: Citizen
  sessionHash: Buffer
}

/** The ZIP as a stream. @throws {Refused} CONFIRM_REQUIRED, before its first byte */
export async function exportMine(
  platform: Platform,
  mine: Mine,
): Promise<AsyncGenerator<Buffer>> {
  const { citizen, sessionHash } = mine
  const { db } = platform.db
  await mustConfirmed(db, platform, sessionHash)
  await record(db, {
    at: platform.now(), by: citizen, personId: citizen.id, what: '导出本人信息',
    object: `person:${citizen.id}`, why: '本人操作',
  })
  const photos = await materialsOf(db, platform, citizen.id)
  const parts = await partsOf(platform, mine, photos)
  return zipOf(filesOf(platform, { parts, photos }))
}

async function* filesOf(
  { blobs, now }: Platform,
  { parts, photos }: { parts: Record<HoldingKind, unknown>; photos: readonly OwnMaterial[] },
): AsyncGenerator<ZippedFile> {
  const text = JSON.stringify({
    导出时间: whenWords(now()),
    ...Object.fromEntries(HOLDING_KINDS.map((kind) => {
      const { title, why, law, kept } = HOLDINGS[kind]
      return [title, { 用途: why, 依据: law, 保存多久: kept, 内容: parts[kind] }]
    })),
  }, null, 2)
  yield { name: '我的信息.json', bytes: Buffer.from(text), packed: false }
  for (const photo of photos) {
    if (!photo.ready || !photo.blobId) continue
    yield { name: fileName(photo), bytes: await blobs.get(photo.blobId), packed: true }
  }
}

/** Ours, never the citizen's (S37): the list in the JSON tells which name was which. */
const fileName = ({ id, type }: OwnMaterial) => `照片和文件/${id}.${EXTENSIONS[type ?? ''] ?? 'bin'}`

async function partsOf(
  platform: Platform,
  mine: Mine,
  photos: readonly OwnMaterial[],
): Promise<Record<HoldingKind, unknown>> {
  const { db } = platform.db
  const { citizen } = mine
  const [person, row, preferences, cases] = await Promise.all([
    openPerson(db, platform, citizen.id), findPerson(db, citizen.id),
    preferencesOf(db, platform, citizen.id), exportedCases(platform, citizen),
  ])
  if (!row) throw new Refused('NOT_FOUND')
  const { devices } = await devicesOf(platform, mine)
  return {
    account: {
      手机号: person.phone, 已绑定微信: row.wechat_index !== null, 县市代码: row.region_code,
      长辈版: row.elder, 开户时间: whenWords(row.created_at),
    },
    identity: {
      姓名: person.name, 身份证号: person.idNumber,
      核验时间: row.verified_at && whenWords(row.verified_at),
    },
    devices: devices.map(({ device, signedInAt, seenAt }) => ({
      设备: DEVICE_WORDS[device], 登录时间: whenWords(new Date(signedInAt)),
      最近使用: whenWords(new Date(seenAt)),
    })),
    drafts: await draftParts(platform, citizen),
    photos: photos.map((photo) => ({
      文件: photo.ready ? fileName(photo) : '没有传完', 原名: photo.name,
      上传时间: whenWords(photo.createdAt), 已用于办件: photo.inCase,
    })),
    cases: cases.map(({ 评价: _rating, ...one }) => one),
    signings: await exportedSignings(platform, citizen),
    mandates: await exportedMandates(platform, citizen),
    tickets: await exportedTickets(platform, citizen),
    messages: await messageParts(platform, citizen),
    preferences: Object.fromEntries(Object.entries(preferences.sms).map(([kind, sms]) =>
      [MESSAGE_KINDS[kind as keyof typeof preferences.sms].title, sms ? '发短信' : '不发短信'])),
    bookings: (await myBookings(platform, citizen.id)).bookings.map((one) => ({
      预约号: one.number, 大厅: one.hallName, 日期: one.day, 时间: `${one.from} 到 ${one.to}`,
      为哪件事: one.topicTitle, 已取消: one.state === 'cancelled',
    })),
    ratings: cases.flatMap(({ 办件编号, 评价 }) => (评价 ? [{ 办件编号, ...评价 }] : [])),
    'access-log': await accessParts(platform, citizen),
  }
}

async function draftParts(platform: Platform, citizen: Citizen) {
  const drafts = await draftsOf(platform.db.db, platform, citizen)
  return Promise.all(drafts.map(async ({ topicId, draft, savedAt, keptUntil }) => {
    const topic = await loadTopic(platform, { id: topicId, version: draft.topicVersion })
    return {
      事情: topic.title, 保存时间: whenWords(new Date(savedAt)),
      保留到: whenWords(new Date(keptUntil)), ...contentWords(topic, draft),
    }
  }))
}

async function messageParts({ db }: Platform, { id: personId }: Citizen) {
  const all = []
  let before: { at: Date; id: string } | undefined
  for (;;) {
    const page = await messagesOf(db.db, { personId, before, limit: PAGE })
    all.push(...page.map(({ at, title, text }) => ({ 时间: whenWords(at), 标题: title, 内容: text })))
    const last = page.at(-1)
    if (!last || page.length < PAGE) return all
    before = { at: last.at, id: last.id }
  }
}

async function accessParts(platform: Platform, { id: personId }: Citizen) {
  const all = []
  let after: string | undefined
  for (;;) {
    const { entries, next } = await accessLog(platform, { personId, after, limit: PAGE })
    all.push(...entries.map(({ at, who, what, why }) =>
      ({ 时间: whenWords(new Date(at)), 谁: who, 做了什么: what, 为什么: why })))
    if (next === null) return all
    after = next
  }
}
