/**
 * 委托代办 on several phones: a mother hands her draft to an agent by a code and takes it back; one
 * agent's clients never mix; a guardian acts for a child.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { FORM, MAIN } from './newborn'
import { hasBrowser, openBrowser } from './product'
import { type Travel, demo, newPhone, startForm, today } from './traveller'
import {
  type Answers, type Person, button, fillForm, heading, photographAll, proveIdentity, says,
  seen, signAndSubmit, signIn, tap, tickAll,
} from './walk'

const MOTHER = demo('13900000001')
const AGENT = demo('13900000016')
const ELDER = demo('13900000027')
const GUARDIAN = demo('13900000008')
const BABY = '古扎丽努尔·艾力'
const BIRTH = '新生儿出生'
const SCHOOL = '入学一件事'
const TRANSFER: Answers = [
  [/上几年级/, /^转学/], [/什么人/, /^父亲或者母亲/], [/户口在哪里/, /^就在要上学/],
  [/住的房子/, /^自己家的/], [/下面的情况/, /^都没有/],
]

let browser: Browser
let travel: Travel
let mother: Page
let agent: Page

const banner = (page: Page) => page.locator('.acting-for').locator('visible=true')

async function actsFor(page: Page, whom: string): Promise<void> {
  await seen(banner(page))
  expect(await banner(page).innerText()).toContain(`正在为 ${whom} 办理`)
}

const goHome = async (page: Page) => {
  await page.goto('/')
  await seen(heading(page, '一件事，一次办好'))
}

/** A phone at an address that wants to know who one is. */
async function arrive(person: Person, at: string): Promise<Page> {
  const page = await newPhone(travel, at)
  await signIn(page, travel.product, person)
  await proveIdentity(page, person)
  return page
}

const pick = (page: Page, name: string | RegExp) =>
  page.getByRole('radio', { name }).locator('visible=true').first().check()

/** Fills 请人帮我办 and reads the code off the page. */
async function codeFrom(page: Page, who: RegExp, topics?: RegExp): Promise<string> {
  await seen(heading(page, '委托一个人'))
  await pick(page, who)
  if (topics) await pick(page, topics)
  await pick(page, '帮我填写')
  await page.locator('[id="ends-on"]').locator('visible=true').fill(today)
  await page.getByRole('checkbox', { name: /我同意代办人/ }).locator('visible=true').check()
  await tap(page, '下一步')
  await seen(heading(page, '把代办码给他'))
  return page.locator('.entrust-code').locator('visible=true').innerText()
}

async function accept(page: Page): Promise<void> {
  await seen(heading(page, '请您代办'))
  await tickAll(page)
  await tap(page, '同意，开始代办')
  await seen(heading(page, '一件事，一次办好'))
}

/** 我帮谁办 → this one. */
async function switchTo(page: Page, whom: RegExp): Promise<void> {
  await page.goto('/pages/acting/index')
  await button(page, whom).first().click()
  await seen(heading(page, '一件事，一次办好'))
}

/** All that a phone keeps, as somebody who finds it would read it. */
const kept = (page: Page) => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))

const waiting = (page: Page) => button(page, new RegExp(`${BIRTH}.*没填完`, 's'))

describe.skipIf(!hasBrowser)('委托代办, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('a mother’s draft is filled by an agent, who sees on every page whose it is', async () => {
    mother = await newPhone(travel)
    await startForm(mother, travel.product, MOTHER, { title: BIRTH, answers: MAIN })
    await says(mother, /已为您从电子证照带出 \d+ 项/)
    await says(mother, '已保存')
    await mother.goto('/pages/entrust/index?topic=newborn')
    const code = await codeFrom(mother, /代办人员/)

    agent = await arrive(AGENT, `/pages/acting/index?code=${code.replaceAll('-', '')}`)
    await seen(heading(agent, '请您代办'))
    const asked = await agent.locator('main').locator('visible=true').innerText()
    expect(asked).toContain(BIRTH)
    expect(asked, 'this matter and no other').not.toContain('、')
    await accept(agent)
    await actsFor(agent, '阿依努尔·**（委托人）')
    await agent.goto('/pages/topic/index?topic=marriage')
    await says(agent, '这件事没有委托给您')
    await goHome(agent)
    await waiting(agent).first().click()
    await seen(heading(agent, BIRTH))
    await actsFor(agent, '阿依努尔·**（委托人）')
    await tap(agent, /^继续填写/)
    await seen(heading(agent, /信息/))
    await actsFor(agent, '阿依努尔·**（委托人）')
    await fillForm(agent, {
      ...FORM, 'child.name': BABY, 'child.birthPlace': '喀什地区第一人民医院',
      'child.insuranceRegion': '653101', 'mother.homeAddress': '新疆喀什市虚构街 1 号',
    })
    await actsFor(agent, '阿依努尔·**（委托人）')
    await photographAll(agent, 900)
    await tickAll(agent)
    await tap(agent, '继续')
    await seen(heading(agent, '核对填写的内容'))
    await actsFor(agent, '阿依努尔·**（委托人）')
    expect(await button(agent, '确认无误，去签名').count(), 'may fill, not file').toBe(0)
    await tap(agent, '填好了，交还给本人提交')
    await seen(heading(agent, '一件事，一次办好'))
    expect(await banner(agent).count()).toBe(0)
    expect(await waiting(agent).count(), 'hers, not the agent’s').toBe(0)
  })

  it('another client of the agent is another world, in the phone’s storage too', async () => {
    const elder = await arrive(ELDER, '/pages/entrust/index')
    await tap(elder, '委托一个人')
    const code = await codeFrom(elder, /子女/, /所有事项/)
    await elder.context().close()
    await agent.goto('/pages/acting/index')
    await tap(agent, /输入代办码/)
    await agent.getByLabel('代办码').locator('visible=true').fill(code.toLowerCase())
    await tap(agent, '查看委托')
    await accept(agent)
    await actsFor(agent, '依明·**（老人）')
    expect(await waiting(agent).count()).toBe(0)
    await agent.goto('/pages/topic/index?topic=newborn')
    await seen(button(agent, '开始办理'))
    expect(await agent.locator('body').innerText()).not.toContain('继续填写')
    expect(await kept(agent)).not.toContain(BABY)
    await agent.goto('/pages/form/index?topic=newborn')
    await seen(agent.locator('.page').locator('visible=true'))
    await actsFor(agent, '依明·**（老人）')
    const values = await agent.locator('input').evaluateAll((all) =>
      all.map((one) => (one as HTMLInputElement).value)) // only inputs match
    expect(values.join()).not.toMatch(/古扎丽|阿依努尔/)
  })

  it('the mother submits and revokes; the agent is out at the next request', async () => {
    await switchTo(agent, /换成委托人 阿依努尔/)
    await actsFor(agent, '阿依努尔·**（委托人）')
    expect(await kept(agent)).toContain('sealed:@')
    await goHome(mother)
    await waiting(mother).first().click()
    await tap(mother, /^继续填写/)
    if (await heading(mother, '核对填写的内容').count() === 0) {
      await mother.goto('/pages/check/index?topic=newborn')
    }
    await says(mother, BABY)
    await signAndSubmit(mother)
    await mother.goto('/pages/entrust/index')
    await says(mother, '代办人 赵**明')
    await tap(mother, /撤销委托/)
    await mother.getByRole('dialog').getByRole('button', { name: '撤销委托' }).click()
    await says(mother, '已撤销')
    const own = (await kept(agent)).match(/sealed:@[0-9a-f-]+/)?.[0] ?? ''
    await agent.goto('/pages/cases/index')
    await says(agent, '委托已经结束，已换回本人')
    await seen(heading(agent, '一件事，一次办好'))
    expect(await banner(agent).count()).toBe(0)
    expect(own).not.toBe('')
    expect(await kept(agent), 'wiped from the phone').not.toContain(own)
    await agent.goto('/pages/cases/index')
    await says(agent, '还没有办件')
    await agent.goto('/pages/acting/index')
    await says(agent, '已结束')
    expect(await button(agent, /换成委托人 阿依努尔/).count()).toBe(0)
  })

  it('a guardian adds the child and sees only what is the child’s', async () => {
    const guardian = await newPhone(travel)
    await startForm(guardian, travel.product, GUARDIAN, { title: SCHOOL, answers: TRANSFER })
    await fillForm(guardian, {
      'child.transferGrade': '小学四年级', 'child.wantedSchool': '喀什市演示第三小学',
    })
    await tickAll(guardian)
    await tap(guardian, '继续')
    await signAndSubmit(guardian)
    await guardian.goto('/pages/acting/index')
    await tap(guardian, /添加我的孩子/)
    await seen(heading(guardian, '添加我的孩子'))
    await tap(guardian, '添加')
    await says(guardian, '您是监护人并且同意的话，请打勾。')
    await tickAll(guardian)
    await tap(guardian, '添加')
    await seen(heading(guardian, '一件事，一次办好'))
    await actsFor(guardian, '李**雨（孩子）')
    await guardian.goto('/pages/cases/index')
    await says(guardian, '还没有办件')
    await actsFor(guardian, '李**雨（孩子）')
    await button(guardian, '换回本人').first().click()
    await seen(heading(guardian, '一件事，一次办好'))
    await guardian.goto('/pages/cases/index')
    await says(guardian, SCHOOL)
    await says(guardian, '已经提交的')
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
