/**
 * The people at the counter, until the staff console exists: a robot that works through the real
 * staff API, with a password and a one-time code like everyone. It accepts and sends out what was
 * submitted, puts the departments' questions into one round, and hands results over.
 * `POST /admin/behaviour {then: 'work' | 'rest'}` on its own port stops it for a real person.
 */
import { generate } from 'otplib'
import { randomUUID } from 'node:crypto'
import type { Ask, CaseActionBody, CasePage, CaseView } from '@core/contract/case'
import type { StaffSession } from '@core/contract/session'
import {
  BadRequest, type Service, type ServiceOptions, json, listen, newService, pause,
} from './service'

export interface ClerkOptions extends ServiceOptions {
  serverUrl: string
  stepSeconds: number
  account: { login: string; password: string; totpSecret: string }
}

const STATES = ['submitted', 'accepted', 'handling', 'ready'] as const
/** A one-time code counts once, so a second sign-in waits for the next. */
const NEXT_CODE_MS = 31_000
const TIMEOUT_MS = 20_000
const AGAIN = '部门审核材料时发现新的问题，依法再次一次性告知。'

export async function startClerk(options: ClerkOptions): Promise<Service> {
  const app = newService()
  const clerk: Clerk = { ...options, working: true, stopped: false }
  app.post('/admin/behaviour', async (request) => {
    const { then } = json(request)
    if (then !== 'work' && then !== 'rest') throw new BadRequest(400, 'then')
    clerk.working = then === 'work'
    return { then }
  })
  app.get('/admin/behaviour', async () => ({
    then: clerk.working ? 'work' : 'rest', lastTrouble: clerk.lastTrouble ?? null,
  }))
  app.addHook('preClose', async () => {
    clerk.stopped = true
  })
  const service = await listen(app, options)
  void workAllDay(clerk)
  return service
}

interface Clerk extends ClerkOptions {
  working: boolean
  stopped: boolean
  token?: string
  lastTrouble?: string
}

/** The platform may start after us and go away at any time: trouble is noted and work goes on. */
async function workAllDay(clerk: Clerk): Promise<void> {
  while (!clerk.stopped) {
    try {
      if (clerk.working) await workOnce(clerk)
    } catch (error) {
      clerk.lastTrouble = error instanceof Error ? error.message : String(error)
      if (error instanceof Rejected && error.status === 401) await signInLater(clerk)
    }
    await pause(Math.max(50, clerk.stepSeconds * 1000))
  }
}

async function signInLater(clerk: Clerk): Promise<void> {
  const hadToken = clerk.token !== undefined
  clerk.token = undefined
  const wait = hadToken ? 0 : NEXT_CODE_MS
  for (let waited = 0; waited < wait && !clerk.stopped; waited += 100) await pause(100)
}

async function workOnce(clerk: Clerk): Promise<void> {
  clerk.token ??= await signIn(clerk)
  for (const state of STATES) {
    const page = await api<CasePage>(clerk, 'GET', `/v1/desk/cases?state=${state}`)
    for (const { id } of page.cases) {
      if (clerk.stopped || !clerk.working) return
      await serve(clerk, await api<CaseView>(clerk, 'GET', `/v1/cases/${id}`))
    }
  }
}

async function signIn(clerk: Clerk): Promise<string> {
  const { login, password, totpSecret } = clerk.account
  const totp = await generate({ secret: totpSecret })
  const session = await api<StaffSession>(clerk, 'POST', '/v1/staff/session', {
    login, password, totp,
  })
  return session.token
}

async function serve(clerk: Clerk, view: CaseView): Promise<void> {
  const action = nextAction(view)
  if (!action) return
  const content = { ...action, requestId: randomUUID() }
  try {
    await api(clerk, 'POST', `/v1/cases/${view.id}/actions`, content)
  } catch (error) {
    // A citizen may have acted in the same moment; the next round sees what came of it.
    if (!(error instanceof Rejected) || (error.status !== 409 && error.status !== 422)) throw error
    clerk.lastTrouble = `${view.number} ${action.do}: ${error.message}`
  }
}

type Plain<T> = T extends unknown ? Omit<T, 'requestId'> : never

function nextAction(view: CaseView): Plain<CaseActionBody> | undefined {
  const may = new Set<string>(view.actions)
  if (view.state === 'submitted' && may.has('accept')) return { do: 'accept' }
  if (view.state === 'accepted' && may.has('dispatch')) return { do: 'dispatch' }
  if (view.state === 'handling' && may.has('return')) return correctionRound(view)
  if (view.state === 'ready' && view.handover !== 'electronic' && may.has('hand-over')) {
    return { do: 'hand-over' }
  }
  return undefined
}

/** Everything the departments still ask, in one round (行政许可法 §32). */
function correctionRound({ tasks, events }: CaseView): Plain<CaseActionBody> | undefined {
  const asking = new Set(tasks.filter(({ state }) => state === 'asking').map((task) => task.itemId))
  const told = events.findLastIndex((event) => event.is === 'return')
  const asks = events.slice(told + 1)
    .filter(({ itemId }) => itemId !== null && asking.has(itemId))
    .flatMap((event): Ask[] => event.asks ?? [])
  const once = new Map(asks.map((one) => [`${one.kind} ${one.key}`, one]))
  if (once.size === 0) return undefined
  return { do: 'return', asks: [...once.values()], ...(told >= 0 ? { override: AGAIN } : {}) }
}

class Rejected extends Error {
  constructor(readonly status: number, text: string) {
    super(text)
  }
}

/** @throws Rejected with the platform's own words, if it refuses */
async function api<T>(
  clerk: Clerk,
  method: 'GET' | 'POST',
  path: string,
  content?: unknown,
): Promise<T> {
  const response = await fetch(new URL(path, clerk.serverUrl), {
    method,
    headers: {
      ...(clerk.token ? { authorization: `Bearer ${clerk.token}` } : {}),
      ...(content ? { 'content-type': 'application/json' } : {}),
    },
    body: content ? JSON.stringify(content) : undefined,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const { ok, status } = response
  if (!ok) throw new Rejected(status, `${status} ${await response.text()}`)
  // The platform's replies are held to the contract by its own schemas.
  return await response.json() as T
}
