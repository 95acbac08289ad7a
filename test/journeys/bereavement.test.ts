/**
 * 公民身后: a burial asks for no cremation paper, the other heirs sign on their own phones, and
 * nobody is asked for stars.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ANSWERS, BROTHER, DAUGHTER, FORM, SISTER } from './bereaved'
import { hasBrowser, openBrowser } from './product'
import { type Travel, begin, inviteAll } from './traveller'
import {
  button, fillForm, finish, photographAll, says, signAndSubmit, tap, tickAll,
} from './walk'

let browser: Browser
let travel: Travel

describe.skipIf(!hasBrowser)('公民身后, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('is signed by the heirs, finished, and asks for no stars', async () => {
    const page = await begin(travel, DAUGHTER, { title: '公民身后', answers: ANSWERS })
    await fillForm(page, FORM)
    expect(await page.getByText('火化证明').filter({ visible: true }).count()).toBe(0)
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
