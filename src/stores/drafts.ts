/**
 * What the citizen has told us, topic by topic. Plan and problems are computed, never kept.
 *
 *   change ──▶ memory ──≤0.5 s──▶ phone (sealed) ──≤2 s, when online──▶ server (draft of record)
 */
import type { Draft as ServerDraft, DraftBody, DraftSaved } from '@core/contract/draft'
import { type Supply, wireSupply } from '@core/materials'
import { Refused } from '@core/refusal'
import { create } from 'zustand'
import { deleteDraft, getDraft, lookForDraft, putDraft } from '@/api/drafts'
import { now } from '@/platform/clock'
import { newId } from '@/platform/id'
import { watchNetwork } from '@/platform/network'
import { readSecret, removeSecret, secretsOpen, writeSecret } from '@/platform/secret-storage'
import { dropFromTab, fromTab, keepInTab } from '@/platform/tab-storage'
import { fingerprint } from './fingerprint'
import { recallMe, token, useSession } from './session'
import { notSoon, soon } from './soon'

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
  /** the case it became at the window or on another device: nothing more can be sent */
  filed?: string
  /** fingerprint of a body that was sent and not heard of again: it may have arrived */
  sent?: string
  /** this phone has tried to file it: what the server no longer has may be the case of that try */
  tried?: true
}

type Supplies = DraftBody['materials']

const PHONE_DELAY_MS = 400
const SERVER_DELAY_MS = 1500
/** After a failure other than a missing network, which tells itself. */
const RETRY_DELAY_MS = 8000
const keyOf = (topicId: string) => `draft-${topicId}`

export const useDrafts = create<{ byTopic: Readonly<Record<string, Draft>> }>()(() => ({
  byTopic: {},
}))

/** At the window a draft stays in its tab: the citizen's own, on their phone, is another one. */
const synced = () => token() !== undefined && !useSession.getState().atCounter

export const draftOf = (topicId: string) => useDrafts.getState().byTopic[topicId]

/** An untouched draft; the request id is born here, so a retry or double tap is one case. */
export async function blankDraft(topicVersion: number, regionCode: string): Promise<Draft> {
  return {
    body: {
      // One session of the window is one case.
      requestId: useSession.getState().counter?.requestId ?? await newId(),
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
  const local = readSecret<Draft>(keyOf(topicId), now()) ?? draftOfTab(topicId)
  const found = synced() && online ? await lookForDraft(topicId) : undefined
  // What the server had and has no longer was filed, or deleted, somewhere else.
  const gone = found === 'none' && local?.saved === 'server' && !local.tried
  if (gone) dropDraft(topicId)
  const remote = found === 'none' ? undefined : found
  const draft = local && local.saved !== 'server'
    ? withRemote(local, remote)
    : (remote && fromServer(remote)) ?? (gone ? undefined : local) ??
      await blankDraft(fresh.topicVersion, fresh.regionCode)
  put(topicId, draft)
  if (draft.saved === 'phone') scheduleServer(topicId)
  return draft
}

/** What this phone has and the server has not: goes on, unless another device was there since. */
function withRemote(local: Draft, remote: ServerDraft | undefined): Draft {
  if (!remote || remote.revision <= local.revision) return { ...local, saved: 'phone' }
  const there = fingerprint(remote.draft)
  if (there === fingerprint(local.body)) return fromServer(remote)
  // Our own save arrived and only its reply was lost: what was typed since goes on from there.
  return there === local.sent
    ? { ...local, revision: remote.revision, saved: 'phone' }
    : { ...local, saved: 'conflict' }
}

/** Of whoever has not signed in: nothing but answers, and only as long as the tab lives. */
function draftOfTab(topicId: string): Draft | undefined {
  const text = fromTab(keyOf(topicId))
  return text === undefined ? undefined : JSON.parse(text) as Draft // only seal() writes it
}

/** Without its key a draft on this phone reads as absent; offline it stays locked. */
async function unlock(): Promise<void> {
  if (secretsOpen() || !online) return
  await recallMe().catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
}

/** Before it is filed: an answer that is lost must not lose the copy by which it is found out. */
export async function noteTry(topicId: string): Promise<void> {
  const draft = draftOf(topicId)
  if (draft) put(topicId, { ...draft, tried: true })
  await seal(topicId)
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
    const materials: Supplies = given ? { ...rest, [key]: wireSupply(given) } : rest
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
  dropFromTab(keyOf(topicId))
  useDrafts.setState(({ byTopic }) => {
    const { [topicId]: _gone, ...rest } = byTopic
    return { byTopic: rest }
  })
}

/** The citizen starts over. */
export async function discardDraft(topicId: string): Promise<void> {
  if (synced() && draftOf(topicId)?.revision) await deleteDraft(topicId)
  dropDraft(topicId)
}

/** After a conflict: take the other device's copy, or keep this one over it. */
export async function resolveConflict(topicId: string, keep: 'mine' | 'theirs'): Promise<void> {
  if (draftOf(topicId)?.filed) return dropDraft(topicId)
  const remote = await getDraft(topicId)
  const mine = draftOf(topicId)
  if (!mine) return
  if (keep === 'theirs' && remote) {
    put(topicId, fromServer(remote))
    return
  }
  const requestId = remote?.draft.requestId ?? mine.body.requestId
  const body = { ...mine.body, requestId }
  put(topicId, { ...mine, body, revision: remote?.revision ?? 0, saved: 'phone' })
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
  const known = draft.sent
  if (synced() && online) put(topicId, { ...draft, sent: fingerprint(draft.body) })
  await seal(topicId)
  if (!synced() || !online) return
  try {
    const kept = await deliver(topicId, draft, known)
    const latest = draftOf(topicId)
    if (!latest) return
    const caughtUp = latest.body === draft.body
    const saved = caughtUp ? 'server' : 'phone'
    put(topicId, { ...latest, ...kept, sent: undefined, saved })
    await seal(topicId)
    if (!caughtUp) scheduleServer(topicId)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Every refusal leaves the sealed copy: the page shows which state it is in.
    const conflict = error.code === 'DRAFT_CONFLICT' || error.code === 'REQUEST_REUSED'
    const latest = draftOf(topicId)
    // Put away meanwhile: somebody else's are open now.
    if (!latest) return
    const { caseId } = error.detail
    const filed = typeof caseId === 'string' ? caseId : undefined
    put(topicId, { ...latest, filed, saved: conflict ? 'conflict' : 'phone' })
    if (!conflict) soon(serverTurn(topicId), RETRY_DELAY_MS, () => saveNow(topicId))
  }
}

/** A save whose reply was lost did arrive: the "other device" is then this one. */
async function deliver(
  topicId: string, { body, revision }: Draft, known: string | undefined,
): Promise<DraftSaved> {
  try {
    return await putDraft(topicId, body, revision)
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'DRAFT_CONFLICT') throw error
    const remote = await getDraft(topicId)
    const ours = remote && [known, fingerprint(body)].includes(fingerprint(remote.draft))
    if (!ours) throw error
    return putDraft(topicId, body, remote.revision)
  }
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
  if (!secretsOpen()) {
    if (!token()) keepInTab(keyOf(topicId), JSON.stringify({ ...draft, saved }))
    return
  }
  await writeSecret(keyOf(topicId), { ...draft, saved }, now())
  dropFromTab(keyOf(topicId))
  const latest = draftOf(topicId)
  if (latest?.saved === 'memory' && latest.body === draft.body) put(topicId, { ...latest, saved })
}

const phoneTurn = (topicId: string) => `phone ${topicId}`
const serverTurn = (topicId: string) => `server ${topicId}`
const schedulePhone = (topicId: string) =>
  soon(phoneTurn(topicId), PHONE_DELAY_MS, () => seal(topicId))
const scheduleServer = (topicId: string) =>
  soon(serverTurn(topicId), SERVER_DELAY_MS, () => saveNow(topicId))

function stop(topicId: string) {
  notSoon(phoneTurn(topicId))
  notSoon(serverTurn(topicId))
}

let online = true
watchNetwork((connected) => {
  online = connected
  if (!online) return
  for (const [topicId, { saved }] of Object.entries(useDrafts.getState().byTopic)) {
    if (saved === 'memory' || saved === 'phone') void saveNow(topicId)
  }
})
