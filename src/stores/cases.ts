/** Cases as last seen, sealed on the phone: shown at once, and when there is no network. */
import type { CaseActionBody, CasePage, CaseView } from '@core/contract/case'
import { create } from 'zustand'
import { actOnCase, getCase, listCases } from '@/api/cases'
import { now } from '@/platform/clock'
import { readSecret, writeSecret } from '@/platform/secret-storage'
import { once } from './acts'
import { useSession } from './session'

export interface Kept {
  view: CaseView
  /** when the server last confirmed it, ISO 8601 */
  heardAt: string
}

const keyOf = (id: string) => `case-${id}`
const LIST = 'case-list'

export const useCases = create<{ byId: Readonly<Record<string, Kept>> }>()(() => ({ byId: {} }))

/** The last seen view: of this run, else unsealed from the phone. */
export function recallCase(id: string): Kept | undefined {
  const held = useCases.getState().byId[id]
  if (held) return held
  const stored = readSecret<Kept>(keyOf(id), now())
  if (stored) put(stored)
  return stored
}

/** The newer view with every event seen so far, each once, in order. */
export function appendEvents(older: CaseView | undefined, newer: CaseView): CaseView {
  const bySeq = new Map([...(older?.events ?? []), ...newer.events].map((one) => [one.seq, one]))
  return { ...newer, events: [...bySeq.values()].sort((one, other) => one.seq - other.seq) }
}

/** Keeps a view the server has just sent. */
export async function keepCase(fresh: CaseView): Promise<void> {
  const older = recallCase(fresh.id)?.view
  const overtaken = older !== undefined && older.lastSeq > fresh.lastSeq
  const view = overtaken ? appendEvents(fresh, older) : appendEvents(older, fresh)
  await store({ view, heardAt: now().toISOString() })
}

/**
 * Asks for what is new.
 * @returns whether the case moved
 * @throws {Refused}
 */
export async function refreshCase(id: string): Promise<boolean> {
  const kept = recallCase(id)
  const fresh = await getCase(id, kept?.view.lastSeq ?? 0)
  if (fresh) await keepCase(fresh)
  else if (kept) await store({ view: kept.view, heardAt: now().toISOString() })
  return fresh !== undefined && fresh.version !== kept?.view.version
}

// distributes over the union: each act keeps its own fields
type WithoutId<T> = T extends unknown ? Omit<T, 'requestId'> : never

/** Acts on a case; a retry of the same act is one act. @throws {Refused} */
export async function act(id: string, body: WithoutId<CaseActionBody>): Promise<void> {
  const view = await once(`${id} ${JSON.stringify(body)}`, (requestId) =>
    actOnCase(id, { ...body, requestId } as CaseActionBody)) // only the id was left out
  await keepCase(view)
}

/** A page of my cases; the first one is kept for when there is no network. @throws {Refused} */
export async function fetchCases(after?: string): Promise<CasePage> {
  const page = await listCases(after)
  if (!after) await writeSecret(LIST, page, now())
  return page
}

/** The first page as last seen. */
export const recallCases = () => readSecret<CasePage>(LIST, now())

async function store(kept: Kept): Promise<void> {
  put(kept)
  await writeSecret(keyOf(kept.view.id), kept, now())
}

function put(kept: Kept) {
  useCases.setState(({ byId }) => ({ byId: { ...byId, [kept.view.id]: kept } }))
}

// What one person saw is not shown to the next.
useSession.subscribe(({ token }) => {
  if (!token) useCases.setState({ byId: {} })
})
