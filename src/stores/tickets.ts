/** 求助: what is being written, and the tickets as last seen; all of it sealed on the phone. */
import type {
  NewTicket, TicketAbout, TicketActionBody, TicketPage, TicketView, Visit,
} from '@core/contract/ticket'
import { type TicketKind } from '@core/ticket'
import { create } from 'zustand'
import { actOnTicket, createTicket, getTicket, listTickets, writeOnTicket } from '@/api/tickets'
import { now } from '@/platform/clock'
import { newId } from '@/platform/id'
import { readSecret, removeSecret, writeSecret } from '@/platform/secret-storage'
import { once } from './acts'
import { useSession } from './session'
import { useSettings } from './settings'

/** One is written at a time. Its id is born when it is first sent, and dies with a change. */
export interface HelpDraft {
  kind: TicketKind | undefined
  text: string
  regionCode: string | undefined
  /** 上门服务, as far as it is filled in; absent: a call will do */
  visit?: Partial<Visit> | undefined
  requestId?: string | undefined
}

const BLANK: HelpDraft = { kind: undefined, text: '', regionCode: undefined }
/** Characters an address has at least. */
export const LEAST_PLACE = 4
const DRAFT = 'help-draft'
const LIST = 'ticket-list'
const keyOf = (id: string) => `ticket-${id}`
const replyOf = (id: string) => `ticket-reply-${id}`

interface State {
  draft: HelpDraft
  byId: Readonly<Record<string, TicketView>>
  /** what is being written on each */
  replies: Readonly<Record<string, string>>
  /** the last entry of each when my own words had just arrived there */
  arrived: Readonly<Record<string, number>>
}

const NOTHING: State = { draft: BLANK, byId: {}, replies: {}, arrived: {} }

export const useTickets = create<State>()(() => NOTHING)

/** True while nothing has happened since my own words arrived. */
export const hasJustArrived = ({ arrived }: State, { id, entries }: TicketView) =>
  arrived[id] !== undefined && arrived[id] === entries.at(-1)?.seq

/** What was written before the app was closed. */
export function recallHelp(): HelpDraft {
  const { draft } = useTickets.getState()
  const stored = draft.text ? undefined : readSecret<HelpDraft>(DRAFT, now())
  if (stored) useTickets.setState({ draft: { ...stored, kind: draft.kind ?? stored.kind } })
  return useTickets.getState().draft
}

/** Without a session there is no key: what is written then lives only while the app is open. */
export function writeHelp(change: Partial<HelpDraft>) {
  const { draft } = useTickets.getState()
  const after = { ...draft, ...change }
  const isSame = after.kind === draft.kind && after.text === draft.text &&
    after.regionCode === draft.regionCode &&
    JSON.stringify(after.visit) === JSON.stringify(draft.visit)
  if (!isSame) keepHelp({ ...after, requestId: undefined })
}

function keepHelp(draft: HelpDraft) {
  useTickets.setState({ draft })
  void writeSecret(DRAFT, draft, now())
}

/**
 * Sends what is written; a retry, a double tap or a crash in between makes one ticket.
 * @throws {Refused}
 */
export async function askForHelp(kind: TicketKind, about: TicketAbout): Promise<TicketView> {
  const { draft } = useTickets.getState()
  const requestId = draft.requestId ?? await newId()
  keepHelp({ ...useTickets.getState().draft, requestId })
  const visit = kind === 'assistance' ? wholeVisit(draft.visit) : undefined
  const body: NewTicket = {
    requestId, kind, text: draft.text.trim(), about,
    regionCode: draft.regionCode ?? useSettings.getState().region,
    ...(visit ? { visit } : {}),
  }
  const content = JSON.stringify({ ...body, requestId: undefined })
  const view = await once(`help ${content}`, () => createTicket(body))
  useTickets.setState({ draft: BLANK })
  removeSecret(DRAFT)
  arrive(view)
  await keep(view)
  return view
}

/** What is filled in, once nothing is missing of it. */
export function wholeVisit(visit: HelpDraft['visit']): Visit | undefined {
  const { day, part, place = '', phone = '' } = visit ?? {}
  if (!day || !part || place.trim().length < LEAST_PLACE) return undefined
  return { day, part, place: place.trim(), ...(phone.trim() ? { phone: phone.trim() } : {}) }
}

/** The last seen view: of this run, else unsealed from the phone. */
export function recallTicket(id: string): TicketView | undefined {
  const held = useTickets.getState().byId[id]
  const stored = held ?? readSecret<TicketView>(keyOf(id), now())
  if (stored && !held) put(stored)
  if (useTickets.getState().replies[id] === undefined) {
    const reply = readSecret<string>(replyOf(id), now())
    if (reply) setReply(id, reply)
  }
  return stored
}

/** @throws {Refused} */
export const refreshTicket = async (id: string): Promise<void> => keep(await getTicket(id))

/** A page of my tickets; the first one is kept for when there is no network. @throws {Refused} */
export async function fetchTickets(after?: string): Promise<TicketPage> {
  const page = await listTickets(after)
  if (!after) await writeSecret(LIST, page, now())
  return page
}

export const recallTickets = () => readSecret<TicketPage>(LIST, now())

/** Kept until it is sent. */
export function setReply(id: string, text: string) {
  useTickets.setState(({ replies }) => ({ replies: { ...replies, [id]: text } }))
  void writeSecret(replyOf(id), text, now())
}

/** Adds what is written. @throws {Refused} */
export async function sendReply(id: string): Promise<void> {
  const text = useTickets.getState().replies[id]?.trim() ?? ''
  const view = await once(`${id} say ${text}`, (requestId) =>
    writeOnTicket(id, { requestId, text }))
  arrive(view)
  await sent(id, view)
}

// distributes over the union: each act keeps its own fields
type WithoutId<T> = T extends unknown ? Omit<T, 'requestId'> : never

/** Acts on a ticket; a retry of the same act is one act. @throws {Refused} */
export async function actOn(id: string, body: WithoutId<TicketActionBody>): Promise<void> {
  const view = await once(`${id} ${JSON.stringify(body)}`, (requestId) =>
    actOnTicket(id, { ...body, requestId } as TicketActionBody)) // only the id was left out
  if (body.do === 'reopen') arrive(view)
  await sent(id, view)
}

function arrive({ id, entries }: TicketView) {
  const last = entries.at(-1)?.seq ?? 0
  useTickets.setState(({ arrived }) => ({ arrived: { ...arrived, [id]: last } }))
}

async function sent(id: string, view: TicketView): Promise<void> {
  useTickets.setState(({ replies: { [id]: _sent, ...replies } }) => ({ replies }))
  removeSecret(replyOf(id))
  await keep(view)
}

async function keep(view: TicketView): Promise<void> {
  const older = useTickets.getState().byId[view.id]
  if (older && older.version > view.version) return
  put(view)
  await writeSecret(keyOf(view.id), view, now())
}

function put(view: TicketView) {
  useTickets.setState(({ byId }) => ({ byId: { ...byId, [view.id]: view } }))
}

// What one person wrote is not shown to the next; sealed, it waits for their next session.
useSession.subscribe(({ token }, before) => {
  if (before.token && !token) useTickets.setState(NOTHING)
})
