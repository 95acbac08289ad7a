/** The app once opened stays on the phone: it opens, and shows what was read, without a network. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hasBrowser, openBrowser } from './product'
import { type Travel, newPhone } from './traveller'
import { heading, seen, tap } from './walk'

let browser: Browser
let travel: Travel

describe.skipIf(!hasBrowser)('the installed app', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('can be installed, and opens without a network where it was left', async () => {
    const page = await newPhone(travel)
    const manifest = await page.locator('link[rel=manifest]').getAttribute('href')
    const { icons, start_url: start } = await (await page.request.get(manifest ?? '')).json() as
      { icons: { src: string }[]; start_url: string } // the manifest of src/static
    for (const { src } of icons) expect((await page.request.get(src)).ok(), src).toBe(true)
    expect((await page.request.get(start)).ok()).toBe(true)

    await page.getByRole('button', { name: /新生儿出生/ }).first().click()
    await seen(heading(page, '新生儿出生'))
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.context().setOffline(true)
    await page.reload()
    await seen(heading(page, '新生儿出生'))
    await tap(page, '开始办理')
    await seen(heading(page, /您是孩子的什么人/))
    await page.context().setOffline(false)
  })

  it('keeps no reply of the platform in the cache of the app', async () => {
    const page = await newPhone(travel)
    await page.evaluate(() => navigator.serviceWorker.ready)
    const kept = await page.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)))
      const requests = await Promise.all(caches.map((cache) => cache.keys()))
      return requests.flat().map(({ url }) => new URL(url).pathname)
    })
    expect(kept.length).toBeGreaterThan(20)
    expect(kept.filter((path) => path.startsWith('/v1/'))).toEqual([])
  })

  it('shows a card of the topic where its link is shared', async () => {
    const page = await newPhone(travel, '/pages/topic/index?topic=newborn')
    const card = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content')
    expect(await card('og:title')).toMatch(/^新生儿出生/)
    expect((await page.request.get(await card('og:image') ?? '')).ok()).toBe(true)
    await seen(heading(page, '新生儿出生'))
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
