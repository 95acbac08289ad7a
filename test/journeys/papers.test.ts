/** 文书: a notice of a finished case, saved as a file, is what anybody can check on the public page. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { misfits } from './fits'
import { hasBrowser, openBrowser } from './product'
import { type Travel, begin, demo, newPhone } from './traveller'
import {
  type Answers, fillForm, finish, heading, photographAll, says, seen, signAndSubmit, tap, tickAll,
} from './walk'

const ANSWERS: Answers = [
  [/上几年级/, /^转学/], [/什么人/, /^父亲或者母亲/], [/户口在哪里/, /^就在要上学/],
  [/住的房子/, /^自己家的/], [/下面的情况/, /^都没有/],
]

const SHOTS = process.env.PAPER_SHOTS

let browser: Browser
let travel: Travel

async function save(page: Page, title: string): Promise<string> {
  const saved = page.waitForEvent('download', { timeout: 60_000 })
  await tap(page, `保存${title}`)
  return (await saved).path()
}

/** As somebody reads it off the paper. */
function codeOn(path: string): string {
  const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s/g, '')
  return /输入核验码：([\w-]{43})/.exec(text)?.[1] ?? ''
}

/** Whoever holds the paper, on an ordinary and on a narrow phone. */
async function checkByCode(code: string, title: string): Promise<void> {
  const page = await newPhone(travel, `/pages/verify/index?code=${code}`)
  await says(page, '文书有效')
  await says(page, title)
  expect(await page.getByText('申请人').count()).toBeGreaterThan(0)
  for (const width of [375, 320]) {
    await page.setViewportSize({ width, height: 812 })
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/verify-${title}-${width}.png`, fullPage: true })
    // the ribbon 样本 is cut at the corner on purpose
    expect((await misfits(page, width)).filter((fault) => !fault.includes('section.document')))
      .toEqual([])
  }
  await page.context().close()
}

async function check(page: Page, buffer: Buffer): Promise<void> {
  const chosen = page.waitForEvent('filechooser')
  await tap(page, '选择文件')
  await (await chosen).setFiles({ name: '受理通知书.pdf', mimeType: 'application/pdf', buffer })
}

describe.skipIf(!hasBrowser)('文书, in the browser', () => {
  beforeAll(async () => {
    browser = await openBrowser()
    travel = { browser, product: inject('product')!, faults: [] }
  })
  afterAll(() => browser?.close())

  it('are listed with the case, saved, and told true from changed by whoever is shown them', async () => {
    const page = await begin(travel, demo('13900000008'), { title: '入学一件事', answers: ANSWERS })
    await says(page, /已为您从电子证照带出 \d+ 项/)
    await fillForm(page, { 'child.transferGrade': '小学四年级', 'child.wantedSchool': '喀什市演示第三小学' })
    await photographAll(page, 470)
    await tickAll(page)
    await tap(page, '继续')
    await signAndSubmit(page)
    await finish(page)
    await tap(page, /^办件文书/)
    await says(page, '送达回证')
    const path = await save(page, '受理通知书')
    const file = readFileSync(path)
    for (const [title, at] of [['受理通知书', path], ['办结通知书', await save(page, '办结通知书')]] as const) {
      await checkByCode(codeOn(at), title)
    }

    const other = await newPhone(travel, '/pages/verify/index')
    await seen(heading(other, '核验文书和结果'))
    await check(other, file)
    await says(other, '真的')
    await says(other, '受理通知书')
    await tap(other, '核验另一个')
    const changed = Buffer.from(file)
    const at = file.indexOf('stream') + 20
    changed[at] = (changed[at] ?? 0) ^ 1
    await check(other, changed)
    await says(other, '被改过，请勿使用')
    await tap(other, '核验另一个')
    await check(other, Buffer.from('%PDF-1.7 of somebody else'))
    await says(other, '不是我们发的')
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})
