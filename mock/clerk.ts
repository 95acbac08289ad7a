/**
 * The people at the counter, until the staff console exists: a robot that works through the real
 * staff API, with a password and a one-time code like everyone. It accepts and sends out what was
 * submitted, puts the departments' questions into one round, hands results over, and answers
 * whoever asks for help.
 * `POST /admin/behaviour {then: 'work' | 'rest'}` on its own port stops it for a real person.
 */
import { generate } from 'otplib'
import { randomUUID } from 'node:crypto'
import { CASE_ENDED } from '@core/case'
import type { Ask, CaseActionBody, CasePage, CaseView } from '@core/contract/case'
import type { StaffSession } from '@core/contract/session'
import type { TicketPage, TicketView } from '@core/contract/ticket'
import {
  BadRequest, type Service, type ServiceOptions, json, listen, newService, pause,
} from './service'

export interface ClerkOptions extends ServiceOptions {
  serverUrl: string
  stepSeconds: number
  account: { login: string; password: string; totpSecret: string }
}

/** What may be under way when the robot comes to work; later it follows the cases it knows. */
const UNDER_WAY = ['accepted', 'handling', 'ready'] as const
/** A one-time code counts once, so a second sign-in waits for the next. */
const NEXT_CODE_MS = 31_000
const TIMEOUT_MS = 20_000
const BUSY_MS = 5_000
const SHORTEST_ROUND_MS = 250
/** Each look at a case leaves a row in its log, so a case that stands still is looked at less. */
const LONGEST_WAIT_MS = 10_000
const AGAIN = '部门审核材料时发现新的问题，依法再次一次性告知。'

export async function startClerk(options: ClerkOptions): Promise<Service> {
  const app = newService()
  const clerk: Clerk = { ...options, working: true, stopped: false, cases: new Map() }
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
  /** whether what was under way has been listed */
  listed?: boolean
  cases: Map<string, Look>
}

/** When to look at a case again, and the version that was seen. */
interface Look {
  dueAt: number
  waitMs: number
  version: number
}

const roundMs = ({ stepSeconds }: Clerk) => Math.max(SHORTEST_ROUND_MS, stepSeconds * 1000)

/** The platform may start after us and go away at any time: trouble is noted and work goes on. */
async function workAllDay(clerk: Clerk): Promise<void> {
  while (!clerk.stopped) {
    try {
      if (clerk.working) await workOnce(clerk)
    } catch (error) {
      clerk.lastTrouble = error instanceof Error ? error.message : String(error)
      if (error instanceof Rejected && error.status === 401) await signInLater(clerk)
      if (error instanceof Rejected && error.status === 429) await pause(BUSY_MS)
    }
    await pause(roundMs(clerk))
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
  if (!clerk.listed) {
    for (const state of UNDER_WAY) await list(clerk, state)
    clerk.listed = true
  }
  await list(clerk, 'submitted')
  for (const [id, look] of clerk.cases) {
    if (clerk.stopped || !clerk.working) return
    if (Date.now() >= look.dueAt) await serve(clerk, id, look)
  }
  await answerTickets(clerk)
}

async function list(clerk: Clerk, state: string): Promise<void> {
  for (let after: string | null = ''; after !== null;) {
    const more: string = after && `&after=${encodeURIComponent(after)}`
    const page: CasePage = await api(clerk, 'GET', `/v1/desk/cases?state=${state}${more}`)
    for (const { id } of page.cases) {
      clerk.cases.set(id, { dueAt: 0, waitMs: roundMs(clerk), version: 0 })
    }
    after = page.next
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

async function serve(clerk: Clerk, id: string, look: Look): Promise<void> {
  const view = await api<CaseView>(clerk, 'GET', `/v1/cases/${id}`)
  if (CASE_ENDED.has(view.state)) {
    clerk.cases.delete(id)
    return
  }
  const moved = view.version !== look.version
  look.version = view.version
  look.waitMs = moved ? roundMs(clerk) : Math.min(2 * look.waitMs, LONGEST_WAIT_MS)
  look.dueAt = Date.now() + look.waitMs
  const action = nextAction(view)
  if (action) await act(clerk, view, action)
}

async function act(clerk: Clerk, view: CaseView, action: Plain<CaseActionBody>): Promise<void> {
  const content = { ...action, requestId: randomUUID() }
  try {
    await api(clerk, 'POST', `/v1/cases/${view.id}/actions`, content)
  } catch (error) {
    // A citizen may have acted in the same moment; the next look sees what came of it.
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

/** By the kind of help; a person at the counter would read what was asked. */
const ANSWERS: Record<TicketView['kind'], string> = {
  inquiry: '您好，请看“办事指南”里的材料和流程，有电子证照的不用带原件。还不清楚可以接着问。（样例答复）',
  assistance: '您好，已经登记。工作人员会打您登录的手机号，约好时间再上门。（样例答复）',
  unresolved: '您好，情况已核实，综合窗口会陪您一起办，请您方便时到窗口或者在网上重新提交。（样例答复）',
}

/** Those the counter itself has to answer; a department's own wait for people or for the clock. */
async function answerTickets(clerk: Clerk): Promise<void> {
  const { tickets } = await api<TicketPage>(clerk, 'GET', '/v1/desk/tickets?state=open')
  for (const { id, kind, rung } of tickets) {
    if (clerk.stopped || !clerk.working) return
    if (rung === 'department') continue
    const content = { requestId: randomUUID(), text: ANSWERS[kind] }
    try {
      await api(clerk, 'POST', `/v1/tickets/${id}/messages`, content)
    } catch (error) {
      if (!(error instanceof Rejected) || error.status !== 409) throw error
      clerk.lastTrouble = `${id}: ${error.message}` // withdrawn or passed on meanwhile
    }
  }
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
