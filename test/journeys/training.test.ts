/**
 * A training room: started by its command, entered by a click, filled by its administrator; who uses
 * it sees on every page that nothing counts. In an ordinary product there is none of it.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { press, rowOf, toList, violationsOf } from './desk-walk'
import { misfits } from './fits'
import { PHONE, type Product, hasBrowser, openBrowser, startProduct } from './product'
import { heading, seen } from './walk'

const SHOTS = process.env.TRAINING_SHOTS
const STRIP = '培训环境 · 人和事都是编的，办了不算数'
const DESK = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }

let browser: Browser
let room: Product
let desk: Page
const faults: string[] = []

const strip = (page: Page) => page.getByRole('note').filter({ hasText: STRIP }).locator('visible=true')

async function look(page: Page, name: string): Promise<void> {
  await seen(strip(page))
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  faults.push(...(await violationsOf(page)).map((fault) => `${name}: ${fault}`))
}

/** One click fills in, Enter signs in. */
async function signInAs(name: string): Promise<void> {
  await press(desk, name)
  await desk.waitForFunction(() => document.activeElement?.textContent === '登录')
  await desk.keyboard.press('Enter')
  await desk.getByRole('navigation').waitFor()
}

describe.skipIf(!hasBrowser)('a training room', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    room = await startProduct({ TRAINING: '1' })
    desk = await (await browser.newContext({ ...DESK, baseURL: room.url })).newPage()
    desk.on('pageerror', ({ message }) => faults.push(message))
  })
  afterAll(async () => {
    await browser?.close()
    expect(await room?.stop()).toBe(0)
  })

  it('is filled by its administrator, whom one becomes by a click', async () => {
    expect(room.printed).toContain('The training room is ready')
    await desk.goto('/desk/')
    await desk.getByRole('button', { name: '系统管理员' }).waitFor()
    await look(desk, 'login')
    await signInAs('系统管理员')
    await desk.getByRole('navigation').getByRole('link', { name: '练习件' }).click()
    await press(desk, '造一批练习件')
    await desk.getByText('造好了 12 件。').waitFor({ timeout: 30_000 })
    await look(desk, 'practice')
    await desk.reload()
    await desk.getByRole('heading', { name: '练习件' }).waitFor()
    await press(desk, '退出')
  })

  it('gives a clerk cases to go on with', async () => {
    await signInAs('喀什地区综合窗口')
    await toList(desk, '办件', '待受理')
    await (await rowOf(desk, /待受理|YJS/)).click()
    await desk.getByRole('button', { name: '受理', exact: true }).waitFor()
    await desk.waitForLoadState('networkidle')
    await look(desk, 'case')
    expect(await desk.locator('.stage img').count() + await desk.getByText(/承诺/).count())
      .toBeGreaterThan(0)
  })

  it('says so on the phone, covering nothing', async () => {
    const phone = await (await browser.newContext({ ...PHONE, baseURL: room.url })).newPage()
    for (const name of ['home', 'login']) {
      await phone.goto(`/pages/${name}/index`)
      await seen(strip(phone))
      if (SHOTS) await phone.screenshot({ path: `${SHOTS}/phone-${name}.png` })
      for (const width of [320, 375]) faults.push(...await misfits(phone, width))
      await phone.setViewportSize(PHONE.viewport)
    }
    await phone.goto('/pages/home/index')
    await seen(heading(phone, '一件事，一次办好'))
    await phone.getByRole('button', { name: '长辈版' }).click()
    await seen(phone.locator('.page-elder'))
    faults.push(...await misfits(phone, 320))
    if (SHOTS) await phone.screenshot({ path: `${SHOTS}/phone-elder-320.png` })
    await phone.close()
  })

  it('has no fault of its own', () => {
    expect(faults).toEqual([])
  })

  it('is not to be found in an ordinary product', async () => {
    const { url } = inject('product')!
    const page = await (await browser.newContext({ ...DESK, baseURL: url })).newPage()
    const health = page.waitForResponse(/\/v1\/health$/)
    await page.goto('/desk/')
    expect(await (await health).json()).toEqual({ ok: true })
    await page.getByRole('button', { name: '登录' }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.getByText(/练习|培训/).count()).toBe(0)
    await page.goto('/pages/home/index')
    await seen(heading(page, '一件事，一次办好'))
    expect(await page.getByText(/培训/).count()).toBe(0)
    await page.close()
  })
})
