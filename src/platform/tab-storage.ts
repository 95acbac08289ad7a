/** What a browser tab keeps until it is closed; a mini-program has no tab, and keeps nothing. */

/** Keeps a text. */
export function keepInTab(_name: string, _text: string) {
  return undefined
}

/** The text, or undefined. */
export const fromTab = (_name: string): string | undefined => undefined

/** Forgets a text. */
export function dropFromTab(_name: string) {
  return undefined
}
