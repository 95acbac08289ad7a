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

/**
 * Scrolls what gets the focus out from under the bars that stick, whose height nobody knows
 * beforehand (WCAG 2.4.11). What is taller than the room between them shows its beginning.
 */
export function keepFocusInSight(): void {
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || !target.closest('.page-main')) return
    const bars = [...document.querySelectorAll<HTMLElement>('.top, .page-status, .page-footer')]
      .filter((bar) => bar.offsetParent !== null && getComputedStyle(bar).position === 'sticky')
      .map((bar) => bar.getBoundingClientRect())
      .filter(({ height }) => height > 0)
    const inUpperHalf = ({ top }: DOMRect) => top < window.innerHeight / 2
    const ceiling = Math.max(0, ...bars.filter(inUpperHalf).map(({ bottom }) => bottom))
    const floor = Math.min(window.innerHeight, ...bars.filter((bar) => !inUpperHalf(bar))
      .map(({ top }) => top))
    const { top, bottom } = target.getBoundingClientRect()
    const down = Math.max(0, bottom + GAP - floor)
    const most = top - GAP - ceiling
    if (top < ceiling || down > 0) scrollerOf(target).scrollBy(0, Math.min(down, most))
  })
}

const GAP = 8

/** The web's router lets a page scroll by itself, or the window. */
function scrollerOf(element: HTMLElement): Element | Window {
  const page = element.closest('.taro_page')
  return page && getComputedStyle(page).overflowY === 'scroll' ? page : window
}
