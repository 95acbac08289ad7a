/** 接办码: a draft begun on the phone goes on at the window. Short, because it is read out. */

/** Of no use without the ID card and the topic, and dead after five wrong ones. */
export const PICK_UP_DIGITS = 8
export const PICK_UP_LIVES_MS = 24 * 3600_000
export const MOST_WRONG_PICK_UPS = 5

/** The code somebody typed, however it is grouped; undefined: it cannot be one. */
export function readPickUpCode(typed: string): string | undefined {
  const plain = typed
    .replace(/[\uFF10-\uFF19]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000-]/g, '')
  return plain.length === PICK_UP_DIGITS && /^\d+$/.test(plain) ? plain : undefined
}

/** In groups, as it is shown: `1234 5678`. */
export function showPickUpCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`
}
