/** An invented citizen who files a case: account, photographs, submission by our own services. */
import { createHash } from 'node:crypto'
import { addDays, shanghaiDate } from '../../core/clock'
import type { CaseView, SubmitCase } from '../../core/contract/case'
import { CHUNK_BYTES } from '../../core/contract/material'
import type { Topic } from '../../core/contract/topic'
import { toSupply } from '../../core/materials'
import type { Plan } from '../../core/plan'
import type { Citizen } from '../actor'
import { submitCase } from '../cases/submit'
import { applicantOf } from '../counter/applicant'
import { finishUpload, materialOf, putChunk, startUpload } from '../materials/service'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'
import { type Filled, fillTopic, idNumber, supplyAll } from './filling'

/** Nobody is called so: each name says that it is for practice. */
const NAMES = [
  '阿依古丽·练习', '玉素甫·练习', '古丽巴哈尔·练习', '热合曼·练习', '迪力夏提·练习', '帕提古丽·练习',
  '王秀英·练习', '李建国·练习', '马晓燕·练习', '赵志强·练习', '孙丽华·练习', '陈卫东·练习',
]
const FIRST_BIRTH = '1975-01-01'
const BIRTHS = 10_000

export interface Wanted {
  topic: Topic
  regionCode: string
  /** different people for different numbers, 0 … 999 999 */
  seed: number
  /** of the submission: a retry files nothing twice */
  requestId: string
  handover: SubmitCase['handover']
  draw: (said: string) => Promise<Buffer>
}

/** What the applicant says, under names for practice. */
export function fillForPractice(topic: Topic, { today, seed }: { today: string; seed: number }) {
  const names = topic.fields.filter(({ type }) => type === 'name')
  const form = names.map(({ key }, n) => [key, NAMES[(seed + n) % NAMES.length] ?? ''] as const)
  return fillTopic(topic, { today, seed, form: Object.fromEntries(form) })
}

export interface Filed {
  citizen: Citizen
  filled: Filled
  view: CaseView
}

/** @throws {Refused} as submitCase does */
export async function fileForPractice(platform: Platform, wanted: Wanted): Promise<Filed> {
  const { topic, seed, requestId, regionCode, handover } = wanted
  const today = shanghaiDate(platform.now().toISOString())
  const filled = fillForPractice(topic, { today, seed })
  const { citizen, form } = await applicantFor(platform, wanted, filled)
  const { view } = await submitCase(platform, citizen, {
    requestId, topicId: topic.id, topicVersion: topic.version, regionCode,
    answers: filled.answers, form,
    materials: await handIn(platform, citizen, { plan: filled.plan, draw: wanted.draw }),
    consent: { notice: true, truth: true, sharing: true, minor: true },
    signature: { strokes: [[[80, 600], [300, 200], [420, 650], [700, 300], [930, 520]]], ratio: 2 },
    handover,
  })
  return { citizen, filled: { ...filled, form }, view }
}

/**
 * The first grown-up who gives an ID number files. ID numbers of nobody are few: whoever has this
 * one since an earlier batch keeps their account and name.
 */
async function applicantFor(
  platform: Platform,
  { topic, seed }: Wanted,
  { plan, form }: Filled,
): Promise<{ citizen: Citizen; form: Filled['form'] }> {
  const minors = new Set(topic.roles.filter(({ minor }) => minor).map(({ id }) => id))
  const own = plan.form.find(({ type, role, key }) =>
    type === 'idNumber' && !minors.has(role) && form[nameBeside(key)] !== undefined)
  const nameKey = own && nameBeside(own.key)
  const card = {
    name: (nameKey && form[nameKey]) ?? NAMES[seed % NAMES.length] ?? '',
    idNumber: (own && form[own.key]) ?? idNumber(addDays(FIRST_BIRTH, seed % BIRTHS)),
  }
  const phone = `199${String(seed).padStart(8, '0')}`
  return platform.db.inTx(async (tx) => {
    const id = await applicantOf(tx, platform, { card, phone })
    const { name } = await openPerson(tx, platform, id)
    return {
      citizen: { kind: 'citizen', id, verified: true },
      form: nameKey && name ? { ...form, [nameKey]: name } : form,
    }
  })
}

/** `mother.idNumber` → `mother.name` */
const nameBeside = (key: string) => `${key.slice(0, key.lastIndexOf('.'))}.name`

async function handIn(
  platform: Platform,
  citizen: Citizen,
  { plan, draw }: { plan: Plan; draw: Wanted['draw'] },
): Promise<SubmitCase['materials']> {
  const ids = new Map<string, string>()
  for (const { key, how, sides, name, roleLabel } of toSupply(plan.materials)) {
    if (how === 'declaration') continue
    for (const [n, side] of sides.entries()) {
      const photo = await draw(`${roleLabel}的${name} ${side}`)
      ids.set(`${key} ${n}`, await upload(platform, citizen, photo))
    }
  }
  // the same shape, writable
  return supplyAll(plan, ({ key }, n) => ids.get(`${key} ${n}`) ?? '') as SubmitCase['materials']
}

/** The id of a photo the platform has whole. */
async function upload(platform: Platform, citizen: Citizen, photo: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(photo).digest('hex')
  const given = { sha256, size: photo.length, name: '练习材料.jpg' }
  const { id, state, chunks } = await startUpload(platform, { citizen, given })
  if (state === 'ready') return id
  const row = await materialOf(platform, id)
  for (let n = 0; n < chunks; n += 1) {
    const bytes = photo.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)
    await putChunk(platform, row, { n, bytes })
  }
  await finishUpload(platform, { citizen, row: await materialOf(platform, id) })
  return id
}
