/**
 * U27: every page in the states nobody designs on purpose: waiting for an answer, refused by the
 * platform, without a network, and with nothing to show. The others are in everyone.test.ts.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { MAIN } from './newborn'
import { hasBrowser, openBrowser } from './product'
import { type Travel, demo, newPhone, startForm } from './traveller'
import { heading, seen } from './walk'

const NOBODYS = '01a20000-0000-7000-8000-000000000000'
/** What a page needs in its address; the others need nothing. */
const NEEDS: Record<string, string> = Object.fromEntries([
  ...['topic', 'guide', 'questions', 'notice', 'form', 'materials', 'check', 'signers', 'sign']
    .map((page) => [page, 'topic=newborn']),
  ...['receipt', 'case', 'correction', 'documents', 'result', 'rating', 'ticket']
    .map((page) => [page, `id=${NOBODYS}`]),
  ['countersign', 'code=ABCDEFGHJKLMNPQR'], ['verify', 'code=ABCDEFGHJKLMNPQR'],
])
const LONG_MS = 600_000

let browser: Browser
let travel: Travel
let page: Page
let pages: string[]

const addressOf = (name: string) => `/pages/${name}/index?${NEEDS[name] ?? ''}`

async function faultsOf(state: string, settled: (page: Page) => Promise<void>): Promise<string[]> {
  const found: string[] = []
  for (const name of pages) {
    await page.goto(addressOf(name))
    await seen(page.locator('.page').locator('visible=true'))
    await settled(page)
    // what bars that stick hide is judged in everyone.test.ts
    await page.addStyleTag({ content: '.top, .page-status, .page-footer { position: static !important }' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
    found.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) =>
      `${name} ${state}, axe ${id}: ${target.join(' ')}`)))
    const words = await page.locator('.page').locator('visible=true').first().innerText()
    if (words.replace(/\s/g, '').length < 8) found.push(`${name} ${state}: says nothing`)
    if (/undefined|null|NaN|\[object|Error|INTERNAL|NOT_FOUND/.test(words)) {
      found.push(`${name} ${state}: speaks to programmers: ${words.slice(0, 200)}`)
    }
  }
  return found
}

const pause = (ms: number) => (one: Page) => one.waitForTimeout(ms)
const done = async (one: Page) => {
  await one.waitForFunction(() => ![...document.querySelectorAll<HTMLElement>('.loading')]
    .some((loading) => loading.offsetParent !== null), undefined, { timeout: 20_000 })
  await one.waitForTimeout(200)
}

async function answering(with_: (route: Route) => Promise<void>, look: () => Promise<void>) {
  await page.route('**/v1/**', with_)
  await look()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
}

describe.skipIf(!hasBrowser)('every page, in every state', () => {
  beforeAll(async () => {
    // Taro's own global, which hands back what it is given
    vi.stubGlobal('defineAppConfig', (config: object) => config)
    const { default: { pages: main = [], subPackages = [] } } = await import('../../src/app.config')
    pages = [...main, ...subPackages.map(({ root }) => `${root}/index`)]
      .map((path) => path.split('/')[1] ?? '')
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
    page = await newPhone(travel)
    await startForm(page, travel.product, demo('13900000023'), {
      title: '新生儿出生',
      answers: MAIN,
    })
    await seen(heading(page, /信息/))
    await page.evaluate(() => navigator.serviceWorker.ready)
  })
  afterAll(() => browser?.close())

  it('with nothing of one’s own yet, or of somebody else', { timeout: LONG_MS }, async () => {
    expect(pages.length).toBeGreaterThan(30)
    expect(await faultsOf('empty', done)).toEqual([])
  })

  it('while the answer takes its time', { timeout: LONG_MS }, () =>
    answering(() => new Promise(() => undefined), async () => {
      expect(await faultsOf('loading', pause(300))).toEqual([])
    }))

  it('when the platform fails', { timeout: LONG_MS }, () =>
    answering((route) => route.fulfill({
      status: 500, json: { code: 'INTERNAL', detail: { ref: NOBODYS } },
    }), async () => {
      expect(await faultsOf('failing', pause(500))).toEqual([])
    }))

  it('without a network', { timeout: LONG_MS }, async () => {
    await page.context().setOffline(true)
    expect(await faultsOf('offline', pause(500))).toEqual([])
    await page.context().setOffline(false)
  })

  it('no page failed meanwhile', () => {
    expect(travel.faults).toEqual([])
  })
})
