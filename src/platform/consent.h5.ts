import type { Consent } from './consent'

/** A browser asks by itself, call by call. */
export function watchConsent(_heard: (consent: Consent | undefined) => void) {
  return undefined
}
