/** A citizen's steps through the mini-program, by what they see. */
import sharp from 'sharp'
import { expect } from 'vitest'
import type { Started } from '../journeys/product'
import { inbox, smsCode } from '../journeys/walk'
import type { Person } from './births'
import { isTappable, type Phone } from './phone'
import { product } from './phones'
import { hasClass, idOf, nameOf, roleOf, textOf, type ViewNode, walk } from './view'
import type { Kept } from './wx'

export type Answers = readonly (readonly [ask: RegExp, choice: RegExp])[]

const byId = (phone: Phone, id: string) => phone.find((node) => idOf(node) === id)

export const onPage = (phone: Phone, name: string) =>
  phone.until(() => phone.top.route === `pages/${name}/index`, `page ${name}`)

export const headed = (phone: Phone, words: string | RegExp) => phone.until(
  () => (typeof words === 'string' ? phone.heading() === words : words.test(phone.heading())),
  `heading ${words}`,
)

export const says = (phone: Phone, words: RegExp, withinMs?: number) =>
  phone.until(() => words.test(phone.words()), `words ${words}`, withinMs)

/** From the home page into a topic and on to its first question. */
export async function begin(phone: Phone, title: string): Promise<void> {
  await phone.tap(new RegExp(title))
  await headed(phone, title)
  await phone.tap('开始办理')
}

const ASK_FOR_CODE = '获取验证码'
/** longer than codes of one phone are apart */
const NEXT_CODE_MS = 65_000

/**
 * By a code sent to the phone, from the login page. Codes of one phone are a minute apart: who
 * comes too early waits, as told.
 */
export async function signIn(phone: Phone, product: Started, person: Person): Promise<void> {
  await headed(phone, '登录')
  await type(phone, 'phone', person.phone)
  const known = (await inbox(product, person.phone)).map(({ id }) => id)
  const isSent = () => /验证码已发到/.test(phone.words())
  while (!isSent()) {
    await phone.until(() => phone.find((one) => isTappable(one, ASK_FOR_CODE)), 'a next code',
      NEXT_CODE_MS)
    await phone.tap(ASK_FOR_CODE)
    await says(phone, /验证码已发到|秒后可以重新获取/)
  }
  await type(phone, 'otp', await smsCode(product, person.phone, known))
  await phone.tap('登录')
}

/** Signs a person in on a phone without anything, and closes the app. */
export async function signedInAs(phone: Phone, person: Person): Promise<Kept> {
  await phone.launch('pages/login/index?next=cases')
  await signIn(phone, product(), person)
  await proveIdentity(phone, person)
  await onPage(phone, 'cases')
  await phone.settle()
  phone.close()
  return phone.kept()
}

/** The real-name check; whoever another test verified before is led past it. */
export async function proveIdentity(phone: Phone, { name, idNumber }: Person): Promise<void> {
  await phone.until(() => phone.heading() && phone.heading() !== '登录', 'a page after the login')
  if (!/实名/.test(phone.heading())) return
  await type(phone, 'real-name', name)
  await type(phone, 'id-number', idNumber)
  await phone.tap(/核验/)
}

export async function answerQuestions(phone: Phone, answers: Answers): Promise<void> {
  for (const [ask, choice] of answers) {
    await headed(phone, ask)
    await phone.tap(choice)
  }
}

/** Taps a choice and waits for its mark. */
async function pick(phone: Phone, id: string): Promise<void> {
  const row = byId(phone, id)
  if (row) phone.fire(row, 'tap')
  await phone.until(() => {
    const now = byId(phone, id)
    return now && hasClass(now, 'choice-on')
  }, `mark of ${id}`)
}

/** Taps one of several choices by its words. */
export async function pickNamed(phone: Phone, choice: RegExp): Promise<void> {
  const row = await phone.until(
    () => phone.find((node) => roleOf(node) === 'radio' && choice.test(nameOf(node))),
    `choice ${choice}`,
  )
  await pick(phone, idOf(row))
}

/** Turns on 长辈版 on the page of settings. */
export async function setElder(phone: Phone): Promise<void> {
  await phone.until(() => byId(phone, 'elder'), '长辈版')
  await pick(phone, 'elder')
}

/** Types into a field. Real keyboards report every letter; one event is the app's hardest case. */
export async function type(phone: Phone, id: string, value: string): Promise<void> {
  const field = await phone.until(() => byId(phone, id), `field ${id}`)
  phone.fire(field, 'focus', { value: '' })
  phone.fire(field, 'input', { value, cursor: value.length, keyCode: 0 })
  phone.fire(field, 'blur', { value })
  await phone.until(() => byId(phone, id)?.attr.value === value, `${value} in ${id}`)
}

/** Fills every field of the page on top that `values` knows; keys are `role.element`. */
export async function fillPage(
  phone: Phone, values: Readonly<Record<string, string>>,
): Promise<void> {
  for (const _round of [1, 2]) {
    for (const [key, value] of Object.entries(values)) {
      const field = byId(phone, key)
      if (field) await fillField(phone, field, { key, value })
    }
  }
}

async function fillField(
  phone: Phone, field: ViewNode, { key, value }: { key: string; value: string },
): Promise<void> {
  if (roleOf(field) === 'radio') {
    const rows = phone.all((node) =>
      roleOf(node) === 'radio' && (idOf(node) === key || idOf(node).startsWith(`${key}-`)))
    if (rows.some((row) => hasClass(row, 'choice-on'))) return
    const row = rows.find((one) => nameOf(one).includes(value))
    if (!row) throw new Error(`${key} offers no ${value}`)
    return pick(phone, idOf(row))
  }
  if (field.tag !== 'picker') {
    if (field.attr.value === value) return
    return type(phone, key, value)
  }
  const [day = '', time = ''] = value.split(' ')
  if (field.attr.mode === 'date') {
    await choose(phone, key, { value: day, shown: day })
    if (time) await choose(phone, `${key}-time`, { value: time, shown: time })
    return
  }
  const range = field.attr.range as string[] // labels, as our kit gives them
  if (!range.includes(value)) throw new Error(`${key} offers no ${value}: ${range.join()}`)
  await choose(phone, key, { value: range.indexOf(value), shown: value })
}

/** Turns a picker to a value and waits until it shows it. */
async function choose(
  phone: Phone, id: string, { value, shown }: { value: string | number; shown: string },
): Promise<void> {
  const picker = await phone.until(() => byId(phone, id), `picker ${id}`)
  phone.fire(picker, 'change', { value })
  await phone.until(() => {
    const now = byId(phone, id)
    return now && textOf(now).includes(shown)
  }, `${shown} in ${id}`)
}

/** The fields the page on top asks: a date and its time are one, as are the rows of a choice. */
export const askedFields = (phone: Phone): Set<string> => new Set(phone.all((node) =>
  ['input', 'textarea', 'picker'].includes(node.tag) || roleOf(node) === 'radio',
).flatMap((node) => /^\w+(\.\d+)?\.\w+/.exec(idOf(node))?.[0] ?? []))

const MOST_PAGES = 60

/** Fills the form's pages until the materials come. @param look  at each page before it is filled */
export async function fillForm(
  phone: Phone, values: Readonly<Record<string, string>>, look: () => void = () => undefined,
): Promise<number> {
  let pages = 0
  while (phone.heading() !== '准备材料') {
    pages += 1
    expect(pages, 'pages of the form').toBeLessThan(MOST_PAGES)
    look()
    await fillPage(phone, values)
    const title = phone.heading()
    await phone.tap('继续')
    await phone.until(
      () => phone.heading() !== title || phone.find((node) => hasClass(node, 'errors')),
      `a page after ${title}`,
    )
    const errors = phone.find((node) => hasClass(node, 'errors'))
    if (errors) throw new Error(`${title}: ${textOf(errors)}`)
  }
  return pages
}

const cards = (phone: Phone) => phone.all((node) => hasClass(node, 'material'))

/** A sharp photo of printed lines; no two are alike. */
function photo(seed: number): Promise<Buffer> {
  const lines = Array.from({ length: 24 }, (_, n) => `<text x="80" y="${120 + n * 45}"
    font-size="34">No. ${seed} / ${n} : ${(seed * 7919 + n * 104_729) % 999_983} |||| ####</text>`)
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
    <rect width="1600" height="1200" fill="#f4f1ea"/><g fill="#161616">${lines.join('')}</g></svg>`
  return sharp(Buffer.from(page)).jpeg({ quality: 92 }).toBuffer()
}

/** The first photo of each shape comes after a sheet that shows how. */
const SHOWN_HOW = '知道了，去拍'

const agreeButton = (phone: Phone) => phone.find((node) => isTappable(node, '同意并继续'))

/** Agrees to the privacy contract where it is asked for. */
function agreed(phone: Phone): boolean {
  const button = agreeButton(phone)
  if (button) phone.agree(button)
  return !button
}

/** Opens the camera for one place of a material, past the sheet that shows how. */
export async function openCamera(phone: Phone, name: string): Promise<void> {
  await phone.tap(`拍照：${name}`)
  if (phone.find((node) => isTappable(node, SHOWN_HOW))) await phone.tap(SHOWN_HOW)
}

/** Photographs one place of a material. */
export async function shoot(phone: Phone, name: string, seed: number): Promise<void> {
  phone.world.gallery.push(await photo(seed))
  await openCamera(phone, name)
  await phone.until(
    () => agreed(phone) && !phone.find((node) => isTappable(node, `拍照：${name}`))
      && !phone.words().includes('正在处理'),
    `photo of ${name}`,
  )
}

/** The name of the next place that has to be photographed. */
export function nextPlace(phone: Phone): string | undefined {
  const place = cards(phone)
    .filter((card) => !textOf(card).includes('选填'))
    .flatMap((card) => [...walk(card)])
    .find((node) => isTappable(node, /^拍照：/))
  return place && nameOf(place).replace('拍照：', '')
}

export const waitForPhotos = (phone: Phone) => phone.until(
  () => !cards(phone).some((card) => /上传中|正在处理/.test(textOf(card))), 'all photos sent',
  60_000,
)

/** Photographs every material that has to be. */
export async function photographAll(phone: Phone, seed: number): Promise<number> {
  let taken = 0
  for (let name = nextPlace(phone); name; name = nextPlace(phone)) {
    await shoot(phone, name, seed + taken)
    taken += 1
  }
  await waitForPhotos(phone)
  return taken
}

/** Ticks every statement that waits for a tick. */
export async function tickAll(phone: Phone): Promise<number> {
  const open = () => phone.find((node) =>
    roleOf(node) === 'checkbox' && !hasClass(node, 'choice-on') && 'bindtap' in node.attr)
  let ticked = 0
  for (let box = open(); box; box = open()) {
    await pick(phone, idOf(box))
    ticked += 1
  }
  return ticked
}

/** Three lines on the pad, by touches as a canvas reports them. */
export async function sign(phone: Phone): Promise<void> {
  const pad = await phone.until(() => phone.find((node) => node.tag === 'canvas'), 'the pad')
  const touch = (kind: string, x: number, y: number) =>
    phone.fire(pad, kind, {}, [{ identifier: 0, x, y }])
  for (const left of [40, 140, 240]) {
    touch('touchstart', left, 40)
    for (let step = 1; step <= 8; step += 1) touch('touchmove', left + step * 5, 40 + step * 12)
    touch('touchend', left + 40, 136)
  }
  await says(phone, /清除重写/)
  await phone.settle()
}

/** From the home page through questions, notice, sign-in and real-name check to the form. */
export async function reachForm(
  phone: Phone,
  { title, answers, person }: { title: string; answers: Parameters<typeof answerQuestions>[1]; person: Person },
): Promise<void> {
  await begin(phone, title)
  await answerQuestions(phone, answers)
  await headed(phone, '核对您的情况')
  await phone.tap('查看一次告知单')
  await headed(phone, '一次告知单')
  await phone.tap(/填写/)
  await signIn(phone, product(), person)
  await proveIdentity(phone, person)
}
