/**
 * 公民身后: a burial asks for no cremation paper, the other heirs sign on their own phones, and
 * nobody is asked for stars.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { checkDigit11643 } from '../../core/values'
import { hasBrowser, openBrowser } from './product'
import { type Travel, begin, demo, inviteAll, today } from './traveller'
import {
  type Answers, button, fillForm, finish, photographAll, says, signAndSubmit, tap, tickAll,
} from './walk'

const ANSWERS: Answers = [
  [/什么人/, /^子女/], [/死亡证明领到/, /^还没有/], [/哪种情况/, /^在家中/], [/安葬方式/, /^土葬/],
  [/户口注销/, /喀什城镇/], [/哪些账户/, /^养老保险/], [/由谁来领/, /^大家同意由我领 ?其他人用/],
]
const BROTHER = demo('13900000014')
const SISTER = demo('13900000015')

const FORM: Record<string, string> = {
  'deceased.name': '热合曼·尼亚孜',
  'deceased.idNumber': `65310119510615000${checkDigit11643('65310119510615000')}`,
  'deceased.hukouAddress': '新疆喀什市演示街道吾斯塘路3号', 'deceased.diedOn': today,
  'deceased.deathPlace': '新疆喀什市演示街道吾斯塘路3号',
  'applicant.bankName': '农业银行喀什演示支行', 'applicant.bankAccount': '6200000000000000013',
  'heir.1.name': BROTHER.name, 'heir.1.idNumber': BROTHER.idNumber,
  'heir.1.phone': BROTHER.phone, 'heir.1.kinToDeceased': '20',
  'heir.2.name': SISTER.name, 'heir.2.idNumber': SISTER.idNumber,
  'heir.2.phone': SISTER.phone, 'heir.2.kinToDeceased': '30',
}

let browser: Browser
let travel: Travel

describe.skipIf(!hasBrowser)('公民身后, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('is signed by the heirs, finished, and asks for no stars', async () => {
    const page = await begin(travel, demo('13900000013'), { title: '公民身后', answers: ANSWERS })
    await fillForm(page, FORM)
    expect(await page.getByText('火化证明').count()).toBe(0)
    await photographAll(page, 600)
    await tickAll(page)
    await tap(page, '继续')
    await signAndSubmit(page, () => inviteAll(travel, page, [BROTHER, SISTER]))
    await finish(page)
    const footer = page.locator('.page-footer').locator('visible=true')
    expect(await footer.getByText('评价').count()).toBe(0)
    expect(await button(page, '评价这次办理').count(), 'who wants to finds it').toBe(1)
    await page.goto('/')
    await says(page, '一件事，一次办好')
    expect(await page.getByText('请评价').count()).toBe(0)
    await page.goto('/pages/messages/index')
    await says(page, /公民身后|办件/)
    expect(await page.getByText(/评价|恭喜/).count()).toBe(0)
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
