/** Who is signed in. The token is the only thing of it that stays on the phone. */
import type { CounterView } from '@core/contract/counter'
import type { Me, Session, SharedCertificates } from '@core/contract/session'
import { create } from 'zustand'
import { authorise } from '@/api/client'
import { getCounter, getMe, renewSession } from '@/api/session'
import { openSecrets, sealUnder, secretsOpen, wipeSecrets } from '@/platform/secret-storage'
import { readItem, removeItem, writeItem } from '@/platform/storage'
import { dropFromTab, fromTab, keepInTab } from '@/platform/tab-storage'

interface State {
  token: string | undefined
  /** the absolute end of the session, ISO 8601 */
  expiresAt: string | undefined
  me: Me | undefined
  /** what data share knows, fetched once a session */
  shared: SharedCertificates | undefined
  /** this tab is one a clerk opened at the window: its token is kept in it, and nowhere else */
  atCounter: boolean
  /** what it was opened for; undefined until the platform has said so */
  counter: CounterView | undefined
}

const TOKEN = 'session-token'
const EXPIRES = 'session-expires'
const COUNTER = 'counter-token'

const ofTab = fromTab(COUNTER)

export const useSession = create<State>()(() => ({
  token: ofTab ?? readItem<string>(TOKEN),
  expiresAt: ofTab ? undefined : readItem<string>(EXPIRES),
  me: undefined,
  shared: undefined,
  atCounter: ofTab !== undefined,
  counter: undefined,
}))

export const token = () => useSession.getState().token

/** Starts a session; the key that opens the phone's drafts is kept in memory only. */
export function beginSession(session: Session) {
  useSession.setState({ shared: undefined })
  take(session)
}

/**
 * Goes on for another while under a fresh token; nothing on the phone changes.
 * @throws {Refused} NOT_SIGNED_IN when it had already ended; OFFLINE and its kin
 */
export async function stayIn(): Promise<void> {
  if (useSession.getState().atCounter) takeCounter(await getCounter())
  else take(await renewSession())
}

/**
 * A session that a clerk opened, in this tab alone.
 * @throws {Refused} NOT_SIGNED_IN when it is over; OFFLINE and its kin
 */
export async function beginCounter(token: string): Promise<CounterView> {
  keepInTab(COUNTER, token)
  useSession.setState({
    token, expiresAt: undefined, me: undefined, shared: undefined, atCounter: true,
    counter: undefined,
  })
  authorise(token, endSession)
  const view = await getCounter()
  takeCounter(view)
  return view
}

function takeCounter(view: CounterView) {
  const { id, expiresAt, draftKey, me } = view
  sealUnder(id)
  openSecrets(draftKey)
  useSession.setState({ expiresAt, me, counter: view })
}

function take({ token: fresh, expiresAt, draftKey, me }: Session) {
  writeItem(TOKEN, fresh)
  writeItem(EXPIRES, expiresAt)
  openSecrets(draftKey)
  authorise(fresh, endSession)
  useSession.setState({ token: fresh, expiresAt, me })
}

let asking: Promise<void> | undefined

/**
 * A phone started again with a live token asks who it belongs to, and for the key of its drafts.
 * However many pages ask, the platform is asked once.
 * @throws {Refused} OFFLINE and its kin
 */
export function recallMe(): Promise<void> {
  const { token, me } = useSession.getState()
  if (!token || (me && secretsOpen())) return Promise.resolve()
  asking ??= (useSession.getState().atCounter ? getCounter().then(takeCounter) : askMe())
    .finally(() => {
      asking = undefined
    })
  return asking
}

async function askMe(): Promise<void> {
  const { draftKey, ...found } = await getMe()
  openSecrets(draftKey)
  setMe(found)
}

export function setMe(me: Me) {
  useSession.setState({ me })
}

export function setShared(shared: SharedCertificates) {
  useSession.setState({ shared })
}

/** The session ran out: what was typed stays, sealed, for the same person's next session. */
export function endSession() {
  if (useSession.getState().atCounter) dropFromTab(COUNTER)
  else {
    removeItem(TOKEN)
    removeItem(EXPIRES)
  }
  authorise(undefined, endSession)
  useSession.setState({
    token: undefined, expiresAt: undefined, me: undefined, shared: undefined, counter: undefined,
  })
}

/** Signing out: nothing of the person stays on this phone. */
export function forgetSession() {
  endSession()
  wipeSecrets()
}

authorise(token(), endSession)
