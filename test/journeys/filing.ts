/** A case filed by API, where the journey is about the other side of the counter. */
import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { CaseView, SubmitCase } from '../../core/contract/case'
import type { OtpReply, Session } from '../../core/contract/session'
import type { Topic } from '../../core/contract/topic'
import { must, type openClient } from '../../scripts/rig/client'
import { fillTopic, supplyAll } from '../../server/training/filling'
import { upload } from '../../scripts/rig/people'
import type { Started } from './product'
import { today } from './traveller'
import { type Person, smsCode } from './walk'

export interface Filing {
  topicId: string
  regionCode: string
  seed: number
  handover?: SubmitCase['handover']
}

type Client = ReturnType<typeof openClient>

/** Signed in by code and real-name check, as the app does it. */
export async function citizenOf(product: Started, client: Client, person: Person): Promise<string> {
  const { phone, name, idNumber } = person
  const { challenge } = must<OtpReply>(await client.call({
    method: 'POST', path: '/v1/session/otp', json: { phone },
  }))
  const otp = await smsCode(product, phone)
  const { token, me } = must<Session>(await client.call({
    method: 'POST', path: '/v1/session', json: { kind: 'sms', phone, otp, challenge },
  }))
  if (!me.verified) {
    must(await client.call({ method: 'POST', path: '/v1/me/identity', token, json: { name, idNumber } }))
  }
  return token
}

/** Files a case of any topic that one person signs, with photos one can tell apart. */
export async function fileCase(client: Client, token: string, filing: Filing): Promise<CaseView> {
  const { topicId, regionCode, seed, handover = 'window' } = filing
  const topic = must<Topic>(await client.call({ method: 'GET', path: `/v1/topics/${topicId}` }))
  const { answers, form, plan } = fillTopic(topic, { today, seed })
  const sheets: { name: string; words: string }[] = []
  supplyAll(plan, ({ key, name }, side) => {
    sheets.push({ name: `${key} ${side}`, words: `${name} ${side + 1}` })
    return ''
  })
  const ids = new Map<string, string>()
  for (const { name, words } of sheets) {
    ids.set(name, await upload(client, token, await sheet(words, seed)))
  }
  const submission: SubmitCase = {
    requestId: randomUUID(), topicId, topicVersion: topic.version, regionCode,
    answers: { ...answers }, form,
    materials: supplyAll(plan, ({ key }, side) => ids.get(`${key} ${side}`) ?? '') as
      SubmitCase['materials'], // the same shape, writable
    consent: { notice: true, truth: true, sharing: true, minor: true },
    signature: { strokes: [[[10, 10], [500, 300], [900, 40]]], ratio: 2 },
    handover,
  }
  return must<CaseView>(await client.call({ method: 'POST', path: '/v1/cases', token, json: submission }))
}

/** A page with its name on it. */
function sheet(words: string, seed: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600">
    <rect width="900" height="600" fill="#f4efe4"/><rect x="40" y="40" width="820" height="520"
    fill="none" stroke="#8a7f68" stroke-width="4"/>
    <text x="80" y="140" font-size="40" font-family="Noto Sans CJK SC">样本 ${words}</text>
    <text x="80" y="220" font-size="28">No. ${seed}</text></svg>`
  return sharp(Buffer.from(svg)).jpeg().toBuffer()
}
