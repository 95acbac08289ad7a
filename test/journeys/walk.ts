/** The steps of a citizen through the app, by what they see: names of buttons, labels, headings. */
import type { Locator, Page } from 'playwright-core'
import type { Started } from './product'
import { photo } from './photos'

const PATIENCE_MS = 30_000

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).locator('visible=true')

export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('heading', { level: 1, name }).locator('visible=true')

/** One element of the page on top; earlier pages stay in the document, hidden. */
const byId = (page: Page, id: string) => page.locator(`[id="${id}"]`).locator('visible=true')

export async function seen(locator: Locator): Promise<void> {
  await locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS })
}

export async function tap(page: Page, name: string | RegExp): Promise<void> {
  await button(page, name).first().click({ timeout: PATIENCE_MS })
}

/** From the home page into a topic and past its questions to the notice. */
export async function answerQuestions(page: Page, title: string, answers: Answers): Promise<void> {
  await seen(page.getByRole('group', { name: '为谁办事' }))
  const card = button(page, new RegExp(title))
  if (await card.count() === 0) await tap(page, /^企业的事/)
  await card.first().click()
  await seen(heading(page, title))
  await tap(page, '开始办理')
  for (const [ask, choice] of answers) {
    await seen(heading(page, ask))
    await choose(page, choice)
  }
  await seen(heading(page, '核对您的情况'))
  await tap(page, '查看一次告知单')
  await seen(heading(page, '一次告知单'))
}

/** Answers the question on top: one answer leads on, of several one goes on oneself. */
export async function choose(page: Page, choice: string | RegExp): Promise<void> {
  const several = page.getByRole('checkbox', { name: choice }).locator('visible=true')
  const one = page.locator('.way').and(page.getByRole('button', { name: choice }))
    .locator('visible=true')
  await seen(several.or(one))
  if (await one.count() > 0) {
    await one.first().click()
    return
  }
  await several.first().check()
  await tap(page, '继续')
}

export type Answers = readonly (readonly [ask: string | RegExp, choice: string | RegExp])[]

/** Reads the login code where the demo user reads it: in the message stand-in. */
export const smsCode = (product: Started, phone: string, known?: readonly string[]) =>
  fromSms(product, phone, /验证码 (\d{6})/, known)

/**
 * What the newest matching message to a phone says in the brackets of the pattern.
 * @param known  ids of messages that were there before
 */
export async function fromSms(
  product: Started,
  phone: string,
  wanted: RegExp,
  known: readonly string[] = [],
): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const fresh = (await inbox(product, phone)).filter(({ id }) => !known.includes(id))
    const found = fresh.map(({ text }) => wanted.exec(text)?.[1]).find(Boolean)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  throw new Error(`no message like ${String(wanted)} came for ${phone}`)
}

/** Newest first. */
export async function inbox(product: Started, phone: string): Promise<{ id: string; text: string }[]> {
  const at = /SMS\s+(http:\/\/[\d.:]+)/.exec(product.printed)?.[1]
  if (!at) throw new Error('npm start printed no message inbox')
  const reply = await fetch(`${at}/messages?phone=${phone}`)
  const { messages } = await reply.json() as // the stand-in's shape
    { messages: { id: string; text: string }[] }
  return messages
}

export interface Person {
  name: string
  idNumber: string
  phone: string
}

/** Phone and code. Codes of one phone are a minute apart: who comes too early waits, as told. */
export async function signIn(page: Page, product: Started, person: Person): Promise<void> {
  await seen(heading(page, /登录/))
  await page.getByLabel('手机号').locator('visible=true').fill(person.phone)
  const known = (await inbox(product, person.phone)).map(({ id }) => id)
  for (;;) {
    const answered = page.waitForResponse(/\/v1\/session\/otp$/)
    await tap(page, /获取验证码/)
    const answer = await answered
    if (answer.ok()) break
    const { detail } = await answer.json() as { detail: { seconds?: number } } // the wire's refusal
    if (!detail.seconds) throw new Error(`no code for ${person.phone}: ${answer.status()}`)
    await page.waitForTimeout(detail.seconds * 1000 + 500)
  }
  const code = await smsCode(product, person.phone, known)
  await page.getByLabel('验证码').locator('visible=true').fill(code)
  await tap(page, '登录')
}

/** The real-name check; whoever another journey verified before is led past it. */
export async function proveIdentity(page: Page, person: Person): Promise<void> {
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('h1')]
    .some((one) => one.offsetParent !== null && !/登录/.test(one.innerText)))
  if (await heading(page, /实名/).count() === 0) return
  await page.getByLabel('姓名').locator('visible=true').fill(person.name)
  await page.getByLabel('身份证号').locator('visible=true').fill(person.idNumber)
  await tap(page, /核验/)
}

/** Fills every empty field of the page on top that `values` knows; keys are `role.element`. */
export async function fillPage(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  // a field may appear only after another was filled, hence twice
  for (const _round of [1, 2]) {
    for (const [key, value] of Object.entries(values)) await fillField(page, key, value)
  }
}

async function fillField(page: Page, key: string, value: string): Promise<void> {
  const field = byId(page, key)
  if (await field.count() === 0) return
  const tag = await field.first().evaluate((node) => node.tagName.toLowerCase())
  const type = await field.first().getAttribute('type')
  if (type === 'radio') {
    if (await page.locator(`input[name="${key}"]:checked`).count() > 0) return
    await page.locator(`label:has(input[name="${key}"])`).filter({ hasText: value })
      .locator('visible=true').first().click()
    return
  }
  if (await field.first().inputValue() !== '') return
  if (tag === 'select') {
    await field.first().selectOption(value)
  } else if (type === 'date' && value.includes(' ')) {
    const [day = '', time = ''] = value.split(' ')
    await field.first().fill(day)
    await byId(page, `${key}-time`).first().fill(time)
  } else {
    await field.first().fill(value)
  }
}

/** Fills the pages of the form until the materials come; stops on a page that will not go on. */
export async function fillForm(page: Page, values: Readonly<Record<string, string>>): Promise<number> {
  let pages = 0
  await seen(heading(page, /信息|名单|准备材料/))
  await page.getByText('正在为您查电子证照').locator('visible=true')
    .waitFor({ state: 'hidden', timeout: PATIENCE_MS })
  while (await heading(page, '准备材料').count() === 0) {
    await seen(page.locator('input, select, textarea, .row-open').locator('visible=true'))
    pages += 1
    if (pages > 25) throw new Error('the form does not end')
    if (await page.locator('.row-list').locator('visible=true').count() > 0) {
      await fillList(page, values)
    } else await fillPage(page, values)
    await goOn(page, '继续')
  }
  return pages
}

/** Fills the rows of the list on top that `values` knows: `shareholder.2.name` is of the second. */
async function fillList(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  const list = await page.locator('h1').locator('visible=true').first().innerText()
  const first = page.locator('.row-open').locator('visible=true').first()
  const role = (await first.getAttribute('id') ?? '').replace(/-row-1$/, '')
  const isRow = (row: number) => Object.keys(values).some((key) => key.startsWith(`${role}.${row}.`))
  for (let row = 1; isRow(row); row += 1) {
    const card = byId(page, `${role}-row-${row}`)
    if (await card.count() > 0) await card.click()
    else await tap(page, '加一位')
    for (let last = false; !last;) {
      await seen(page.locator(`[id^="${role}.${row}."]`).locator('visible=true'))
      await fillPage(page, values)
      last = await button(page, '这一位填好了').count() > 0
      await goOn(page, last ? '这一位填好了' : '继续')
    }
    await seen(heading(page, list))
  }
}

/** Taps on and waits for another screen. @throws {Error} quoting what the page says is wrong */
async function goOn(page: Page, name: string): Promise<void> {
  const title = await page.locator('h1').locator('visible=true').first().innerText()
  await tap(page, name)
  await page.waitForFunction(
    (before) => [...document.querySelectorAll<HTMLElement>('h1, .errors')]
      .some((one) => one.offsetParent !== null && one.innerText !== before),
    title,
    { timeout: PATIENCE_MS },
  )
  const errors = page.locator('.errors').locator('visible=true')
  if (await errors.count() > 0) throw new Error(`“${title}”: ${await errors.innerText()}`)
}

/** On a phone it is the album. */
const FROM_FILE = /^(从相册选|选择文件)：/

/** Photographs everything on the page that still waits for a photo; returns how many it took. */
export async function photographAll(page: Page, seed: number): Promise<number> {
  let taken = 0
  // 选填 materials stay untouched
  const waiting = () => page.locator('.material').locator('visible=true')
    .filter({ hasNotText: '选填' }).getByRole('button', { name: FROM_FILE })
  while (await waiting().count() > 0) {
    const next = waiting().first()
    const name = (await next.getAttribute('aria-label') ?? '').replace(FROM_FILE, '')
    await shoot(page, next, name, seed + taken)
    taken += 1
  }
  await allSent(page)
  return taken
}

/** Picks one photo for a place: `of` is the seed of one of about 3 MB, or the very picture. */
export async function shoot(
  page: Page, from: Locator, name: string, of: number | Buffer,
): Promise<void> {
  const before = await button(page, FROM_FILE).count()
  const chosen = page.waitForEvent('filechooser')
  await from.click()
  await (await chosen).setFiles({
    name: 'IMG_1.jpg',
    mimeType: 'image/jpeg',
    buffer: typeof of === 'number' ? await photo(name, of) : of,
  })
  await page.waitForFunction(
    (count) => [...document.querySelectorAll('[aria-label^="从相册选："], [aria-label^="选择文件："]')]
      .filter((one) => (one as HTMLElement).offsetParent !== null).length < count, // only buttons match
    before,
    { timeout: PATIENCE_MS },
  )
}

/** Until no card says that it is still sending. */
export async function allSent(page: Page): Promise<void> {
  await page.waitForFunction(
    () => ![...document.querySelectorAll('.material')]
      .some((card) => /上传中|正在处理/.test((card as HTMLElement).innerText)), // elements of the page
    undefined,
    { timeout: 60_000 },
  )
}

/** Ticks every statement that waits for a tick. */
export async function tickAll(page: Page): Promise<number> {
  const boxes = page.getByRole('checkbox', { checked: false }).locator('visible=true')
  let ticked = 0
  while (await boxes.count() > 0) {
    await boxes.first().check()
    ticked += 1
  }
  return ticked
}

export async function sign(page: Page, label = '申请人手写签名'): Promise<void> {
  const pad = page.getByLabel(label).locator('visible=true').first()
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no signature pad')
  for (const part of [0.25, 0.5, 0.72]) {
    await page.mouse.move(box.x + box.width * part, box.y + box.height * 0.3)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * (part + 0.08), box.y + box.height * 0.7, { steps: 6 })
    await page.mouse.move(box.x + box.width * (part + 0.14), box.y + box.height * 0.4, { steps: 6 })
    await page.mouse.up()
  }
}

/** Waits for words on the page, whatever element carries them. */
export async function says(page: Page, words: string | RegExp, withinMs = 60_000): Promise<void> {
  await page.getByText(words).locator('visible=true').first()
    .waitFor({ state: 'visible', timeout: withinMs })
}

/** Check page → the others' signatures, if any must sign → one's own: receipt and case number. */
export async function signAndSubmit(
  page: Page,
  others?: () => Promise<void>,
  handover = /电子/,
): Promise<string> {
  await seen(heading(page, '核对填写的内容'))
  await tap(page, '确认无误，去签名')
  await others?.()
  await seen(heading(page, '签名并提交'))
  await tickAll(page)
  await page.getByRole('radio', { name: handover }).locator('visible=true').first().check()
  await sign(page)
  await tap(page, '提交申请')
  await seen(heading(page, '申请已提交'))
  return page.locator('.receipt-number').locator('visible=true').innerText()
}

/** From the receipt's case page to the results in hand. */
export async function finish(page: Page): Promise<void> {
  await tap(page, '查看办理进度')
  const done = page.getByText(/已全部办完/).locator('visible=true')
  const stuck = page.getByText(/需要您补正/).locator('visible=true')
  await done.or(stuck).first().waitFor({ state: 'visible', timeout: 120_000 })
  if (await done.count() === 0) throw new Error(await page.locator('.case-head').first().innerText())
  await tap(page, /确认收到/)
  await says(page, '已出件')
}
