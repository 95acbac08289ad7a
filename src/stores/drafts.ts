/**
 * What the citizen has told us, topic by topic. Plan and problems are computed, never kept.
 *
 *   change ──▶ memory ──≤0.5 s──▶ phone (sealed) ──≤2 s, when online──▶ server (draft of record)
 */
import type { Draft as ServerDraft, DraftBody, DraftSaved } from '@core/contract/draft'
import type { Supply } from '@core/materials'
import { Refused } from '@core/refusal'
import { create } from 'zustand'
import { deleteDraft, getDraft, putDraft } from '@/api/drafts'
import { now } from '@/platform/clock'
import { newId } from '@/platform/id'
import { watchNetwork } from '@/platform/network'
import { readSecret, removeSecret, secretsOpen, writeSecret } from '@/platform/secret-storage'
import { recallMe, token } from './session'

export interface Draft {
  body: DraftBody
  /** revision of the server's copy this one is based on; 0 = never saved there */
  revision: number
  /** 'phone': sealed on the phone, waiting for a network; 'conflict': another device was newer */
  saved: 'memory' | 'phone' | 'server' | 'conflict'
  changedAt: number
  /** what the server said of its copy: when it was saved, and how long it is kept */
  savedAt?: string
  keptUntil?: string
}

type Supplies = DraftBody['materials']

const PHONE_DELAY_MS = 400
const SERVER_DELAY_MS = 1500
const keyOf = (topicId: string) => `draft-${topicId}`

export const useDrafts = create<{ byTopic: Readonly<Record<string, Draft>> }>()(() => ({
  byTopic: {},
}))

export const draftOf = (topicId: string) => useDrafts.getState().byTopic[topicId]

/** An untouched draft; the request id is born here, so a retry or double tap is one case. */
export async function blankDraft(topicVersion: number, regionCode: string): Promise<Draft> {
  return {
    body: {
      requestId: await newId(),
      topicVersion,
      regionCode,
      answers: {},
      form: {},
      materials: {},
      page: '',
    },
    revision: 0,
    saved: 'memory',
    changedAt: 0,
  }
}

/** Opens the draft to go on with: this phone's if ahead, else the server's, else a new one. */
export async function openDraft(
  topicId: string,
  fresh: { topicVersion: number; regionCode: string },
): Promise<Draft> {
  const open = draftOf(topicId)
  if (open) return open
  await unlock()
  const local = readSecret<Draft>(keyOf(topicId), now())
  const remote = token() && online ? await reachableDraft(topicId) : undefined
  const ahead = local && local.saved !== 'server' && local.revision >= (remote?.revision ?? 0)
  const kept = ahead || !remote ? local : undefined
  const draft = kept ?? (remote
    ? fromServer(remote)
    : await blankDraft(fresh.topicVersion, fresh.regionCode))
  put(topicId, draft)
  if (ahead) scheduleServer(topicId)
  return draft
}

/** Without its key a draft on this phone reads as absent; offline it stays locked. */
async function unlock(): Promise<void> {
  if (secretsOpen() || !online) return
  await recallMe().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
}

/** Out of reach is no reason to stop: two copies that differ are settled once both are seen. */
async function reachableDraft(topicId: string): Promise<ServerDraft | undefined> {
  try {
    return await getDraft(topicId)
  } catch (error) {
    if (error instanceof Refused && (error.code === 'OFFLINE' || error.code === 'TIMEOUT')) {
      return undefined
    }
    throw error
  }
}

export function answer(topicId: string, given: Record<string, string>) {
  change(topicId, (body) => ({ ...body, answers: { ...body.answers, ...given } }))
}

export function fill(topicId: string, values: Record<string, string>) {
  change(topicId, (body) => ({ ...body, form: { ...body.form, ...values } }))
}

export function supply(topicId: string, key: string, given: Supply | undefined) {
  change(topicId, (body) => {
    const { [key]: _old, ...rest } = body.materials
    const materials: Supplies = given ? { ...rest, [key]: writable(given) } : rest
    return { ...body, materials }
  })
}

export function remember(topicId: string, page: string) {
  if (draftOf(topicId)?.body.page !== page) change(topicId, (body) => ({ ...body, page }))
}

export function setDraft(topicId: string, over: Partial<DraftBody>) {
  change(topicId, (body) => ({ ...body, ...over }))
}

/** After submitting: the server has dropped its copy in the same transaction. */
export function dropDraft(topicId: string) {
  stop(topicId)
  removeSecret(keyOf(topicId))
  useDrafts.setState(({ byTopic }) => {
    const { [topicId]: _gone, ...rest } = byTopic
    return { byTopic: rest }
  })
}

/** The citizen starts over. */
export async function discardDraft(topicId: string): Promise<void> {
  if (token() && draftOf(topicId)?.revision) await deleteDraft(topicId)
  dropDraft(topicId)
}

/** After a conflict: take the other device's copy, or keep this one over it. */
export async function resolveConflict(topicId: string, keep: 'mine' | 'theirs'): Promise<void> {
  const remote = await getDraft(topicId)
  const mine = draftOf(topicId)
  if (!mine) return
  if (keep === 'theirs' && remote) {
    put(topicId, fromServer(remote))
    return
  }
  put(topicId, { ...mine, revision: remote?.revision ?? 0, saved: 'phone' })
  await saveNow(topicId)
}

const turns = new Map<string, Promise<void>>()

/**
 * Sends what is not on the server yet; used before leaving a page and before submitting. One save
 * of a topic at a time: two at once would name the same revision, and the second would look like
 * another device's.
 */
export function saveNow(topicId: string): Promise<void> {
  stop(topicId)
  const before = turns.get(topicId) ?? Promise.resolve()
  const turn = before.then(() => save(topicId), () => save(topicId))
  turns.set(topicId, turn)
  return turn
}

async function save(topicId: string): Promise<void> {
  const draft = draftOf(topicId)
  if (!draft || draft.saved === 'server') return
  await seal(topicId)
  if (!token() || !online) return
  try {
    const kept = await deliver(topicId, draft)
    const latest = draftOf(topicId)
    if (!latest) return
    const caughtUp = latest.body === draft.body
    put(topicId, { ...latest, ...kept, saved: caughtUp ? 'server' : 'phone' })
    await seal(topicId)
    if (!caughtUp) scheduleServer(topicId)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Every refusal leaves the sealed copy: the page shows which state it is in.
    const saved = error.code === 'DRAFT_CONFLICT' ? 'conflict' : 'phone'
    put(topicId, { ...(draftOf(topicId) ?? draft), saved })
  }
}

const unheard = new Map<string, string>()

/** A save whose reply was lost did arrive: the "other device" is then this one. */
async function deliver(topicId: string, { body, revision }: Draft): Promise<DraftSaved> {
  const before = unheard.get(topicId)
  unheard.set(topicId, fingerprint(body))
  try {
    const kept = await putDraft(topicId, body, revision)
    unheard.delete(topicId)
    return kept
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'DRAFT_CONFLICT') throw error
    const remote = await getDraft(topicId)
    const ours = remote && [before, fingerprint(body)].includes(fingerprint(remote.draft))
    if (!ours) throw error
    unheard.delete(topicId)
    return putDraft(topicId, body, remote.revision)
  }
}

/** Equal for equal drafts, whatever the order of their keys. */
function fingerprint(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(fingerprint).join()}]`
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${parts.map(([key, part]) => `${key}:${fingerprint(part)}`).join()}}`
}

function change(topicId: string, alter: (body: DraftBody) => DraftBody) {
  const draft = draftOf(topicId)
  if (!draft) throw new Error(`no open draft of ${topicId}`)
  put(topicId, {
    ...draft,
    body: alter(draft.body),
    saved: draft.saved === 'conflict' ? 'conflict' : 'memory',
    changedAt: draft.changedAt + 1,
  })
  schedulePhone(topicId)
  scheduleServer(topicId)
}

function fromServer({ draft, revision, savedAt, keptUntil }: ServerDraft): Draft {
  return { body: draft, revision, saved: 'server', changedAt: 0, savedAt, keptUntil }
}

function put(topicId: string, draft: Draft) {
  useDrafts.setState(({ byTopic }) => ({ byTopic: { ...byTopic, [topicId]: draft } }))
}

async function seal(topicId: string): Promise<void> {
  const draft = draftOf(topicId)
  if (!draft) return
  const saved = draft.saved === 'memory' ? 'phone' : draft.saved
  if (!secretsOpen()) return
  await writeSecret(keyOf(topicId), { ...draft, saved }, now())
  const latest = draftOf(topicId)
  if (latest?.saved === 'memory' && latest.body === draft.body) put(topicId, { ...latest, saved })
}

const timers = new Map<string, ReturnType<typeof setTimeout>>()

function schedule(name: string, delay: number, run: () => Promise<void>) {
  const running = timers.get(name)
  if (running) clearTimeout(running)
  timers.set(name, setTimeout(() => {
    timers.delete(name)
    void run()
  }, delay))
}

const schedulePhone = (topicId: string) =>
  schedule(`phone ${topicId}`, PHONE_DELAY_MS, () => seal(topicId))
const scheduleServer = (topicId: string) =>
  schedule(`server ${topicId}`, SERVER_DELAY_MS, () => saveNow(topicId))

function stop(topicId: string) {
  for (const name of [`phone ${topicId}`, `server ${topicId}`]) {
    const running = timers.get(name)
    if (running) clearTimeout(running)
    timers.delete(name)
  }
}

function writable(given: Supply): Supplies[string] {
  return given.by === 'photos' ? { by: 'photos', ids: [...given.ids] } : given
}

let online = true
watchNetwork((connected) => {
  online = connected
  if (!online) return
  for (const [topicId, { saved }] of Object.entries(useDrafts.getState().byTopic)) {
    if (saved === 'memory' || saved === 'phone') void saveNow(topicId)
  }
})
