/**
 * A department's own system.
 *
 *   signed task ──▶ 202 ──step──▶ receive ──photos looked at──step──▶ approve | correct | reject
 *
 * How it decides is set on its own port, for all items or one:
 * `POST /admin/behaviour {itemId?, then, asks?, reason?, delayMs?}`; `GET /admin/tasks` says what
 * became of each task. State lives in memory only.
 */
import { setMaxListeners } from 'node:events'
import { Value } from '@sinclair/typebox/value'
import type { Ask } from '@core/contract/case'
import { OutsideCancel, OutsideTask } from '@core/contract/outside'
import { type Caller, call } from './callback'
import type { Gives } from './catalogue'
import { type Answer, approval, complaint, requestIdOf } from './decision'
import { teachFormats } from './formats'
import {
  BadRequest, FAULTS, JUNK, SLOW_MS, type Service, type ServiceOptions, json, listen, newService,
  pause, signedJson,
} from './service'
import type { Key } from './signature'

type Then = 'approve' | 'correct' | 'reject' | 'silent' | 'down' | 'slow' | 'junk'
const THENS: ReadonlySet<string> = new Set(['approve', 'correct', 'reject', 'silent', ...FAULTS])

interface Behaviour {
  then: Then
  asks?: Ask[]
  reason?: string
  delayMs?: number
}

/** What `GET /admin/tasks` tells of a round of a task. */
interface Handled {
  taskId: string
  round: number
  itemId: string
  cancelled: boolean
  photos: { id: string; type: string; bytes: number; ok: boolean }[]
  sent: { action: string; status: number }[]
}

export interface DepartmentOptions extends ServiceOptions {
  key: Key
  serverUrl: string
  /** how long each step of the work takes */
  stepSeconds: number
  gives: Gives
}

export async function startDepartment(options: DepartmentOptions): Promise<Service> {
  teachFormats()
  const app = newService()
  const stopped = new AbortController()
  setMaxListeners(0, stopped.signal) // one listener a task under way, however many there are
  const behaviours = new Map<string, Behaviour>()
  const rounds = new Map<string, Handled>()
  const desk: Desk = {
    ...options,
    caller: { key: options.key, serverUrl: options.serverUrl, signal: stopped.signal },
    behaviourOf: (itemId) => behaviours.get(itemId) ?? behaviours.get('*') ?? { then: 'approve' },
  }
  const open = signedJson(options.key)

  app.post('/v1/tasks', async (request, reply) => {
    const message = open(request)
    if (Value.Check(OutsideCancel, message)) {
      for (const one of rounds.values()) if (one.taskId === message.taskId) one.cancelled = true
      return reply.code(202).send({ accepted: true })
    }
    if (!Value.Check(OutsideTask, message)) throw new BadRequest(400, 'not a task')
    const { then, delayMs = SLOW_MS } = desk.behaviourOf(message.itemId)
    if (then === 'down') return reply.code(503).send('down')
    if (then === 'junk') {
      void sendJunk(desk, message)
      return reply.send(JUNK)
    }
    if (then === 'slow') await pause(delayMs)
    const id = `${message.taskId} ${message.round}`
    if (!rounds.has(id)) {
      const { taskId, round, itemId } = message
      const handled = { taskId, round, itemId, cancelled: false, photos: [], sent: [] }
      rounds.set(id, handled)
      void handle(desk, message, handled)
    }
    return reply.code(202).send({ accepted: true })
  })
  app.post('/admin/behaviour', async (request) => {
    const { itemId = '*', ...behaviour } = json(request)
    if (!isBehaviour(behaviour)) throw new BadRequest(400, 'then')
    if (itemId === '*') behaviours.clear()
    behaviours.set(String(itemId), behaviour)
    return { itemId, ...behaviour }
  })
  app.get('/admin/tasks', async () => ({ tasks: [...rounds.values()] }))
  app.addHook('preClose', async () => stopped.abort())
  return listen(app, options)
}

interface Desk extends DepartmentOptions {
  caller: Caller
  behaviourOf(itemId: string): Behaviour
}

function isBehaviour(given: Record<string, unknown>): given is Record<string, unknown> & Behaviour {
  return THENS.has(String(given.then))
}

async function handle(desk: Desk, task: OutsideTask, handled: Handled): Promise<void> {
  const behaviour = desk.behaviourOf(task.itemId)
  if (behaviour.then === 'silent') return
  const stepMs = behaviour.then === 'slow' ? undefined : behaviour.delayMs
  const step = () => pause(stepMs ?? desk.stepSeconds * 1000)
  await step()
  if (task.round === 0) await send(desk, { task, handled }, { do: 'receive' })
  handled.photos = await lookAtPhotos(desk, task)
  await step()
  await send(desk, { task, handled }, decide(desk, task, handled))
}

/** A photo that does not open is asked for, once; a corrected task is approved. */
function decide(desk: Desk, task: OutsideTask, { photos }: Handled): Answer {
  const { then, asks, reason = '经审核，不符合办理条件。' } = desk.behaviourOf(task.itemId)
  if (then === 'reject') return { do: 'reject', reason }
  const bad = new Set(photos.filter(({ ok }) => !ok).map(({ id }) => id))
  const unreadable = task.materials
    .filter(({ files }) => files.some(({ id }) => bad.has(id)))
    .map(({ key }) => key)
  if (task.round === 0 && (then === 'correct' || unreadable.length > 0)) {
    const wanted = (then === 'correct' && asks) || complaint(task, unreadable)
    if (wanted.length > 0) return { do: 'request-correction', asks: wanted }
  }
  const today = task.sentAt.slice(0, 10)
  return approval(task, desk.gives.get(task.itemId) ?? [], today)
}

async function lookAtPhotos({ caller }: Desk, task: OutsideTask): Promise<Handled['photos']> {
  const files = task.materials.flatMap((material) => material.files)
  const looked: Handled['photos'] = []
  for (const { id, url } of files) {
    const answer = await call(caller, { method: 'GET', path: url })
    if (!answer) break
    const ok = answer.status === 200 && isPicture(answer.body)
    looked.push({ id, type: answer.type, bytes: answer.body.length, ok })
  }
  return looked
}

/** JPEG, PNG, WebP or PDF by their first bytes. */
function isPicture(body: Buffer): boolean {
  const head = body.subarray(0, 12).toString('latin1')
  return /^(\xff\xd8\xff|\x89PNG\r\n|%PDF-|RIFF[\s\S]{4}WEBP)/.test(head)
}

async function send(
  { caller }: Desk,
  { task, handled }: { task: OutsideTask; handled: Handled },
  answer: Answer,
): Promise<void> {
  if (handled.cancelled) return
  const content = { ...answer, requestId: requestIdOf(task, answer.do) }
  const called = await call(caller, { method: 'POST', path: task.feedback, content })
  if (called) handled.sent.push({ action: answer.do, status: called.status })
}

/** Answers nobody agreed on: the platform must refuse them and change nothing (S50). */
async function sendJunk({ caller }: Desk, task: OutsideTask): Promise<void> {
  const answers = [
    { do: 'approve-everything', requestId: requestIdOf(task, 'junk') },
    { do: 'approve', requestId: 7, gives: 'all' },
    [],
  ]
  for (const content of answers) {
    await call(caller, { method: 'POST', path: task.feedback, content })
  }
}
