import type { Spot } from './map'

/** A phone finds an address too. */
export const hasMap = (_spot: Spot) => true

/** Hands the address to whatever map the phone has (RFC 5870); without one nothing happens. */
export function openMap({ address, at }: Spot) {
  const place = at ? `${at.latitude},${at.longitude}` : '0,0'
  window.location.assign(`geo:${place}?q=${encodeURIComponent(address)}`)
}
