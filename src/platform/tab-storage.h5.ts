/** Keeps a text. */
export function keepInTab(name: string, text: string) {
  sessionStorage.setItem(name, text)
}

/** The text, or undefined. */
export const fromTab = (name: string): string | undefined =>
  sessionStorage.getItem(name) ?? undefined

/** Forgets a text. */
export function dropFromTab(name: string) {
  sessionStorage.removeItem(name)
}
