/** 责任人联系表 kept at the desk, by keys alone, by two who do not see each other. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Hall, deskOf, press, violationsOf } from './desk-walk'
import { hasBrowser, openBrowser } from './product'

const SHOTS = process.env.DESK_SHOTS
const NAME = '帕提古丽·测试'

let browser: Browser
let hall: Hall
let supervision: Page
let head: Page

/** Judged as it stands, and looked at where one asks for pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/people-${name}.png` })
  hall.faults.push(...(await violationsOf(page)).map((found) => `${name}, ${found}`))
}

async function toPeople(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '责任人' }).click()
  await page.getByRole('region', { name: '责任人' }).waitFor()
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

/** From the field one is at to the next one. */
async function next(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.type(typed)
}

/** Opens the choice one is at and takes what has these letters. */
async function choose(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.type(letters)
  await page.keyboard.press('Enter')
}

describe.skipIf(!hasBrowser)('the people who answer', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    hall = { browser, product: inject('product')!, faults: [], screens: new Map() }
    supervision = await deskOf(hall, 'supervisor-kashgar')
    head = await deskOf(hall, 'handler-health')
    for (const page of [supervision, head]) await toPeople(page)
  })
  afterAll(() => browser?.close())

  it('are added by keys alone; what is wrong stands beside its field, what was typed stays', async () => {
    const page = supervision
    await look(page, 'list')
    await page.getByRole('button', { name: '添加' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '添加责任人' })
    await dialog.getByLabel('姓名').focus()
    await page.keyboard.press('Enter')
    await dialog.getByText('请选择部门').waitFor()
    await dialog.getByText('请填写姓名').waitFor()
    await look(page, 'wrong')
    await dialog.getByLabel('县市').focus()
    await page.keyboard.type('莎车')
    await page.keyboard.press('Enter')
    await choose(page, '卫')
    await next(page, '')
    await next(page, '')
    await next(page, '')
    await next(page, '')
    await next(page, NAME)
    await next(page, '12345')
    await page.keyboard.press('Enter')
    await dialog.getByText('联系电话应是 11 位手机号，或带区号的座机号。').waitFor()
    expect(await dialog.getByLabel('姓名').inputValue()).toBe(NAME)
    await look(page, 'refused')
    await dialog.getByLabel('联系电话').fill('13900000077')
    await page.keyboard.press('Enter')
    await page.getByText(`已添加莎车县卫健委的${NAME}。`).waitFor()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('row', { name: new RegExp(`莎车县卫.*${NAME}.*13900000077`) }).waitFor()
    await look(page, 'added')
  })

  it('are changed by the head of the department too; who comes second sees it and decides', async () => {
    await head.reload()
    await head.getByRole('button', { name: new RegExp(`^修改.*${NAME}`) }).click()
    const theirs = head.getByRole('dialog', { name: /修改责任人/ })
    await theirs.getByLabel('联系电话').fill('13900000078')
    await supervision.getByRole('button', { name: new RegExp(`^修改.*${NAME}`) }).click()
    const mine = supervision.getByRole('dialog', { name: /修改责任人/ })
    await mine.getByLabel('备注（可以不填）').fill('主办')
    await press(theirs, '保存')
    await head.getByText(`已保存${NAME}。`).waitFor()
    await press(mine, '保存')
    await mine.getByText(/卫健委经办人在 .* 改过这里，请先看看改了什么。/).waitFor()
    await mine.getByText(/现在登记的是：.*13900000078/).waitFor()
    expect(await mine.getByLabel('备注（可以不填）').inputValue()).toBe('主办')
    await look(supervision, 'meanwhile')
    await press(mine, '换成现在登记的')
    expect(await mine.getByLabel('联系电话').inputValue()).toBe('13900000078')
    await mine.getByLabel('备注（可以不填）').fill('主办')
    await press(mine, '保存')
    await supervision.getByRole('row', { name: /13900000078.*主办/ }).waitFor()
  })

  it('are taken out once it was said what that means', async () => {
    await supervision.getByRole('button', { name: new RegExp(`^删除.*${NAME}`) }).click()
    const dialog = supervision.getByRole('dialog', { name: /删除责任人/ })
    await dialog.getByText(/短信不再发给帕提古丽·测试/).waitFor()
    await dialog.getByText(/莎车县卫.*没有别的业务经办人员了，以后发给地区同一部门的责任人/).waitFor()
    await look(supervision, 'remove')
    await press(dialog, '删除')
    await supervision.getByText(`已删除${NAME}。`).waitFor()
    await supervision.getByRole('row', { name: new RegExp(NAME) }).waitFor({ state: 'detached' })
    expect(await focused(supervision)).toBe(`已删除${NAME}。`)
    await look(head, 'of-a-department')
  })

  it('met no error of its own on the way', () => {
    expect(hall.faults).toEqual([])
  })
})
