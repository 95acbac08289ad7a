/** U28, U37: twenty steps without a finger or a mouse, the focus in sight at each of them. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hasBrowser, openBrowser } from './product'
import { type Travel, demo, newPhone } from './traveller'
import { heading, seen, smsCode } from './walk'

const MOST_TABS = 80

let browser: Browser
let travel: Travel
let page: Page

/** What the focus is on, by role and name as a screen reader has it; '' for nothing. */
function focused(): Promise<{ name: string; visible: boolean }> {
  return page.evaluate(() => {
    const one = document.activeElement
    if (!(one instanceof HTMLElement) || !one.matches('button, a, input, select, textarea, [role]')) {
      return { name: '', visible: false }
    }
    const label = one.getAttribute('aria-label')
      ?? (one.id ? document.querySelector(`label[for="${CSS.escape(one.id)}"]`)?.textContent : null)
      ?? one.textContent ?? ''
    const ringed = [one, one.parentElement].some((part) => {
      if (!part) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
    })
    const rect = one.getBoundingClientRect()
    const inSight = rect.bottom > 0 && rect.top < innerHeight
    return { name: label.trim(), visible: ringed && inSight }
  })
}

/** Tabs on until the focus is where it is wanted, and sees that it can be seen. */
async function reach(name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    const now = await focused()
    if (name.test(now.name)) {
      expect(now.visible, `focus on “${now.name}” can be seen`).toBe(true)
      return
    }
    passed.push(now.name)
    await page.keyboard.press(key)
  }
  throw new Error(`no Tab leads to ${name}: ${[...new Set(passed)].join(' | ')}`)
}

async function press(name: RegExp, key = 'Enter'): Promise<void> {
  await reach(name)
  await page.keyboard.press(key)
}

async function type(name: RegExp, value: string): Promise<void> {
  await reach(name)
  await page.keyboard.type(value)
}

describe.skipIf(!hasBrowser)('by keyboard alone', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
    page = await newPhone(travel)
  })
  afterAll(() => browser?.close())

  it('goes from the home page past a mistake into the form, and back', async () => {
    const person = demo('13900000026')
    await seen(page.getByRole('button', { name: /新生儿出生/ }))
    await press(/跳到|跳过/) // 1: past the top bar
    await press(/企业的事/) // 2
    await seen(page.getByRole('button', { name: /企业开办/ }))
    await reach(/个人的事/, 'Shift+Tab') // 3: backwards too
    await page.keyboard.press('Enter')
    await press(/^新生儿出生/) // 4
    await seen(page.getByRole('button', { name: '开始办理' }))
    await press(/^开始办理$/) // 5
    await seen(heading(page, /什么人/))
    await press(/^父亲/) // 6: an answer leads on
    await seen(heading(page, /在哪里出生/))
    await press(/^返回/) // 7
    await seen(heading(page, /什么人/))
    await press(/^父亲，已选/) // 8: what was chosen is said
    await press(/^喀什的医院/) // 9
    for (const answer of [/^还没有/, /^随母亲/, /^孩子的父亲或母亲/, /^不到 1 个月/, /^登记了/, /^是/, /^还没有/, /^要/]) {
      const before = await page.locator('h1').locator('visible=true').first().innerText()
      await press(answer) // 10
      await page.waitForFunction((title) => [...document.querySelectorAll<HTMLElement>('h1')]
        .some((one) => one.offsetParent !== null && one.innerText !== title), before)
    }
    await press(/^查看一次告知单$/) // 11
    await seen(heading(page, '一次告知单'))
    await press(/开始填写/) // 12
    await seen(heading(page, /登录/))
    await press(/获取验证码/) // 13: nothing typed yet
    await seen(page.getByRole('alert'))
    expect((await focused()).name, 'the summary of errors takes the focus').toMatch(/手机号/)
    await type(/^手机号/, person.phone) // 14
    await press(/获取验证码/)
    await type(/^短信验证码/, await smsCode(travel.product, person.phone)) // 15
    await press(/^登录$/)
    await seen(heading(page, /实名/))
    await type(/^姓名/, person.name) // 16
    await type(/^身份证号/, person.idNumber) // 17
    await press(/核验/)
    await seen(heading(page, /孩子信息/))
    await press(/^继续$/) // 18: something is missing
    await seen(page.getByRole('alert'))
    expect(await page.title()).toMatch(/^错误：/)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter') // 19: from the summary into the field
    expect((await focused()).visible).toBe(true)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toMatch(/INPUT|SELECT/)
    await page.keyboard.press('Alt+ArrowLeft') // 20: and out again
    await seen(page.locator('h1').locator('visible=true'))
  })

  it('keeps the focus inside a sheet, and gives it back', async () => {
    await page.goto('/')
    await press(/^办事地区/)
    await seen(page.getByRole('dialog'))
    for (let tabs = 0; tabs < 30; tabs += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(() => document.activeElement?.closest('dialog, [role=dialog]') !== null
        || document.activeElement === document.body), 'focus stays in the sheet').toBe(true)
    }
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect((await focused()).name).toMatch(/^办事地区/)
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
