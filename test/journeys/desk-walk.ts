/** The steps of staff through the console, by what they see: names of rows, buttons, tags. */
import AxeBuilder from '@axe-core/playwright'
import { generate } from 'otplib'
import type { Browser, Locator, Page } from 'playwright-core'
import accounts from '../../server/demo-accounts.json'
import type { Started } from './product'
import { sign } from './walk'

const PATIENCE_MS = 30_000
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const LOOK_AGAIN_MS = 1000

/** The people behind the counter: each signs in once, at a screen of their own. */
export interface Hall {
  browser: Browser
  product: Started
  /** errors of the pages' own, which no journey may meet */
  faults: string[]
  screens: Map<string, Page>
}

/** The screen of an account; the first time with password and one-time code. */
export async function deskOf({ browser, product, faults, screens }: Hall, login: string): Promise<Page> {
  const known = screens.get(login)
  if (known) return known
  const account = accounts.find((one) => one.login === login)
  if (!account) throw new Error(`no demo account ${login}`)
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
    baseURL: product.url,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(`${login}: ${message}`))
  await page.goto('/desk/')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码').fill(account.password)
  await page.getByLabel('动态口令').fill(await generate({ secret: account.totpSecret }))
  await press(page, '登录')
  await page.getByRole('navigation').waitFor()
  screens.set(login, page)
  return page
}

/** Clicks the button of exactly this name, or one that looks like it. */
export async function press(page: Page | Locator, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
}

/** A button that asks once more beside itself. */
export async function pressAndConfirm(page: Page, name: string): Promise<void> {
  await press(page, name)
  await press(page, `确定${name}`)
}

/** The words of the tag beside the heading of the page. */
export async function standsAt(page: Page, state: string): Promise<void> {
  await page.locator('.page-head .tag').getByText(state, { exact: true }).waitFor()
}

/** Looks again until the row is on the list. */
export async function rowOf(page: Page, name: RegExp): Promise<Locator> {
  const row = page.getByRole('row', { name })
  const until = Date.now() + PATIENCE_MS
  while (await row.count() === 0) {
    if (Date.now() > until) throw new Error(`no row like ${String(name)} on ${page.url()}`)
    await press(page, /刷新$/)
    await page.waitForTimeout(LOOK_AGAIN_MS)
  }
  return row.first()
}

/** To the list of a section, at a tab of it. */
export async function toList(page: Page, section: string, tab: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: section }).click()
  await press(page.getByRole('group', { name: '按状态看' }), new RegExp(`^${tab}`))
}

/** The window's page of a case, found by its number whatever its state. */
export async function openCase(page: Page, number: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '办件' }).click()
  await page.getByLabel('编号或姓名').fill(number)
  await (await rowOf(page, new RegExp(number))).click()
  await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()
}

/** A department's page of an item of a case, from its list at `tab`. */
export async function openTask(
  page: Page,
  { number, item, tab }: { number: string; item: string; tab: string },
): Promise<void> {
  await toList(page, '事项', tab)
  await (await rowOf(page, new RegExp(`${number}.*${item}`))).click()
  await page.getByRole('heading', { level: 1, name: new RegExp(item) }).waitFor()
}

/** 受理 and 分派 of a case at the window. */
export async function acceptAndDispatch(page: Page, number: string): Promise<void> {
  await openCase(page, number)
  await standsAt(page, '待受理')
  await pressAndConfirm(page, '受理')
  await pressAndConfirm(page, '分派')
  await standsAt(page, '办理中')
}

/** 统一出件, once everything has its result. */
export async function handOver(page: Page, number: string): Promise<void> {
  await toList(page, '办件', '待出件')
  await (await rowOf(page, new RegExp(number))).click()
  await pressHandOver(page)
  await standsAt(page, '已出件')
}

/** On an open case: whoever comes to the window signs; what goes by post or phone is only asked. */
export async function pressHandOver(page: Page): Promise<void> {
  await press(page, '出件')
  const asked = page.getByRole('button', { name: '确定出件' })
  const dialog = page.getByRole('dialog', { name: '出件' })
  await asked.or(dialog).first().waitFor()
  if (await dialog.count() === 0) return asked.click()
  await dialog.getByLabel('领取人姓名').fill('领取测试')
  await sign(page, '领取人签名')
  await press(dialog, '确认已交付')
}

/** 办结 of the open task, with the values its result document gives, by their labels. */
export async function approve(page: Page, gives: Readonly<Record<string, string>> = {}): Promise<void> {
  await press(page, '办结')
  for (const [label, value] of Object.entries(gives)) {
    await page.getByRole('dialog').getByLabel(label).fill(value)
  }
  await press(page, '办结并出具结果')
  await standsAt(page, '已办结')
}

/** The row of an item in the case's own table. */
export async function taskRow(page: Page, item: string): Promise<Locator> {
  await page.getByRole('tab', { name: /^事项/ }).click()
  return page.locator('table.tasks tr').filter({ hasText: item })
}

/** What axe finds on the page as it stands. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target }) => `axe ${id}: ${target.join(' ')}`))
}
