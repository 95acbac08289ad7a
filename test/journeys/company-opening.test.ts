/** 企业开办: two shareholders sign on their own phones; licence first, the rest side by side. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { effortOf } from './counting'
import { ANSWERS, FIRST, FORM, FOUNDER, SECOND } from './founders'
import { hasBrowser, openBrowser } from './product'
import { type Travel, begin, inviteAll } from './traveller'
import {
  button, fillForm, finish, heading, photographAll, says, seen, signAndSubmit, tap,
  tickAll,
} from './walk'

let browser: Browser
let travel: Travel

describe.skipIf(!hasBrowser)('企业开办, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('is signed by two shareholders and ends with a licence anyone can verify', async () => {
    const page = await begin(travel, FOUNDER, { title: '企业开办', answers: ANSWERS })
    await fillForm(page, FORM)
    await photographAll(page, 500)
    await tickAll(page)
    await tap(page, '继续')
    await signAndSubmit(page, () => inviteAll(travel, page, [FIRST, SECOND]))
    const { taps, typed } = await effortOf(page)
    console.log(`${taps} taps, ${typed} fields typed`)
    expect(taps, 'U52').toBeLessThanOrEqual(60)
    expect(typed, 'U52').toBeLessThanOrEqual(35)
    await finish(page)
    await button(page, /营业执照/).first().click()
    await seen(heading(page, '办理结果'))
    await says(page, /核验码/)
    await says(page, /91653101MA[0-9]{7}[0-9A-Z]/)
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
