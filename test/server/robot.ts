/**
 * A robot citizen and robot staff who handle any topic through the real API: questions, form,
 * photos, submission, window, departments, results, rating. They know no topic.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import sharp from 'sharp'
import { shanghaiDate } from '../../core/clock'
import type { CaseView, SubmitCase } from '../../core/contract/case'
import type { TaskDetail, TaskPage } from '../../core/contract/task'
import { CHUNK_BYTES, type Upload } from '../../core/contract/material'
import type { Countersigning, Signing } from '../../core/contract/signing'
import type { Topic } from '../../core/contract/topic'
import {
  type Filled, type Situation, anyValue, fillTopic, supplyAll,
} from '../../server/training/filling'
import { tick } from '../../server/clocks/tick'
import { REGION, type Harness, type SignedIn, anyPhone } from './harness'

export interface Filed {
  topic: Topic
  filled: Filled
  submission: SubmitCase
  view: CaseView
}

export interface Filing extends Partial<Situation> {
  topicId: string
  regionCode?: string
}

export const SIGNATURE: SubmitCase['signature'] = {
  strokes: [[[10, 10], [500, 300], [900, 40]]], ratio: 2,
}

let photos = 0

/** A reply that must be a success. @throws {Error} quoting it */
export async function ok<T>(
  h: Harness,
  who: SignedIn | undefined,
  call: InjectOptions,
): Promise<T> {
  const response = await h.call(who, call)
  if (response.statusCode >= 300) {
    throw new Error(`${call.method} ${String(call.url)}: ${response.statusCode} ${response.body}`)
  }
  return response.json<T>()
}

/** From the topic as the phone loads it to the case the platform answers. */
export async function fileCase(h: Harness, who: SignedIn, filing: Filing): Promise<Filed> {
  const { topicId, regionCode = REGION } = filing
  const { topic, filled } = await fill(h, who, filing)
  const pending = new Map<string, Promise<string>>()
  const named = supplyAll(filled.plan, ({ key }, side) => `${key} ${side}`)
  for (const supply of Object.values(named)) {
    if (supply.by !== 'photos') continue
    for (const name of supply.ids) pending.set(name, photographAndUpload(h, who))
  }
  const ids = new Map(await Promise.all(
    [...pending].map(async ([name, id]) => [name, await id] as const)))
  const requestId = randomUUID()
  await everybodySigns(h, who, { requestId, topic, filled, regionCode })
  const submission: SubmitCase = {
    requestId, topicId, topicVersion: topic.version, regionCode,
    answers: filled.answers, form: filled.form,
    materials: supplyAll(filled.plan, ({ key }, side) => ids.get(`${key} ${side}`) ?? '') as
      SubmitCase['materials'], // the same shape, writable
    consent: { notice: true, truth: true, sharing: true, minor: true },
    signature: SIGNATURE,
    handover: 'electronic',
  }
  const view = await ok<CaseView>(h, who, { method: 'POST', url: '/v1/cases', payload: submission })
  return { topic, filled, submission, view }
}

/** The topic as the phone loads it, filled in. */
export async function fill(
  h: Harness,
  who: SignedIn,
  { topicId, seed = 0, regionCode: _region, ...wanted }: Filing,
): Promise<{ topic: Topic; filled: Filled }> {
  const topic = await ok<Topic>(h, who, { method: 'GET', url: `/v1/topics/${topicId}` })
  const today = shanghaiDate(h.clock.now.toISOString())
  return { topic, filled: fillTopic(topic, { today, seed, ...wanted }) }
}

interface Asking {
  requestId: string
  topic: Topic
  filled: Filled
  regionCode?: string
}

/** Asks whoever else must sign. */
export function invite(
  h: Harness,
  who: SignedIn,
  { requestId, topic, filled: { answers, form }, regionCode = REGION }: Asking,
): Promise<Signing> {
  return ok<Signing>(h, who, {
    method: 'POST', url: '/v1/signings',
    payload: {
      requestId, topicId: topic.id, topicVersion: topic.version, regionCode, answers, form,
    },
  })
}

/** One account a person, as in life; phones of robots may meet, so each has a new one. */
const accounts = new WeakMap<Harness, Map<string, { who: SignedIn; phone: string; at: Date }>>()

/** The account of whoever has this ID number, signed in now. */
export async function accountOf(
  h: Harness,
  { name, idNumber }: { name: string; idNumber: string },
): Promise<SignedIn> {
  const known = accounts.get(h) ?? new Map<string, { who: SignedIn; phone: string; at: Date }>()
  accounts.set(h, known)
  const before = known.get(idNumber)
  if (before && before.at.getTime() === h.clock.now.getTime()) return before.who
  const phone = before?.phone ?? anyPhone()
  const who = await h.citizen({ phone, name, idNumber, verified: !before })
  known.set(idNumber, { who, phone, at: h.clock.now })
  return who
}

/** One signer reads what the code opens and signs it. */
export async function countersign(
  h: Harness,
  signer: SignedIn,
  code: string,
): Promise<Countersigning> {
  const url = `/v1/signings/${code}`
  const { seen } = await ok<Countersigning>(h, signer, { method: 'GET', url })
  return ok<Countersigning>(h, signer, {
    method: 'POST', url: `${url}/sign`,
    payload: {
      requestId: randomUUID(), seen, consent: { content: true, sharing: true },
      signature: SIGNATURE,
    },
  })
}

/** All signers of the plan, each by their own account, one after the other. */
async function everybodySigns(h: Harness, who: SignedIn, asking: Asking): Promise<void> {
  const { plan, form } = asking.filled
  if (plan.signers.length === 0) return
  const { signers } = await invite(h, who, asking)
  const signed = new Set<string>()
  for (const { id, name, idNumber } of plan.signers) {
    const person = { name: form[name] ?? '', idNumber: form[idNumber] ?? '' }
    const code = signers.find((one) => one.id === id)?.code
    if (!code || signed.has(person.idNumber)) continue
    await countersign(h, await accountOf(h, person), code)
    signed.add(person.idNumber)
  }
}

/** A photo no other upload has; answers its id when the platform has it whole. */
export async function photographAndUpload(h: Harness, who: SignedIn): Promise<string> {
  const background = { r: (photos += 1) % 256, g: (photos >> 8) % 256, b: (photos * 7) % 256 }
  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background } })
    .jpeg().toBuffer()
  const sha256 = createHash('sha256').update(photo).digest('hex')
  const payload = { sha256, size: photo.length, name: `照片${photos}.jpg` }
  const start = await ok<Upload>(h, who, { method: 'POST', url: '/v1/materials', payload })
  for (let n = 0; n < start.chunks; n += 1) {
    await ok(h, who, {
      method: 'PUT', url: `/v1/materials/${start.id}/chunks/${n}`,
      headers: { 'content-type': 'application/octet-stream' },
      payload: photo.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES),
    })
  }
  const done = await ok<Upload>(h, who, { method: 'POST', url: `/v1/materials/${start.id}/finish` })
  if (done.state !== 'ready') throw new Error(`the photo is ${done.state}`)
  return done.id
}

/** One action of the window on a case. */
export function atWindow(h: Harness, clerk: SignedIn, caseId: string, did: string) {
  return ok<CaseView>(h, clerk, {
    method: 'POST', url: `/v1/cases/${caseId}/actions`,
    payload: { do: did, requestId: randomUUID() },
  })
}

/** Every department does what has reached it, until the case is ready. */
export async function departmentsFinish(
  h: Harness,
  { topic, filled, view, submission }: Filed,
  seed = 0,
): Promise<void> {
  const today = shanghaiDate(h.clock.now.toISOString())
  const reached = async () => {
    const desks = await Promise.all(topic.departments.map(({ id }) =>
      h.department(id, submission.regionCode)))
    let handled = false
    for (const desk of desks) {
      const { tasks } = await ok<TaskPage>(h, desk, { method: 'GET', url: '/v1/tasks?limit=100' })
      for (const { caseId, n, itemId } of tasks.filter((task) => task.caseId === view.id)) {
        const url = `/v1/tasks/${caseId}.${n}`
        const act = (body: object, who = desk) => ok<TaskDetail>(h, who, {
          method: 'POST', url: `${url}/actions`, payload: { requestId: randomUUID(), ...body },
        })
        const received = await act({ do: 'receive' })
        const form = { ...filled.form, ...received.form }
        const gives = givenBy(topic, itemId, form, { today, seed })
        if (received.twoPeople) {
          await act({ do: 'review', propose: 'approve', gives })
          const { department } = topic.items.find(({ id }) => id === itemId)!
          await act({ do: 'approve' }, await h.department(department, submission.regionCode))
        } else await act({ do: 'approve', gives })
        handled = true
      }
    }
    return handled
  }
  for (let rest = MOST_RESTS; rest > 0; rest -= 1) {
    while (await reached()) continue
    if (!(await isWaiting(h, view.id))) return
    h.pass(REST_MS)
    await tick(h.platform)
  }
  throw new Error(`${topic.id}: a task never started`)
}

/** Public notices, cooling-off periods and seasons: nobody can do anything but let time pass. */
const REST_MS = 5 * 86_400_000
const MOST_RESTS = 80

async function isWaiting({ platform }: Harness, caseId: string): Promise<boolean> {
  const waiting = await platform.db.db.selectFrom('tasks').select('n')
    .where('case_id', '=', caseId).where('state', '=', 'waiting').executeTakeFirst()
  return waiting !== undefined
}

function givenBy(
  topic: Topic,
  itemId: string,
  form: Record<string, string>,
  situation: Situation,
): Record<string, string> {
  const gives = topic.items.find(({ id }) => id === itemId)?.result.gives ?? []
  return Object.fromEntries(gives.flatMap((key) => {
    const field = topic.fields.find((one) => one.key === key)
    return field ? [[key, anyValue(topic, field, form, situation)]] : []
  }))
}

/** From submitted to rated: window, departments in their order, hand-over, rating. */
export async function carryThrough(
  h: Harness,
  who: SignedIn & { phone?: string },
  filed: Filed & { stars?: number },
): Promise<CaseView> {
  const clerk = () => h.window(filed.submission.regionCode)
  const { id } = filed.view
  const begun = h.clock.now
  const morning = await clerk()
  await atWindow(h, morning, id, 'accept')
  await atWindow(h, morning, id, 'dispatch')
  await departmentsFinish(h, filed)
  await atWindow(h, await clerk(), id, 'hand-over')
  // Sessions end while weeks pass.
  const citizen = h.clock.now === begun ? who : await h.citizen({ phone: who.phone, verified: false })
  await ok(h, citizen, {
    method: 'POST', url: `/v1/cases/${id}/ratings`,
    payload: { requestId: randomUUID(), stars: filed.stars ?? 5 },
  })
  return ok<CaseView>(h, citizen, { method: 'GET', url: `/v1/cases/${id}` })
}
