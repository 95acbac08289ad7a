/** Who is signed in. The token is the only thing of it that stays on the phone. */
import type { Me, Session, SharedCertificates } from '@core/contract/session'
import { create } from 'zustand'
import { authorise } from '@/api/client'
import { getMe, renewSession } from '@/api/session'
import { openSecrets, secretsOpen, wipeSecrets } from '@/platform/secret-storage'
import { readItem, removeItem, writeItem } from '@/platform/storage'

interface State {
  token: string | undefined
  /** the absolute end of the session, ISO 8601 */
  expiresAt: string | undefined
  me: Me | undefined
  /** what data share knows, fetched once a session */
  shared: SharedCertificates | undefined
}

const TOKEN = 'session-token'
const EXPIRES = 'session-expires'

export const useSession = create<State>()(() => ({
  token: readItem<string>(TOKEN),
  expiresAt: readItem<string>(EXPIRES),
  me: undefined,
  shared: undefined,
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
  take(await renewSession())
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
  asking ??= getMe()
    .then(({ draftKey, ...found }) => {
      openSecrets(draftKey)
      setMe(found)
    })
    .finally(() => {
      asking = undefined
    })
  return asking
}

export function setMe(me: Me) {
  useSession.setState({ me })
}

export function setShared(shared: SharedCertificates) {
  useSession.setState({ shared })
}

/** The session ran out: what was typed stays, sealed, for the same person's next session. */
export function endSession() {
  removeItem(TOKEN)
  removeItem(EXPIRES)
  authorise(undefined, endSession)
  useSession.setState({ token: undefined, expiresAt: undefined, me: undefined, shared: undefined })
}

/** Signing out: nothing of the person stays on this phone. */
export function forgetSession() {
  endSession()
  wipeSecrets()
}

authorise(token(), endSession)
