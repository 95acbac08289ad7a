/**
 * Citizens and clerks who go on through every crash, and what the platform has told them: a call
 * without an answer is sent again, with the same request id, until there is one.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { CasePage, CaseView, SubmitCase } from '../../core/contract/case'
import { type Client, type Reply, openClient } from '../rig/client'
import { type SignedIn, photograph, upload } from '../rig/people'

/** Everything the platform has acknowledged. */
export interface Ledger {
  /** by request id */
  cases: Map<string, AckedCase>
  /** request ids ever sent; without an acknowledgement their case may or may not exist */
  sent: Map<string, string>
  uploads: { id: string; personId: string }[]
  acts: { caseId: string; did: string }[]
  repeated: number
  /** answers that contradict each other or that nobody may get */
  wrong: string[]
}

export interface AckedCase {
  id: string
  number: string
  personId: string
  photos: { key: string; id: string }[]
}

/** What a citizen submits again and again: all but the request id. */
export interface Applicant extends SignedIn {
  submission: Omit<SubmitCase, 'requestId'>
}

export interface Storm {
  ledger: Ledger
  /** Lets everybody finish what they are waiting for. */
  end(): Promise<void>
}

interface Sky {
  port: number
  ledger: Ledger
  over: boolean
}

const RETRY_MS = 120
const DOUBLE_TAPS = 0.1
const UPLOADS = 0.04
const PAUSE_MS = 15
const RETRIED = new Set([429, 500, 503])

export function newLedger(): Ledger {
  return { cases: new Map(), sent: new Map(), uploads: [], acts: [], repeated: 0, wrong: [] }
}

export function startStorm(
  port: number,
  { applicants, clerks }: { applicants: readonly Applicant[]; clerks: readonly SignedIn[] },
): Storm {
  const sky: Sky = { port, ledger: newLedger(), over: false }
  const everybody = [
    ...applicants.map((one) => applyAgainAndAgain(sky, one)),
    ...clerks.map((one) => workThrough(sky, one)),
  ]
  return {
    ledger: sky.ledger,
    end: async () => {
      sky.over = true
      await Promise.all(everybody)
    },
  }
}

async function applyAgainAndAgain(sky: Sky, me: Applicant): Promise<void> {
  const client = openClient(sky.port)
  while (!sky.over) {
    const taps = Math.random() < DOUBLE_TAPS ? 2 : 1
    await submit(sky, client, me, taps)
    if (Math.random() < UPLOADS) await photographAndUpload(sky, client, me)
    await wait(randomInt(PAUSE_MS))
  }
  client.close()
}

/** One submission, tapped several times at once. */
export async function submit(
  sky: { ledger: Ledger },
  client: Client,
  me: Applicant,
  taps: number,
): Promise<void> {
  const { ledger } = sky
  const requestId = randomUUID()
  ledger.sent.set(requestId, me.id)
  const text = JSON.stringify({ requestId, ...me.submission })
  const call = { method: 'POST', path: '/v1/cases', token: me.token, text } as const
  const answers = await Promise.all(
    Array.from({ length: taps }, () => untilAnswered(ledger, () => client.call(call))))
  for (const { status, body } of answers) {
    if (status !== 200 && status !== 201) {
      ledger.wrong.push(`a submission was answered ${status} ${body.toString().slice(0, 200)}`)
      continue
    }
    const { id, number } = JSON.parse(body.toString()) as CaseView // checked by its own schema
    const before = ledger.cases.get(requestId)
    if (before && (before.id !== id || before.number !== number)) {
      ledger.wrong.push(`request ${requestId} became ${before.number} and ${number}`)
    }
    ledger.cases.set(requestId, { id, number, personId: me.id, photos: photosOf(me) })
  }
}

export function photosOf({ submission }: Applicant): AckedCase['photos'] {
  return Object.entries(submission.materials).flatMap(([key, supply]) =>
    supply.by === 'photos' ? [...new Set(supply.ids)].map((id) => ({ key, id })) : [])
}

async function photographAndUpload(sky: Sky, client: Client, me: SignedIn): Promise<void> {
  const photo = await photograph(randomInt(2 ** 24))
  for (let tries = 0; !sky.over && tries < 500; tries += 1) {
    try {
      const id = await upload(client, me.token, photo)
      sky.ledger.uploads.push({ id, personId: me.id })
      return
    } catch (error) {
      const text = String(error)
      // Already taken as another file of the same content, or refused: not for a crash to cause.
      if (/said 4(?!29)/.test(text)) sky.ledger.wrong.push(`an upload: ${text.slice(0, 200)}`)
      sky.ledger.repeated += 1
      await wait(RETRY_MS)
    }
  }
}

async function workThrough(sky: Sky, me: SignedIn): Promise<void> {
  const client = openClient(sky.port)
  while (!sky.over) {
    await acceptOrDispatch(sky, client, { me, state: 'submitted', act: 'accept' })
    await acceptOrDispatch(sky, client, { me, state: 'accepted', act: 'dispatch' })
    await wait(randomInt(PAUSE_MS))
  }
  client.close()
}

async function acceptOrDispatch(
  sky: Sky,
  client: Client,
  { me, state, act }: { me: SignedIn; state: string; act: string },
): Promise<void> {
  const { ledger } = sky
  const { token } = me
  const path = `/v1/desk/cases?state=${state}&limit=10`
  const list = await untilAnswered(ledger, () => client.call({ method: 'GET', path, token }))
  if (list.status !== 200) {
    ledger.wrong.push(`a clerk's list was answered ${list.status} ${list.body.toString()}`)
    return
  }
  const { cases } = JSON.parse(list.body.toString()) as CasePage // checked by its own schema
  for (const { id } of cases) {
    if (sky.over) return
    const json = { do: act, requestId: randomUUID() }
    const call = { method: 'POST', path: `/v1/cases/${id}/actions`, token, json } as const
    const { status, body } = await untilAnswered(ledger, () => client.call(call))
    if (status === 200) ledger.acts.push({ caseId: id, did: act })
    // 409: another clerk was first. 404: a lost case, which the reckoning finds.
    else if (status !== 409 && status !== 404) {
      ledger.wrong.push(`${act} was answered ${status} ${body.toString().slice(0, 200)}`)
    }
  }
}

async function untilAnswered(ledger: Ledger, call: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await call().catch(() => undefined) // no answer: its fate is unknown
    if (reply && !RETRIED.has(reply.status)) return reply
    ledger.repeated += 1
    await wait(RETRY_MS + randomInt(RETRY_MS))
  }
}
