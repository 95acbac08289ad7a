/** Every section of the console as each role finds it: opens, says what it is, axe finds nothing. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Hall, deskOf, violationsOf } from './desk-walk'
import { hasBrowser, openBrowser } from './product'

const SHOTS = process.env.DESK_SHOTS

let browser: Browser
let hall: Hall

describe.skipIf(!hasBrowser)('the console of each role', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    hall = { browser, product: inject('product')!, faults: [], screens: new Map() }
  })
  afterAll(() => browser?.close())

  it.each([
    ['window-yarkant', ['办件', '代办申报', '求助', '差评整改', '责任人']],
    ['handler-health', ['事项', '求助', '差评整改', '时限信号', '未送达', '责任人']],
    ['supervisor-kashgar', ['办件', '求助', '差评整改', '时限信号', '监察数据', '责任人']],
    ['editor-health', ['目录']],
    ['publisher-kashgar', ['目录']],
    ['system-admin', ['对接投递', '运行情况']],
    ['security-admin', ['账号']],
    ['audit-admin', ['审计']],
  ])('%s has its own sections and no others', async (login, sections) => {
    const page = await deskOf(hall, login)
    const links = page.getByRole('navigation').getByRole('link')
    expect(await links.allInnerTexts()).toEqual(sections)
    for (const section of sections) {
      await links.filter({ hasText: section }).click()
      await page.locator('#main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/${login}-${section}.png` })
      expect(await violationsOf(page), `${login}: ${section}`).toEqual([])
    }
    await page.context().close()
  })

  it('met no error of its own on the way', () => {
    expect(hall.faults).toEqual([])
  })
})
