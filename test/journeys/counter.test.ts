/**
 * 窗口代办申报: a mother begins on her phone and gets a code; a clerk goes on with it, photographs with
 * the camera of the window, files for her and prints the receipt; she finds the case on her phone.
 * Another's filing begins at the window and goes on on the phone.
 */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { FAKE_CAMERA, camerasOf, takeTurned, watchCameras } from './camera'
import { type Hall, deskOf, openCase, press } from './desk-walk'
import { FORM, MAIN } from './newborn'
import { hasBrowser, openBrowser } from './product'
import { begin, demo, newPhone } from './traveller'
import {
  type Person, button, choose, fillForm, fromSms, heading, photographAll, proveIdentity, says, seen,
  signAndSubmit, signIn, tap, tickAll,
} from './walk'

const product = inject('product')!
const XUELIAN = demo('13900000003')
const WORKER = demo('13900000021')
const WRONG = '12345678'
const SHOTS = process.env.DESK_SHOTS
const faults: string[] = []
let browser: Browser
let hall: Hall
let number = ''

beforeAll(async () => {
  if (!hasBrowser) return
  browser = await openBrowser(FAKE_CAMERA)
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
  for (const [width, height] of [[1280, 800], [768, 1024], [375, 812]] as const) {
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` })
  }
  if (before) await page.setViewportSize(before)
}

interface Opening {
  person: Person
  ticket: string
  code?: string
}

/** Which matter and whose card; the link opens a tab that has nothing of the console. */
async function open(clerk: Page, { person, ticket, code }: Opening): Promise<Page> {
  await clerk.getByRole('navigation').getByRole('link', { name: '代办申报' }).click()
  await clerk.getByLabel('办哪件事').fill('新生儿')
  // only once the topics have come
  await clerk.locator('.ant-select-item-option').filter({ hasText: '新生儿出生' }).click()
  await clerk.getByLabel('申请人姓名').fill(person.name)
  await clerk.getByLabel('身份证号').fill(person.idNumber)
  await clerk.getByLabel(/^手机号/).fill(person.phone)
  await clerk.getByLabel(/^排队号/).fill(ticket)
  if (code) {
    await clerk.getByLabel(/^接办码/).fill(WRONG)
    await press(clerk, '核对身份，打开代办')
    await clerk.getByText(/接办码不对/).waitFor()
    await look(clerk, 'counter-form')
    await clerk.getByLabel(/^接办码/).fill(code)
  }
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

/** On her own phone: the questions, the first page of the form, and then a code for the window. */
async function beginOnPhone(): Promise<{ page: Page; code: string }> {
  const page = await begin({ browser, product, faults }, XUELIAN, { title: '新生儿出生', answers: MAIN })
  await seen(heading(page, /信息/))
  await page.locator('[id="child.name"]').locator('visible=true').fill('王小雪')
  await says(page, '已保存')
  await tap(page, /到窗口接着办$/)
  await seen(heading(page, '到窗口接着办'))
  await tap(page, '拿接办码')
  const shown = page.locator('.pick-up-code').locator('visible=true')
  await shown.waitFor()
  await lookOnPhone(page, 'pick-up')
  const code = await shown.innerText()
  expect(code).toMatch(/^\d{4} \d{4}$/)
  return { page, code }
}

describe.skipIf(!hasBrowser)('窗口代办申报, on both sides', () => {
  let phone: Page

  it('the clerk goes on with what she began, with the camera of the window, and files it', async () => {
    const begun = await beginOnPhone()
    phone = begun.page
    const clerk = await deskOf(hall, 'window-yarkant')
    await watchCameras(clerk.context())
    const form = await open(clerk, { person: XUELIAN, ticket: 'A012', code: begun.code })
    await says(form, /窗口代办：申请人 王\*+.* · 排队号 A012 · 接着手机上填的办/)
    await look(form, 'counter-guide')
    await tap(form, /^继续填写/)
    await seen(heading(form, /信息/))
    expect(await form.locator('[id="child.name"]').locator('visible=true').inputValue()).toBe('王小雪')
    await look(form, 'counter-filling')
    await fillForm(form, {
      ...FORM, 'child.birthPlace': '莎车县人民医院',
      'child.insuranceRegion': '653125', 'mother.homeAddress': '新疆莎车县虚构街 1 号',
    })
    await takeTurned(form, (name) => look(form, name))
    await settleDoubt(form)
    expect(await camerasOf(form)).toEqual({ opened: 1, running: 0 })
    await photographAll(form, 700)
    await look(form, 'counter-materials')
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
    await openCase(clerk, number)
    const photo = clerk.locator('.stage img')
    await photo.waitFor()
    // The camera's picture lies wide; this one was turned once.
    const size = await photo.evaluate(async (node) => {
      const image = node as HTMLImageElement // what the stage shows
      await image.decode()
      return { wide: image.naturalWidth, high: image.naturalHeight }
    })
    expect(size.high).toBeGreaterThan(size.wide)
  })

  it('she finds it on her own phone, and reads that the window entered it', async () => {
    await phone.goto('/pages/topic/index?topic=newborn')
    await seen(button(phone, '开始办理'))
    await phone.goto('/pages/cases/index')
    await seen(heading(phone, '办件'))
    await tap(phone, /新生儿出生/)
    await says(phone, number)
    await says(phone, /窗口代办录入：您到场申请，接着手机上填的办/)
    expect(faults).toEqual([])
  })

  it('what a clerk began goes on on the phone, as the applicant’s own', async () => {
    const clerk = await deskOf(hall, 'window-yarkant')
    const form = await open(clerk, { person: WORKER, ticket: 'A013' })
    await tap(form, '开始办理')
    for (const [ask, choice] of MAIN) {
      await seen(heading(form, ask))
      await choose(form, choice)
    }
    await tap(form, '查看一次告知单')
    await seen(heading(form, '一次告知单'))
    await tap(form, /开始填写/)
    await seen(heading(form, /信息/))
    await form.locator('[id="child.name"]').locator('visible=true').fill('在窗口起的名')
    await tap(form, '转到手机上接着办')
    await look(form, 'counter-moving')
    await tap(form, '转过去')
    await says(form, '窗口代办已经结束')
    await form.close()
    const link = await fromSms(product, WORKER.phone, /(\/pages\/topic\/index\?topic=\S+)/)
    const own = await newPhone({ browser, product, faults }, `/pages/login/index?next=cases`)
    await signIn(own, product, WORKER)
    await proveIdentity(own, WORKER)
    await seen(heading(own, '办件'))
    await own.goto(link)
    await tap(own, /^继续填写/)
    await seen(heading(own, /信息/))
    expect(await own.locator('[id="child.name"]').locator('visible=true').inputValue()).toBe('在窗口起的名')
    expect(faults).toEqual([])
  })
})

/** The moving picture may look shaken: then one is asked. */
async function settleDoubt(page: Page): Promise<void> {
  const doubt = button(page, '仍然使用')
  const done = page.locator('.photo').locator('visible=true')
  await doubt.or(done).first().waitFor()
  if (await doubt.count() > 0) await tap(page, '仍然使用')
  await done.first().waitFor()
}

/** Judged, and looked at in the sizes that break first. */
async function lookOnPhone(page: Page, name: string): Promise<void> {
  await look(page, name)
  if (!SHOTS) return
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.screenshot({ path: `${SHOTS}/${name}-320.png` })
  const elder = (on: boolean) => page.evaluate((to) => document.querySelectorAll('.page')
    .forEach((one) => one.classList.toggle('page-elder', to)), on)
  await elder(true)
  await page.screenshot({ path: `${SHOTS}/${name}-elder-320.png` })
  await elder(false)
  if (before) await page.setViewportSize(before)
}
