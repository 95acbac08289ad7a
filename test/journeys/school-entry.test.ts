/**
 * 入学: a transfer runs on the rolling clock and ends today; a new pupil's place waits for the
 * season, and every page says so.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hasBrowser, openBrowser } from './product'
import { type Travel, begin, demo } from './traveller'
import {
  type Answers, button, fillForm, finish, photographAll, says, signAndSubmit, tap, tickAll,
} from './walk'

const answers = (kind: RegExp): Answers => [
  [/上几年级/, kind], [/什么人/, /^父亲或者母亲/], [/户口在哪里/, /^就在要上学/],
  [/住的房子/, /^自己家的/], [/下面的情况/, /^都没有/],
]

let browser: Browser
let travel: Travel

describe.skipIf(!hasBrowser)('入学一件事, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('a transfer is filled from certificates and finished', async () => {
    const page = await begin(travel, demo('13900000008'), {
      title: '入学一件事', answers: answers(/^转学/),
    })
    await says(page, /已为您从电子证照带出 \d+ 项/)
    await fillForm(page, { 'child.transferGrade': '小学四年级', 'child.wantedSchool': '喀什市演示第三小学' })
    expect(await photographAll(page, 400), 'all papers are e-certificates').toBe(0)
    await tickAll(page)
    await tap(page, '继续')
    await signAndSubmit(page)
    expect(await page.getByText(/开始报名再办/).count()).toBe(0)
    await finish(page)
    await button(page, /查看结果|入学通知书/).first().click()
    await says(page, /转学接收通知/)
  })

  it('a new pupil is told when registration opens, before and after filing', async () => {
    const page = await begin(travel, demo('13900000007'), {
      title: '入学一件事', answers: answers(/^小学一年级/),
    })
    await fillForm(page, { 'child.wantedSchool': '喀什市演示第一小学' })
    expect(await photographAll(page, 420)).toBe(1)
    await tickAll(page)
    await tap(page, '继续')
    await signAndSubmit(page)
    await says(page, /“学校报名”.*前告诉结果/)
    await tap(page, '查看办理进度')
    await says(page, /“学校报名”.*前告诉结果/)
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
