/** 目录: a department rewords its topic, two people publish, the citizen reads it at once. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Hall, deskOf, press, pressAndConfirm, standsAt, violationsOf,
} from './desk-walk'
import { type Product, hasBrowser, openBrowser, startProduct } from './product'
import { newPhone } from './traveller'
import { says } from './walk'

const TOPIC = '新生儿出生'
const FRESH = '孩子出生后的六件事，拿一次材料就办好。'

let product: Product
let browser: Browser
let hall: Hall

async function openTopic(login: string): Promise<Page> {
  const page = await deskOf(hall, login)
  await page.getByRole('link', { name: TOPIC }).click()
  await page.getByRole('heading', { level: 1, name: TOPIC }).waitFor()
  return page
}

describe.skipIf(!hasBrowser)('the catalogue desk', () => {
  beforeAll(async () => {
    product = await startProduct()
    browser = await openBrowser()
    hall = { browser, product, faults: [], screens: new Map() }
  })
  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  it('takes new words from the editor over two publishers to the phone', async () => {
    const phone = await newPhone({ browser, product, faults: hall.faults }, '/pages/topic/index?topic=newborn')
    await phone.locator('h1').getByText(TOPIC).waitFor()
    expect(await phone.getByText(FRESH).count()).toBe(0)

    const editor = await openTopic('editor-health')
    await press(editor, '开始修订')
    await editor.getByRole('textbox', { name: '简介', exact: true }).fill(FRESH)
    await press(editor, '保存')
    await editor.getByRole('tab', { name: '差别' }).click()
    await editor.getByRole('region', { name: '整份修订稿' }).getByText(FRESH).first().waitFor()
    expect(await violationsOf(editor)).toEqual([])
    await pressAndConfirm(editor, '提交审核')
    await standsAt(editor, '待审核')

    const first = await openTopic('publisher-kashgar')
    await pressAndConfirm(first, '审核通过')
    await standsAt(first, '待发布')
    expect(await first.getByRole('button', { name: /^发布/ }).count(), 'one person, one of the two steps').toBe(0)

    const second = await openTopic('publisher-kashgar-second')
    expect(await violationsOf(second)).toEqual([])
    await pressAndConfirm(second, '发布')
    await second.getByText(/第 4 版/).first().waitFor()

    await phone.goto('/pages/topic/index?topic=newborn')
    await says(phone, FRESH)
    await phone.context().close()
  })

  it('met no error of its own on the way', () => {
    expect(hall.faults).toEqual([])
  })
})
