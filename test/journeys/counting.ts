/**
 * How much a journey asks of a hand (U52): what is tapped, and the fields that are typed into.
 * Opening a list and choosing from it are two taps, a signature is one. What the phone itself shows (its keyboard, its
 * photo album) is not ours and not counted, nor is the tap into a field that is then typed into.
 */
import type { BrowserContext, Page } from 'playwright-core'

export interface Effort {
  taps: number
  typed: number
}

const KEY = 'test-effort'

/** Counts from here on, over every page and reload of this phone. */
export async function countEffort(context: BrowserContext): Promise<void> {
  await context.addInitScript((key) => {
    const typed = (target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement =>
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement
        && !['radio', 'checkbox', 'file', 'button'].includes(target.type))
    const note = (what: string) => {
      const noted = JSON.parse(localStorage.getItem(key) ?? '[]') as string[] // written below
      if (what === 'tap' || !noted.includes(what)) noted.push(what)
      localStorage.setItem(key, JSON.stringify(noted))
    }
    addEventListener('pointerdown', ({ target }) => {
      if (typed(target) || target instanceof HTMLSelectElement || !(target instanceof Element)) return
      note(target.closest('.pad-frame') ? 'sign' : 'tap')
    }, true)
    addEventListener('input', ({ target }) => {
      if (target instanceof HTMLSelectElement) ['tap', 'tap'].forEach(note)
      else if (typed(target)) note(`type ${target.id || target.name}`)
    }, true)
  }, KEY)
}

export async function effortOf(page: Page): Promise<Effort> {
  const noted = await page.evaluate((key) =>
    JSON.parse(localStorage.getItem(key) ?? '[]') as string[], KEY) // as written above
  return {
    taps: noted.filter((what) => !what.startsWith('type')).length,
    typed: noted.filter((what) => what.startsWith('type')).length,
  }
}
