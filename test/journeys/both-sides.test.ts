/**
 * Three topics from the phone to the hand-over with people on both sides: the citizen in the app,
 * staff in the console. Departments whose own system is told to stay silent decide by hand.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import pino from 'pino'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toldOf } from '../../core/escalation'
import { checkDigit11643, checkDigit32100 } from '../../core/values'
import { type Embedded, startEmbedded } from '../../server/db/embedded'
import * as bereaved from './bereaved'
import {
  type Hall, acceptAndDispatch, approve, deskOf, handOver, openCase, openTask, press,
  pressAndConfirm, rowOf, standsAt, taskRow, toList, violationsOf,
} from './desk-walk'
import * as founders from './founders'
import { FORM, MAIN, REYHAN } from './newborn'
import {
  type Product, freePort, hasBrowser, openBrowser, startProduct, tellDepartment,
} from './product'
import { type Travel, begin, inviteAll } from './traveller'
import {
  allSent, button, fillForm, heading, photographAll, says, seen, shoot, signAndSubmit, tap, tickAll,
} from './walk'

const WINDOW = 'window-kashgar'
const SILENT = { then: 'silent' }
/** failed attempts after which more than a day has gone (server/outbox/schedule.ts) */
const ATTEMPTS_OF_A_DAY = 8

let product: Product
let postgres: Embedded
let owner: pg.Client
let settings: Record<string, string>
let travel: Travel
let hall: Hall

const desk = (login: string): Promise<Page> => deskOf(hall, login)

/** How departments answer from now on, by id; `*` is every item not named. */
async function tell(department: string, behaviours: Readonly<Record<string, object>>): Promise<void> {
  const { '*': all, ...items } = behaviours
  if (all) await tellDepartment(product, department, all)
  for (const [itemId, one] of Object.entries(items)) {
    await tellDepartment(product, department, { itemId, ...one })
  }
}

/** The filled form to the case number, results to be fetched at the window. */
async function submit(page: Page, seed: number, others?: () => Promise<void>): Promise<string> {
  await photographAll(page, seed)
  await tickAll(page)
  await tap(page, '继续')
  const number = await signAndSubmit(page, others, /窗口/)
  await tap(page, '查看办理进度')
  await says(page, number)
  return number
}

async function taskId(number: string, item: string): Promise<[caseId: string, n: number]> {
  const { rows } = await owner.query<{ case_id: string; n: number }>(
    'select case_id, n from tasks join cases on cases.id = case_id where number = $1 and item_id = $2',
    [number, item])
  const [row] = rows
  if (!row) throw new Error(`no ${item} in ${number}`)
  return [row.case_id, row.n]
}

describe.skipIf(!hasBrowser)('from the phone to the hand-over, by people on both sides', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'one-thing-both-sides-'))
    postgres = await startEmbedded(dataDir, pino({ level: 'silent' }))
    settings = {
      DATA_DIR: dataDir, PORT: `${await freePort()}`, MOCK_CLERK: 'off', MOCK_SPEED: '0.2',
    }
    product = await startProduct(settings)
    owner = new pg.Client(postgres.connection)
    await owner.connect()
    const browser = await openBrowser()
    travel = { browser, product, faults: [] }
    hall = { browser, product, faults: travel.faults, screens: new Map() }
  })
  afterAll(async () => {
    await travel?.browser.close()
    await owner?.end()
    await product?.stop()
    await postgres?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('merges the corrections of two departments into one round, pauses, and hands over', async () => {
    await tell('health', { '*': SILENT, 'birth-medical-certificate': { then: 'approve' } })
    await tell('public-security', { '*': SILENT })
    const parent = await begin(travel, REYHAN, { title: '新生儿出生', answers: MAIN })
    await fillForm(parent, FORM)
    const number = await submit(parent, 700)
    const clerk = await desk(WINDOW)
    await acceptAndDispatch(clerk, number)

    const nurse = await desk('handler-health')
    await openTask(nurse, { number, item: '预防接种证', tab: '待接收' })
    await press(nurse, '接收')
    await press(nurse, '要求补正：母亲的现住址')
    await nurse.getByRole('textbox', { name: '母亲：现住址' }).fill('没有写到门牌号')
    await press(nurse, '提交给窗口')
    await standsAt(nurse, '等补正')
    const police = await desk('handler-public-security')
    await openTask(police, { number, item: '出生登记', tab: '待接收' })
    await press(police, '接收')
    await press(police, '要求补正材料：父亲：居民身份证')
    await press(police, '父亲：居民身份证：看不清')
    await press(police, '提交给窗口')
    await standsAt(police, '等补正')

    await openCase(clerk, number)
    const round = clerk.getByRole('region', { name: '补正清单' })
    await round.getByText('补正清单（2 处，一次告知）').waitFor()
    await round.getByText(/卫.*提出/).waitFor()
    await round.getByText(/公安局.*提出/).waitFor()
    await press(clerk, '发出补正通知')
    await standsAt(clerk, '补正中')

    await says(parent, '有 2 处需要您补正')
    await tap(parent, '去补正')
    await says(parent, '原因：没有写到门牌号')
    await says(parent, '原因：看不清')
    await parent.locator('[id="mother.homeAddress"]').locator('visible=true')
      .fill('新疆叶城县虚构路 8 号 2 单元 301 室')
    for (const side of ['人像面', '国徽面']) {
      const again = button(parent, new RegExp(`^从相册选：父亲的居民身份证 ${side}`)).first()
      await shoot(parent, again, `父亲的居民身份证 ${side}`, 760 + side.length)
    }
    await allSent(parent)
    await tap(parent, '提交补正')
    await says(parent, /正在办理/)
    const { rows } = await owner.query('select rounds from cases where number = $1', [number])
    expect(rows).toEqual([{ rounds: 1 }])

    await openTask(nurse, { number, item: '预防接种证', tab: '办理中' })
    await nurse.getByText('新疆叶城县虚构路 8 号 2 单元 301 室').waitFor()
    await approve(nurse)
    await pauseAndResume(police, parent, number)
    const first17 = `653126${(FORM['child.bornAt'] ?? '').slice(0, 10).replaceAll('-', '')}000`
    await approve(police, { '孩子：身份证号': first17 + checkDigit11643(first17) })

    await says(parent, /已全部办完/, 90_000)
    await handOver(clerk, number)
    await says(parent, '已出件')
    await tap(parent, /^查看.*预防接种证/)
    await seen(heading(parent, '办理结果'))
    await parent.goBack()
    await tap(parent, '评价这次办理')
    await parent.getByRole('radio', { name: /非常满意/ }).locator('visible=true').first().check()
    await tap(parent, '提交评价')
    await seen(heading(parent, '谢谢您的评价'))
    await parent.context().close()
  })

  it('waits a day for a department whose system is down, while the others go on', async () => {
    await tell('health', { '*': { then: 'approve' } })
    await tell('public-security', { '*': SILENT })
    await tell('human-resources', { '*': { then: 'down' } })
    const { ANSWERS, BROTHER, DAUGHTER, SISTER } = bereaved
    const daughter = await begin(travel, DAUGHTER, { title: '公民身后', answers: ANSWERS })
    await fillForm(daughter, bereaved.FORM)
    const number = await submit(daughter, 800, () => inviteAll(travel, daughter, [BROTHER, SISTER]))
    const clerk = await desk(WINDOW)
    await acceptAndDispatch(clerk, number)

    const police = await desk('handler-public-security')
    await openTask(police, { number, item: '户口注销', tab: '待接收' })
    await letADayPass('human-resources')
    await press(police, '接收')
    await approve(police)
    await openCase(clerk, number)
    await (await taskRow(clerk, '户口注销')).getByText('已办结').waitFor()
    await (await taskRow(clerk, '养老保险')).getByText('待接收').waitFor()

    await tell('human-resources', { '*': { then: 'approve' } })
    await dueNow('human-resources')
    await says(daughter, /已全部办完/, 90_000)
    await handOver(clerk, number)
    await says(daughter, '已出件')
    await seen(button(daughter, /^查看.*户口注销证明/))
    const footer = daughter.locator('.page-footer').locator('visible=true')
    expect(await footer.getByText('评价').count(), 'nobody is asked for stars').toBe(0)
    await daughter.context().close()
  })

  it('reports a refusal by itself, answers it, and takes it up again a rung higher', async () => {
    const son = await begin(travel, bereaved.SON, {
      title: '公民身后', answers: bereaved.FEW_ANSWERS,
    })
    await fillForm(son, bereaved.FORM)
    const number = await submit(son, 850)
    const clerk = await desk(WINDOW)
    await openCase(clerk, number)
    await press(clerk, '不予受理')
    const dialog = clerk.getByRole('dialog')
    await dialog.getByLabel('理由（写明法律依据）').fill('户口不在喀什，不属于本机关职权范围（行政许可法第三十二条）')
    expect(await dialog.getByLabel('救济途径').inputValue()).toMatch(/行政复议.*行政诉讼/)
    await press(dialog, '不予受理')
    await standsAt(clerk, '不予受理')
    await toList(clerk, '求助', '自动报备')
    await rowOf(clerk, /办不成事.*公民身后/)

    await says(son, '觉得不该这样？')
    await says(son, /户口不在喀什/)
    await tap(son, '反映“办不成事”')
    await son.locator('[id="help-text"]').locator('visible=true').fill('户口就在喀什，户口簿上写着')
    await tap(son, '发给工作人员')
    await seen(heading(son, '办不成事'))
    await says(son, /正在处理/)
    await toList(clerk, '求助', '待答复')
    await (await rowOf(clerk, /办不成事.*公民身后/)).click()
    await clerk.getByText('户口就在喀什，户口簿上写着').waitFor()
    await clerk.getByRole('textbox', { name: '答复' }).fill('请带户口簿到窗口，我们当面核对')
    await press(clerk, '发送答复')
    await standsAt(clerk, '等对方确认')

    await says(son, '请带户口簿到窗口，我们当面核对')
    await son.locator('[id="ticket-reply"]').locator('visible=true').fill('来过两次了，还是不收')
    await tap(son, '没解决，重新处理')
    await says(son, /正在处理/)
    const above = await desk('handler-civil-affairs')
    await toList(above, '求助', '待答复')
    await (await rowOf(above, /办不成事.*公民身后/)).click()
    await above.getByText('来过两次了，还是不收').waitFor()
    await son.context().close()
  })

  it('warns of an overdue item, yellow, then red, and still ends in the hand-over', async () => {
    await tell('market-supervision', { '*': SILENT })
    await tell('provident-fund', { '*': SILENT })
    await tell('public-security', { '*': { then: 'approve' } })
    await tell('human-resources', { '*': { then: 'approve' } })
    const { ANSWERS, FIRST, FOUNDER, SECOND } = founders
    const founder = await begin(travel, FOUNDER, { title: '企业开办', answers: ANSWERS })
    await fillForm(founder, founders.FORM)
    const number = await submit(founder, 900, () => inviteAll(travel, founder, [FIRST, SECOND]))
    const clerk = await desk(WINDOW)
    await acceptAndDispatch(clerk, number)

    const registrar = await desk('handler-market-supervision')
    await openTask(registrar, { number, item: '登记', tab: '待接收' })
    await press(registrar, '接收')
    const first17 = '91653101MA0000001'
    await approve(registrar, { '企业：统一社会信用代码': first17 + checkDigit32100(first17) })
    const fund = await desk('handler-provident-fund')
    await openTask(fund, { number, item: '公积金', tab: '待接收' })
    await press(fund, '接收')
    await standsAt(fund, '办理中')
    await says(founder, /6 项里已有 5 项有结果/, 90_000)

    for (const { tag, daysOver, told } of SIGNALS) {
      await overdueBy(number, 'company-provident-fund', daysOver)
      await restart()
      // the stand-ins have forgotten what they were told
      await tell('provident-fund', { '*': SILENT })
      await openCase(clerk, number)
      await (await taskRow(clerk, '公积金')).getByText(tag, { exact: true }).waitFor()
      await clerk.getByRole('tab', { name: '经过' }).click()
      await clerk.getByText(told).waitFor({ timeout: 70_000 })
      await says(founder, told)
    }
    await isEscalated(number, 'company-provident-fund')
    await urgeAndSupervise(clerk, number)
    await openTask(fund, { number, item: '公积金', tab: '办理中' })
    await fund.getByText('已经红牌，今天必须办结').waitFor()
    await approve(fund)
    await says(founder, /已全部办完/, 90_000)
    await handOver(clerk, number)
    await says(founder, '已出件')
    await seen(button(founder, /^查看.*营业执照/))
    await founder.context().close()
  })

  it('met no error of its own on the way', () => {
    expect(travel.faults).toEqual([])
  })
})

/** 预警 → 黄牌 → 红牌, by calendar days since the promised one. */
const SIGNALS = [
  { tag: '预警', daysOver: 0, told: /快到承诺期限了/ },
  { tag: '黄牌', daysOver: 1, told: /部门收到黄牌/ },
  { tag: '红牌', daysOver: 20, told: /部门收到红牌/ },
] as const

/** Moves an item's clock back: begun long ago, promised so many days before today. */
async function overdueBy(number: string, item: string, days: number): Promise<void> {
  const [caseId, n] = await taskId(number, item)
  await owner.query(
    `update tasks set started_at = now() - interval '40 days',
       due_on = x.today - $3::int, wake_on = x.today
       from (select (now() at time zone 'Asia/Shanghai')::date as today) x
      where case_id = $1 and n = $2`,
    [caseId, n, days])
}

/** A matter of supervision at each level, the worst still open, told one rung higher each time. */
async function isEscalated(number: string, item: string): Promise<void> {
  const { rows } = await owner.query(
    'select level, state, told from signals where case_id = $1 and n = $2 order by rank',
    await taskId(number, item))
  expect(rows).toEqual([
    { level: 'warning', state: 'closed', told: toldOf('warning') },
    { level: 'yellow', state: 'closed', told: toldOf('yellow') },
    { level: 'red', state: 'open', told: toldOf('red') },
  ])
}

/** The platform and its town, stopped and started where they were: the clocks look at once. */
async function restart(): Promise<void> {
  expect(await product.stop()).toBe(0)
  product = await startProduct(settings)
  travel.product = product
  hall.product = product
}

/** The window presses, supervision reads the same signal. */
async function urgeAndSupervise(clerk: Page, number: string): Promise<void> {
  await press(clerk, '督促')
  await clerk.getByRole('dialog').getByLabel('督促的话').fill('已经红牌，今天必须办结')
  await press(clerk, '发出督促')
  await clerk.getByText(/已催促.*公积金/).first().waitFor()
  const supervisor = await desk('supervisor-kashgar')
  await openCase(supervisor, number)
  await (await taskRow(supervisor, '公积金')).getByText('红牌', { exact: true }).waitFor()
  for (const section of ['时限信号', '监察数据']) {
    await supervisor.getByRole('navigation').getByRole('link', { name: section }).click()
    await supervisor.locator('#main h1').first().waitFor()
    expect(await violationsOf(supervisor), section).toEqual([])
  }
  await supervisor.getByRole('navigation').getByRole('link', { name: '时限信号' }).click()
  await (await rowOf(supervisor, new RegExp(number))).click()
  await supervisor.getByRole('heading', { level: 1, name: /公积金/ }).waitFor()
  expect(await violationsOf(supervisor), '红牌').toEqual([])
}

const LANE = 'lane = $1 and done_at is null'
const laneOf = (department: string) => [`department:${department}`]

/** What waits for a department is tried now instead of at its next time. */
async function dueNow(department: string): Promise<void> {
  await owner.query(`update outbox set due_at = now() where ${LANE}`, laneOf(department))
}

/** A day in which every attempt fails; nothing is given up. */
async function letADayPass(department: string): Promise<void> {
  const waiting = async () => {
    const { rows } = await owner.query<{ attempts: number; dead_at: Date | null }>(
      `select attempts, dead_at from outbox where ${LANE}`, laneOf(department))
    return rows
  }
  await expect.poll(async () => {
    await dueNow(department)
    return (await waiting())[0]?.attempts ?? 0
  }, { timeout: 60_000, interval: 1500 }).toBeGreaterThanOrEqual(ATTEMPTS_OF_A_DAY)
  expect(await waiting()).toMatchObject([{ dead_at: null }])
}

/** A legal reason stops the clock of 出生登记, and the citizen is told which. */
async function pauseAndResume(police: Page, parent: Page, number: string): Promise<void> {
  await openTask(police, { number, item: '出生登记', tab: '办理中' })
  await press(police, '暂停计时')
  const dialog = police.getByRole('dialog')
  await dialog.getByRole('radio', { name: '鉴定' }).check()
  await dialog.getByLabel('说明，申请人会看到').fill('送笔迹鉴定，约三天')
  await press(dialog, '暂停计时')
  await standsAt(police, '暂停计时')
  await says(parent, '鉴定期间不计时：送笔迹鉴定，约三天。')
  await pressAndConfirm(police, '恢复计时')
  await standsAt(police, '办理中')
  await says(parent, /开始，承诺/)
}
