/**
 * 窗口代办申报: a clerk files for a mother who is at the window and prints the receipt; later she finds
 * the case on her own phone.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Hall, deskOf, press } from './desk-walk'
import { FORM, MAIN } from './newborn'
import { hasBrowser, openBrowser } from './product'
import { demo, newPhone } from './traveller'
import {
  choose, fillForm, heading, photographAll, proveIdentity, says, seen, signAndSubmit, signIn,
  tap, tickAll,
} from './walk'

const product = inject('product')!
const XUELIAN = demo('13900000003')
const SHOTS = process.env.DESK_SHOTS
const faults: string[] = []
let browser: Browser
let hall: Hall
let number = ''

beforeAll(async () => {
  if (!hasBrowser) return
  browser = await openBrowser()
  hall = { browser, product, faults, screens: new Map() }
})
afterAll(() => browser?.close())

/** Judged as it stands, and looked at where one asks for pictures. */
async function look(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  faults.push(...violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target }) =>
    `${name}, axe ${id}: ${target.join(' ')}`)))
  if (!SHOTS) return
  const before = page.viewportSize()
  for (const [width, height] of [[1440, 900], [768, 1024], [375, 812]] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` })
  }
  if (before) await page.setViewportSize(before)
}

/** Which matter and whose card; the link opens a tab that has nothing of the console. */
async function open(clerk: Page): Promise<Page> {
  await clerk.getByRole('navigation').getByRole('link', { name: '代办申报' }).click()
  await clerk.getByLabel('办哪件事').fill('新生儿')
  // only once the topics have come
  await clerk.locator('.ant-select-item-option').filter({ hasText: '新生儿出生' }).click()
  await clerk.getByLabel('申请人姓名').fill(XUELIAN.name)
  await clerk.getByLabel('身份证号').fill(XUELIAN.idNumber)
  await clerk.getByLabel(/^手机号/).fill(XUELIAN.phone)
  await clerk.getByLabel(/^排队号/).fill('A012')
  await look(clerk, 'counter-form')
  await press(clerk, '核对身份，打开代办')
  const link = clerk.getByRole('link', { name: '打开申请表' })
  await link.waitFor()
  await look(clerk, 'counter-opened')
  const token = new URL(await link.getAttribute('href') ?? '', product.url).hash.slice(1)
  const opened = clerk.context().waitForEvent('page')
  await link.click()
  const form = await opened
  form.on('pageerror', ({ message }) => faults.push(`form: ${message}`))
  await seen(heading(form, '新生儿出生'))
  const kept = await form.evaluate(() => ({
    address: location.href, tab: JSON.stringify(sessionStorage), phone: JSON.stringify(localStorage),
  }))
  expect(kept.address).not.toContain('#')
  expect(kept.tab).toContain(token)
  expect(kept.tab).not.toContain('desk-session')
  expect(kept.phone).not.toContain(token)
  return form
}

describe.skipIf(!hasBrowser)('窗口代办申报, on both sides', () => {
  it('the clerk fills in with her what she signs, and prints the receipt', async () => {
    const clerk = await deskOf(hall, 'window-yarkant')
    const form = await open(clerk)
    await says(form, /窗口代办：申请人 王\*+.* · 排队号 A012/)
    await look(form, 'counter-guide')
    await tap(form, '开始办理')
    for (const [ask, choice] of MAIN) {
      await seen(heading(form, ask))
      await choose(form, choice)
    }
    await tap(form, '查看一次告知单')
    await seen(heading(form, '一次告知单'))
    await tap(form, /开始填写/)
    await seen(heading(form, /信息/))
    await says(form, /已为您从电子证照带出 \d+ 项/)
    await look(form, 'counter-filling')
    await fillForm(form, {
      ...FORM, 'child.name': '王小雪', 'child.birthPlace': '莎车县人民医院',
      'child.insuranceRegion': '653125', 'mother.homeAddress': '新疆莎车县虚构街 1 号',
    })
    await photographAll(form, 700)
    await tickAll(form)
    await tap(form, '继续')
    number = await signAndSubmit(form)
    await look(form, 'counter-receipt')
    await tap(form, '结束')
    await tap(form, '结束并清空')
    await says(form, '窗口代办已经结束')
    await look(form, 'counter-ended')
    const left = await form.evaluate(() => JSON.stringify([{ ...sessionStorage }, Object.keys(localStorage)]))
    expect(left).not.toMatch(/counter-token|draft-key|sealed:/)
    await form.close()
    await clerk.bringToFront()
    const row = clerk.getByRole('row', { name: new RegExp(number) })
    await clerk.evaluate(() => window.dispatchEvent(new Event('focus')))
    await row.waitFor()
    await look(clerk, 'counter-list')
    const printed = clerk.context().waitForEvent('page')
    await row.getByRole('button', { name: '打印回执' }).click()
    await (await printed).waitForURL(/^blob:/)
  })

  it('she finds it on her own phone, and reads that the window entered it', async () => {
    const page = await newPhone({ browser, product, faults }, '/pages/login/index?next=cases')
    await signIn(page, product, XUELIAN)
    // Only whoever proved to be her finds what was filed for her.
    await proveIdentity(page, XUELIAN)
    await seen(heading(page, '办件'))
    await tap(page, /新生儿出生/)
    await says(page, number)
    await says(page, /窗口代办录入：您到场申请/)
    expect(faults).toEqual([])
  })
})
