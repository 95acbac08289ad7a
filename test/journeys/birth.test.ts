/**
 * The whole birth through the real app in a real browser, on the product as `npm start` brings it
 * up: from the home page to the rating.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { FORM, MAIN, REYHAN, id } from './newborn'
import { countEffort, effortOf } from './counting'
import { photo } from './photos'
import { hasBrowser, openBrowser, phone, tellDepartment } from './product'
import {
  type Answers, type Person, allSent, answerQuestions, button, fillForm, fillPage, heading,
  photographAll, proveIdentity, says, seen, shoot, signAndSubmit, signIn, tap, tickAll,
} from './walk'

const AYNUR: Person = {
  name: '阿依努尔·阿布都热合曼', idNumber: id('65310119960214000'), phone: '13900000001',
}

const ELI: Person = {
  name: '艾力·吐尔逊', idNumber: id('65310119940703000'), phone: '13900000002',
}

const product = inject('product')!
let browser: Browser
let context: BrowserContext
let page: Page
const faults: string[] = []

async function newPhone(): Promise<Page> {
  context = await phone(browser, product.url)
  context.setDefaultTimeout(30_000)
  await countEffort(context)
  const fresh = await context.newPage()
  fresh.on('pageerror', ({ message }) => faults.push(message))
  await fresh.goto('/')
  return fresh
}

const department = (name: string, behaviour: object) => tellDepartment(product, name, behaviour)

/** A parent with e-certificates, from the home page to a case under way. */
async function submitWithCertificates(person: Person, answers: Answers): Promise<void> {
  page = await newPhone()
  await answerQuestions(page, '新生儿出生', answers)
  await tap(page, /填写|下一步|继续/)
  await signIn(page, product, person)
  await proveIdentity(page, person)
  await seen(heading(page, /信息/))
  await says(page, /已为您从电子证照带出 \d+ 项/)
  await fillForm(page, {
    ...FORM,
    'child.name': '古扎丽努尔·艾力', 'child.birthPlace': '喀什地区第一人民医院',
    'child.insuranceRegion': '653101', 'mother.homeAddress': '新疆喀什市虚构街 1 号',
  })
  await photographAll(page, 300)
  await tickAll(page)
  await tap(page, '继续')
  await signAndSubmit(page)
  const { taps, typed } = await effortOf(page)
  console.log(`${person.name}: ${taps} taps, ${typed} fields typed`)
  expect(taps, 'U52').toBeLessThanOrEqual(40)
  expect(typed, 'U52').toBeLessThanOrEqual(25)
  await tap(page, '查看办理进度')
}

/** A photo of over 4 MB leaves the phone as at most 0.4 MB; how fast depends on the machine (U21). */
async function photographLarge(): Promise<void> {
  const picture = await photo('母亲的居民身份证 人像面', 90, 99)
  expect(picture.length).toBeGreaterThan(4 * 1024 * 1024)
  const promised = page.waitForRequest((call) => call.method() === 'POST' && call.url().endsWith('/v1/materials'))
  const parts: Record<string, number> = {}
  page.on('request', (call) => {
    const id = /materials\/([\w-]+)\/chunks\/\d+$/.exec(call.url())?.[1]
    if (id) parts[id] = (parts[id] ?? 0) + (call.postDataBuffer()?.length ?? 0)
  })
  const from = button(page, '从相册选：母亲的居民身份证 人像面')
  await from.scrollIntoViewIfNeeded()
  const began = Date.now()
  await shoot(page, from, '母亲的居民身份证 人像面', picture)
  await seen(button(page, '查看母亲的居民身份证 人像面'))
  console.log(`a photo of ${(picture.length / 1e6).toFixed(1)} MB is judged and shrunk in ${Date.now() - began} ms`)
  const { size } = (await promised).postDataJSON() as { size: number } // what uploadPhoto sends
  await allSent(page)
  expect(Object.values(parts)).toEqual([size])
  expect(size).toBeGreaterThan(100 * 1024)
  expect(size).toBeLessThanOrEqual(400 * 1024)
}

describe.skipIf(!hasBrowser)('新生儿出生, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('goes from the home page to the rating, with a correction while its siblings go on', async () => {
    page = await newPhone()
    await answerQuestions(page, '新生儿出生', MAIN)
    await tap(page, /填写|下一步|继续/)
    await signIn(page, product, REYHAN)
    await proveIdentity(page, REYHAN)

    // mid-form: a reload loses nothing
    await seen(heading(page, /孩子信息/))
    await fillPage(page, FORM)
    await says(page, '已保存')
    await page.reload()
    await seen(heading(page, /孩子信息/))
    expect(await page.locator('[id="child.name"]').inputValue()).toBe(FORM['child.name'])

    // without a network the form goes on, and says so
    await context.setOffline(true)
    await tap(page, '继续')
    await fillPage(page, FORM)
    await says(page, /没有网络|已存在手机/)
    await context.setOffline(false)
    await says(page, '已保存')
    await fillForm(page, FORM)

    await photographLarge()
    expect(await photographAll(page, 100)).toBeGreaterThanOrEqual(6)
    await tickAll(page)
    await tap(page, '继续')

    await department('public-security', {
      itemId: 'birth-registration',
      then: 'correct',
      asks: [{ kind: 'material', key: 'father.id-card', reason: '国徽面反光，看不清有效期' }],
      delayMs: 200,
    })
    const number = await signAndSubmit(page)
    expect(number).toMatch(/^YJS6531\d{2}06\d{8}\d{5}[0-9A-Z]$/)
    await page.goBack()
    expect(await button(page, '提交申请').count(), 'back never submits again').toBe(0)
    await page.goto('/pages/cases/index')
    await button(page, /新生儿出生/).first().click()
    await says(page, number)

    await says(page, /需要您补正/)
    await department('public-security', { then: 'approve' })
    await says(page, /预防接种证/)
    await tap(page, '去补正')
    await says(page, /国徽面反光/)
    for (const side of ['人像面', '国徽面']) {
      const again = button(page, new RegExp(`^从相册选：父亲的居民身份证 ${side}`)).first()
      await shoot(page, again, `父亲的居民身份证 ${side}`, 200 + side.length)
    }
    await allSent(page)
    await tap(page, '提交补正')

    await says(page, /已办结|可以领取|结果/, 90_000)
    await seen(button(page, /确认收到/))
    await tap(page, /确认收到/)
    await tap(page, '评价这次办理')
    await page.getByRole('radio', { name: /非常满意/ }).locator('visible=true').first().check()
    await tap(page, '提交评价')
    await seen(heading(page, '谢谢您的评价'))
  })

  it('tells a rejection with its reason, and the other items still finish', async () => {
    await department('human-resources', {
      itemId: 'social-security-card', then: 'reject', reason: '该人员已在其他地区领过社保卡', delayMs: 100,
    })
    await submitWithCertificates(AYNUR, MAIN)
    await says(page, /已在其他地区领过社保卡/, 90_000)
    await says(page, /居民医保/)
    await department('human-resources', { then: 'approve', delayMs: 100 })
  })

  it('can be withdrawn while departments are at work', async () => {
    await department('health', { then: 'silent' })
    await submitWithCertificates(ELI, [[/什么人/, /^父亲/], ...MAIN.slice(1)])
    await tap(page, '撤回申请')
    await seen(page.getByRole('dialog'))
    await page.getByRole('dialog').getByRole('button', { name: '撤回申请' }).click()
    await says(page, /已撤回/)
    expect(await button(page, '撤回申请').count()).toBe(0)
    await department('health', { then: 'approve', delayMs: 100 })
  })

  it('met no error of its own on the way', () => {
    expect(faults).toEqual([])
  })
})
