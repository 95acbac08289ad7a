/** The session of this tab; another tab, and the browser opened again, signs in for itself. */
import type { StaffSession } from '@core/contract/session'

const KEY = 'desk-session'

export function keptSession(): StaffSession | undefined {
  const text = sessionStorage.getItem(KEY)
  // written by keepSession only
  return text === null ? undefined : JSON.parse(text) as StaffSession
}

export function keepSession(session: StaffSession | undefined): void {
  if (session) sessionStorage.setItem(KEY, JSON.stringify(session))
  else sessionStorage.removeItem(KEY)
}
