/**
 * Focuses an element and brings it into sight. Earlier pages stay in the document, hidden, so of
 * several elements of one id the visible one is meant.
 */
export function focusOn(id: string) {
  const found = [...document.querySelectorAll<HTMLElement>(`[id="${CSS.escape(id)}"]`)]
  const target = found.find((element) => element.offsetParent !== null) ?? found[0]
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}
