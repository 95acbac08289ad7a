/** The other side of the counter: window and department by clicking, on a product without the robot. */
import AxeBuilder from '@axe-core/playwright'
import { generate } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import accounts from '../../server/demo-accounts.json'
import { openClient } from '../../scripts/rig/client'
import { citizenOf, fileCase } from './filing'
import { type Product, hasBrowser, openBrowser, startProduct } from './product'
import { demo } from './traveller'

const COUNTY = '653101'
const SHOTS = process.env.DESK_SHOTS
const STEP_MS = 30_000

let product: Product
let browser: Browser
let client: ReturnType<typeof openClient>
let citizen: string
let view: CaseView

const account = (login: string) => {
  const found = accounts.find((one) => one.login === login)
  if (!found) throw new Error(`no demo account ${login}`)
  return found
}

let clicks = 0
async function click(page: Page, name: string | RegExp, role: 'button' | 'row' | 'radio' = 'button') {
  clicks += 1
  await page.getByRole(role, { name, exact: typeof name === 'string' }).first().click()
}

async function screen(viewport = { width: 1280, height: 800 }): Promise<Page> {
  const context = await browser.newContext({
    viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: product.url,
  })
  context.setDefaultTimeout(STEP_MS)
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  return page
}

async function deskOf(login: string, viewport?: { width: number; height: number }): Promise<Page> {
  const page = await screen(viewport)
  await page.goto('/desk/')
  const { password, totpSecret } = account(login)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByLabel('动态口令').fill(await generate({ secret: totpSecret }))
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation').waitFor()
  return page
}

const faults: string[] = []

/** Judged as it stands, and looked at where one asks for pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  faults.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) =>
    `${name}, axe ${id}: ${target.join(' ')}`)))
}

describe.skipIf(!hasBrowser)('the console', () => {
  beforeAll(async () => {
    product = await startProduct({ MOCK_CLERK: 'off', DEPARTMENT_SYSTEMS: '[]' })
    browser = await openBrowser()
    client = openClient(Number(new URL(product.url).port))
    citizen = await citizenOf(product, client, demo('13900000017'))
    view = await fileCase(client, citizen, { topicId: 'graduate-settling', regionCode: COUNTY, seed: 1 })
  })
  afterAll(async () => {
    client?.close()
    await browser?.close()
    await product?.stop()
  })

  it('tells beside the fields what is wrong with a sign-in, and keeps what was typed', async () => {
    const page = await screen()
    await page.goto('/desk/')
    await page.getByLabel('账号').fill('window-kashgar-shi')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('请填写密码').waitFor()
    await page.getByText('请填写验证器上的 6 位数字').waitFor()
    await look(page, 'login-wrong')
    await page.getByLabel('密码').fill('not the password')
    await page.getByLabel('动态口令').fill('000000')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByText('账号、密码或动态口令不对。').waitFor()
    expect(await page.getByLabel('账号').inputValue()).toBe('window-kashgar-shi')
    await look(page, 'login-refused')
    await page.close()
  })

  it('takes a case from the phone to the hand-over in a handful of clicks', async () => {
    const clerk = await deskOf('window-kashgar-shi')
    await clerk.getByRole('row', { name: new RegExp(view.number) }).waitFor()
    await look(clerk, 'cases')

    clicks = 0
    await click(clerk, new RegExp(view.number), 'row')
    await clerk.getByRole('heading', { level: 1, name: new RegExp(view.number) }).waitFor()
    await clerk.locator('.stage img').waitFor()
    await look(clerk, 'case')
    await click(clerk, '受理')
    await click(clerk, '确定受理')
    await click(clerk, '分派')
    await click(clerk, '确定分派')
    await clerk.getByText('办理中').first().waitFor()
    expect(clicks).toBeLessThanOrEqual(6)
    await look(clerk, 'case-handling')

    const handler = await deskOf('handler-public-security')
    await handler.getByRole('row', { name: new RegExp(view.number) }).waitFor()
    await look(handler, 'tasks')
    clicks = 0
    await click(handler, new RegExp(view.number), 'row')
    await click(handler, '接收')
    await click(handler, '办结')
    await handler.getByRole('dialog').waitFor()
    await look(handler, 'decide')
    await click(handler, '办结并出具结果')
    await handler.getByText('已办结').waitFor()
    expect(clicks).toBeLessThanOrEqual(6)
    await look(handler, 'task-done')

    await clerk.keyboard.press('Escape')
    await clerk.getByRole('button', { name: /^待出件/ }).click()
    await click(clerk, new RegExp(view.number), 'row')
    await click(clerk, '出件')
    await click(clerk, '确定出件')
    await clerk.getByText('已出件').first().waitFor()
    await clerk.getByRole('tab', { name: '经过' }).click()
    await look(clerk, 'case-finished')
    expect(faults).toEqual([])
  })
})
