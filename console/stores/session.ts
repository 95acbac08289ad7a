/** Who sits here. Leaving wipes all that was loaded: see leaveTo. */
import type { StaffSession } from '@core/contract/session'
import { create } from 'zustand'
import * as api from '../api/session'
import { leaveTo } from '../platform/address'
import { type RequestFailed, failureOf } from '../platform/request'
import { keepSession, keptSession } from '../platform/token'

export type Staff = StaffSession['staff']
export type Ended = 'left' | 'idle' | 'expired'

export const useSession = create<{ session: StaffSession | undefined }>()(
  () => ({ session: keptSession() }),
)

/** @throws {RequestFailed} WRONG_PASSWORD, TOO_MANY_REQUESTS, OFFLINE */
export async function signIn(given: api.SignIn): Promise<void> {
  const session = await api.signIn(given)
  keepSession(session)
  useSession.setState({ session })
}

let leaving = false

/**
 * Ends the session here, and at the platform if it can be reached. Once: a question still under way
 * finds the session ended, which is no other reason to leave.
 */
export async function signOut(how: Ended, from: string): Promise<void> {
  if (leaving) return
  leaving = true
  if (how !== 'expired') {
    // Out of reach it ends by itself after a quarter of an hour.
    await api.signOut().catch((error: unknown): RequestFailed => failureOf(error))
  }
  keepSession(undefined)
  const back = how === 'left' ? '' : `&back=${encodeURIComponent(from)}`
  leaveTo(`/?ended=${how}${back}`)
}
