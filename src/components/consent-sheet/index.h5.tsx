/** A browser asks by itself, call by call. */
export function ConsentSheet() {
  return null
}
