/**
 * Every kind of page, narrow, with large text, in elder mode and with the language layer: nothing is
 * cut off, pushed out, written over, under a bar or too small to tap (U30, U32, WCAG 1.4.4, 1.4.10).
 */
import AxeBuilder from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { VARIANTS, misfits } from './fits'
import { FORM, MAIN } from './newborn'
import { hasBrowser, openBrowser } from './product'
import { type Travel, demo, newPhone, startForm } from './traveller'
import {
  fillForm, heading, photographAll, says, seen, signAndSubmit, tap, tickAll,
} from './walk'

interface Mode {
  elder: boolean
  language?: string
}

const MODES: Record<string, Mode> = {
  'as it comes': { elder: false },
  'elder mode, with ئۇيغۇرچە': { elder: true, language: 'ug' },
}

/** Elder mode is large already. */
const ELDER_VARIANTS = VARIANTS.filter(({ scale }) => scale < 2)

/** Each page is loaded in each mode at each text size. */
const LONG_MS = 900_000

const OPEN = [
  'home', 'find', 'life', 'topic?topic=newborn', 'guide?topic=newborn', 'questions?topic=newborn',
  'login', 'halls', 'help', 'help?kind=assistance', 'public-numbers', 'verify', 'settings',
  'not-found',
]
const FLOW = [
  'questions?topic=newborn', 'notice?topic=newborn', 'form?topic=newborn&page=child-1',
  'form?topic=newborn&page=mother-1', 'materials?topic=newborn', 'check?topic=newborn',
  'sign?topic=newborn',
]
const OWN = [
  'home', 'cases', 'messages', 'settings', 'my-data', 'access-log', 'devices', 'preferences',
  'change-phone', 'close-account', 'booking', 'tickets',
]

interface Heard {
  heard: string[]
}

/** The browsers of build machines have no voice: one that writes down what it is given. */
function giveVoice() {
  const own = window as unknown as Heard // a place of this test's own
  own.heard = []
  const speech = {
    getVoices: () => [{ lang: 'zh-CN' }],
    speak: ({ text }: { text: string }) => void own.heard.push(text),
    cancel: () => void (own.heard = []),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }
  class Utterance {
    constructor(readonly text: string) {}
  }
  Object.defineProperty(window, 'speechSynthesis', { value: speech })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance })
}

let browser: Browser
let travel: Travel
let page: Page

const addressOf = (name: string) => `/pages/${name.replace(/^([a-z-]+)/, '$1/index')}`

/** Settings are not personal: the app keeps them as they are. */
async function use({ elder, language }: Mode): Promise<void> {
  await page.evaluate((settings) => {
    const kept = JSON.parse(localStorage.getItem('settings') ?? '{"data":{}}') as
      { data: object } // Taro's own shape
    localStorage.setItem('settings', JSON.stringify({ data: { ...kept.data, ...settings } }))
  }, { elder, language: language ?? null })
}

/** What somebody set in the browser as the size of text, 1 = standard. */
async function sizeText(scale: number): Promise<void> {
  await page.evaluate((px) => { document.documentElement.style.fontSize = px }, `${16 * scale}px`)
}

async function open(name: string, mode: Mode): Promise<void> {
  await page.goto(addressOf(name))
  await seen(page.locator('.page').locator('visible=true'))
  if (mode.elder) await seen(page.locator('.page-elder').locator('visible=true'))
  if (mode.language) await seen(page.locator('[lang=ug]').locator('visible=true'))
  await page.waitForFunction(() => ![...document.querySelectorAll<HTMLElement>('.loading')]
    .some((one) => one.offsetParent !== null))
  await page.waitForTimeout(250)
}

/** Bars that stick lie over something wherever one stops; what they hide is judged by misfits(). */
const UNSTUCK = '.top, .page-status, .page-footer { position: static !important }'

async function axe(name: string): Promise<string[]> {
  await page.addStyleTag({ content: UNSTUCK })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target }) => `${name}, axe ${id}: ${target.join(' ')}`))
}

async function fits(names: readonly string[], mode: Mode): Promise<string[]> {
  const found: string[] = []
  await use(mode)
  for (const name of names) {
    await open(name, mode)
    for (const { scale, widths } of mode.elder ? ELDER_VARIANTS : VARIANTS) {
      await sizeText(scale)
      for (const width of widths) {
        const faults = await misfits(page, width)
        found.push(...faults.map((fault) => `${name}, ${width} wide, text ×${scale}: ${fault}`))
      }
    }
    await sizeText(1)
    found.push(...await axe(name))
  }
  await use({ elder: false })
  return found
}

describe.skipIf(!hasBrowser)('every page fits', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
    page = await newPhone(travel)
  })
  afterAll(() => browser?.close())

  it.each(Object.entries(MODES))('before signing in, %s', { timeout: LONG_MS }, async (_, mode) => {
    expect(await fits(OPEN, mode)).toEqual([])
  })

  it('on the way through a topic, in both modes', { timeout: LONG_MS }, async () => {
    await use({ elder: false })
    await page.goto('/')
    await startForm(page, travel.product, demo('13900000025'), {
      title: '新生儿出生', answers: MAIN,
    })
    await seen(heading(page, /孩子信息/))
    await fillForm(page, FORM)
    await photographAll(page, 700)
    await tickAll(page)
    await says(page, '已保存')
    await tap(page, '继续')
    await seen(heading(page, '核对填写的内容'))
    for (const mode of Object.values(MODES)) expect(await fits(FLOW, mode)).toEqual([])
  })

  it('after submitting, and all that is one’s own', { timeout: LONG_MS }, async () => {
    await use({ elder: false })
    await open('check?topic=newborn', { elder: false })
    await signAndSubmit(page)
    const [, id = ''] = /id=([0-9a-f-]+)/.exec(page.url()) ?? []
    const cases = ['receipt', 'case', 'documents', 'rating', 'correction'].map((name) => `${name}?id=${id}`)
    for (const mode of Object.values(MODES)) {
      expect(await fits([...cases, ...OWN], mode)).toEqual([])
    }
  })

  it('elder mode reads heading, question, options and hints aloud, and stops at a tap', async () => {
    const listener = await newPhone(travel)
    await listener.addInitScript(giveVoice)
    await listener.evaluate(() =>
      localStorage.setItem('settings', JSON.stringify({ data: { elder: true } })))
    await listener.goto(addressOf('questions?topic=newborn'))
    await seen(heading(listener, /您是孩子的什么人/)) // what is still on its way cannot be read
    await tap(listener, '读给我听')
    const heard = () => listener.evaluate(() => (window as unknown as Heard).heard) // giveVoice's
    const said = await heard()
    expect(said.some((one) => one.startsWith('您是孩子的什么人'))).toBe(true)
    expect(said.join()).toContain('领出生证明要有母亲的委托书')
    expect(said.join()).not.toContain('打电话问人')
    await tap(listener, '停止朗读')
    expect(await heard()).toEqual([])
    await listener.context().close()
  })

  it('no page failed meanwhile', () => {
    expect(travel.faults).toEqual([])
  })
})
