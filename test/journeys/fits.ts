/** Whether a page fits: nothing cut off, pushed out, written over or under a bar (U30, WCAG 1.4). */
import type { Page } from 'playwright-core'

export interface Variant {
  /** text size of the system, 1 = standard, 1.4 = WeChat's largest */
  scale: number
  /** CSS pixels; 320 is a small phone, and 1280 at 400 % */
  widths: readonly number[]
}

export const VARIANTS: readonly Variant[] = [
  { scale: 1, widths: [320, 375, 768] },
  { scale: 1.4, widths: [320, 375] },
  { scale: 2, widths: [375] },
]

/** What does not fit in the page in sight at a width, one line a fault. */
export async function misfits(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 700 })
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.waitForTimeout(100)
  return page.evaluate(look)
}

/** Runs in the browser. */
function look(): string[] {
  const faults: string[] = []
  const shown = (one: Element) => one instanceof HTMLElement && one.offsetParent !== null
  const root = [...document.querySelectorAll('.page')].find(shown)
  if (!root) return ['no page in sight']
  const name = (one: Element) => {
    const text = (one.textContent ?? '').trim().slice(0, 24)
    return `${one.tagName.toLowerCase()}.${String(one.className).split(' ').join('.')} “${text}”`
  }
  const wide = document.scrollingElement
  if (wide && wide.scrollWidth > window.innerWidth + 1) {
    faults.push(`the page scrolls sideways: ${wide.scrollWidth} > ${window.innerWidth}`)
  }
  const all = [...root.querySelectorAll<HTMLElement>('*')]
    .filter((one) => one.getClientRects().length > 0 && !one.closest('.unseen, .skip, .toasts, svg'))
  // cut off
  for (const one of all) {
    const { overflowX, overflowY } = getComputedStyle(one)
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName) || !one.textContent?.trim()) continue
    if (/hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 1) {
      faults.push(`cut off at its side: ${name(one)}`)
    }
    if (/hidden|clip/.test(overflowY) && one.scrollHeight > one.clientHeight + 1) {
      faults.push(`cut off below: ${name(one)}`)
    }
  }
  // pushed out, or written over something else
  const lines: { rect: DOMRect; of: Element }[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement
    // a chart wider than its card is scrolled there (WCAG 1.4.10 excepts it)
    if (of?.closest('.plan-flow')) continue
    if (!of || !node.textContent?.trim() || of.closest('.unseen, .skip, .toasts, option')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue
      if (rect.left < -1 || rect.right > window.innerWidth + 1) {
        faults.push(`out of sight: ${name(of)}`)
      }
      if (!of.closest('.top, .page-footer, .page-status, .sheet')) lines.push({ rect, of })
    }
  }
  lines.forEach((a, n) => lines.slice(n + 1).forEach((b) => {
    if (a.of === b.of) return
    const across = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left)
    const down = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top)
    if (across > 2 && down > 0.3 * Math.min(a.rect.height, b.rect.height)) {
      faults.push(`${name(a.of)} is written over ${name(b.of)}`)
    }
  }))
  // under a bar while it has the focus
  const bars = ['.top', '.page-footer', '.page-status']
    .flatMap((bar) => [...root.querySelectorAll<HTMLElement>(bar)])
  const targets = [...root.querySelectorAll<HTMLElement>(
    '.page-main button, .page-main input, .page-main select, .page-main textarea, .page-main a',
  )].filter((one) => shown(one) && !one.matches(':disabled'))
  for (const one of targets.slice(0, 80)) {
    one.focus()
    const rect = one.getBoundingClientRect()
    const hidden = bars.reduce((sum, bar) => {
      const over = bar.getBoundingClientRect()
      const across = Math.min(rect.right, over.right) - Math.max(rect.left, over.left)
      const down = Math.min(rect.bottom, over.bottom) - Math.max(rect.top, over.top)
      return sum + (across > 1 && down > 1 ? down : 0)
    }, Math.max(0, -rect.top) + Math.max(0, rect.bottom - window.innerHeight))
    // of what is taller than the room between the bars, its beginning is enough
    if (rect.height - hidden < Math.min(rect.height, 200) / 2) faults.push(`under a bar while focused: ${name(one)}`)
  }
  // targets: 44 wherever one taps, 60 in elder mode; text links inside a line excepted
  const elder = root.classList.contains('page-elder')
  const least = elder ? 60 : 44
  for (const one of root.querySelectorAll<HTMLElement>('button')) {
    const rect = one.getBoundingClientRect()
    if (!shown(one) || one.closest('.unseen') || one.classList.contains('skip')) continue
    if (rect.height < least - 0.5 || rect.width < 43.5) {
      faults.push(`a target of ${Math.round(rect.width)}×${Math.round(rect.height)}: ${name(one)}`)
    }
  }
  const least18 = [...all].filter((one) => elder
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
    && Number.parseFloat(getComputedStyle(one).fontSize) < 17.9
    && !one.closest('[aria-hidden=true]'))
  faults.push(...least18.map((one) => `smaller than 18 in elder mode: ${name(one)}`))
  return [...new Set(faults)]
}
