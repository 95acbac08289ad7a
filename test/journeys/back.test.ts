/** Back, Forward and reload of the browser inside questions and form (U7). */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { hasBrowser, openBrowser } from './product'
import { type Travel, demo, newPhone } from './traveller'
import { button, choose, fillPage, heading, proveIdentity, seen, signIn, tap } from './walk'

let browser: Browser
let travel: Travel
let page: Page

const title = () => page.locator('h1').locator('visible=true').first()

describe.skipIf(!hasBrowser)('going back in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
    page = await newPhone(travel, '/pages/topic/index?id=school-entry&topic=school-entry')
  })
  afterAll(() => browser?.close())

  it('goes to the question before, forward again, and a reload stays', async () => {
    await tap(page, '开始办理')
    await seen(heading(page, /上几年级/))
    await choose(page, /^转学/)
    await seen(heading(page, /什么人/))
    await choose(page, /^父亲或者母亲/)
    await seen(heading(page, /户口在哪里/))
    await page.goBack()
    await seen(heading(page, /什么人/))
    await page.goBack()
    await seen(heading(page, /上几年级/))
    await page.goForward()
    await seen(heading(page, /什么人/))
    expect(new URL(page.url()).searchParams.get('at')).toBeTruthy()

    // not signed in: the answers live as long as the tab
    await page.waitForTimeout(600)
    await page.reload()
    await seen(heading(page, /什么人/))
    await seen(button(page, /^父亲或者母亲.*已选$/))
    await page.goForward()
    await seen(heading(page, /户口在哪里/))
  })

  it('the page’s own 返回 walks the same way, and out of the page in the end', async () => {
    await button(page, /^返回/).first().click()
    await seen(heading(page, /什么人/))
    await button(page, /^返回/).first().click()
    await seen(heading(page, /上几年级/))
    await page.goBack()
    await seen(button(page, /开始办理|继续填写/))
  })

  it('goes to the form page before, whatever way one came to it', async () => {
    await page.goto('/pages/questions/index?topic=school-entry')
    await seen(heading(page, /户口在哪里|什么人|上几年级/))
    for (const [ask, choice] of [
      [/上几年级/, /^转学/], [/什么人/, /^父亲或者母亲/], [/户口在哪里/, /^就在要上学/],
      [/住的房子/, /^自己家的/],
    ] as const) {
      if (await heading(page, ask).count() > 0) {
        await choose(page, choice)
        await seen(title())
        await page.waitForTimeout(200)
      }
    }
    await seen(heading(page, /下面的情况/))
    await page.getByRole('checkbox', { name: /^都没有/ }).locator('visible=true').first().check()
    await tap(page, '继续')
    await tap(page, '查看一次告知单')
    await tap(page, /开始填写/)
    const person = demo('13900000024')
    await signIn(page, travel.product, person)
    await proveIdentity(page, person)
    await seen(heading(page, /信息/))
    const first = await title().innerText()
    await fillPage(page, {
      'child.transferGrade': '小学四年级', 'child.wantedSchool': '喀什市演示第三小学', 'child.name': '阿迪力·样例',
      'child.idType': '居民身份证', 'child.idNumber': '653101201601010008', 'child.sex': '男', 'child.bornOn': '2016-01-01',
      'child.ethnicity': '05',
    })
    await tap(page, '继续')
    await page.waitForTimeout(300)
    const errors = page.locator('.errors').locator('visible=true')
    expect(await errors.count() === 0 ? '' : await errors.innerText()).toBe('')
    const second = await title().innerText()
    expect(second).not.toBe(first)
    await page.goBack()
    await seen(heading(page, first))
    await page.goForward()
    await seen(heading(page, second))
    await page.reload()
    await seen(heading(page, second))
    await page.goBack()
    await seen(heading(page, first))

    // resumed in the middle: Back still leads through the flow, not out of it
    await page.goForward()
    await seen(heading(page, second))
    await page.goto('/')
    const again = new URL('/pages/form/index?topic=school-entry', travel.product.url)
    await page.goto(again.href)
    await seen(heading(page, second))
    await page.goBack()
    await seen(heading(page, first))
    await page.goBack()
    await seen(page.getByRole('group', { name: '为谁办事' }))
  })

  it('shows the page before also to whoever goes back at once', async () => {
    await page.goto('/')
    await seen(page.getByRole('group', { name: '为谁办事' }))
    for (const waitMs of [0, 20, 100, 250, 400]) {
      await seen(button(page, /新生儿出生/))
      const before = await title().innerText()
      await page.evaluate((ms) => {
        const { length } = document.querySelectorAll('h1')
        const watch = new MutationObserver(() => {
          if (document.querySelectorAll('h1').length === length) return
          watch.disconnect()
          setTimeout(() => history.back(), ms)
        })
        watch.observe(document.body, { childList: true, subtree: true })
      }, waitMs)
      await tap(page, /新生儿出生/)
      await page.waitForTimeout(1_500)
      expect(await page.locator('h1').locator('visible=true').allInnerTexts(), `after ${waitMs} ms`)
        .toEqual([before])
    }
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
