/** A department's system is down: who sees what it did not get, by hand or sent again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import pino from 'pino'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClient } from '../../scripts/rig/client'
import { type Embedded, startEmbedded } from '../../server/db/embedded'
import {
  type Hall, acceptAndDispatch, approve, deskOf, press, rowOf, standsAt, violationsOf,
} from './desk-walk'
import { citizenOf, fileCase } from './filing'
import {
  type Product, freePort, hasBrowser, openBrowser, startProduct, tellDepartment,
} from './product'
import { demo } from './traveller'

const SHOTS = process.env.DESK_SHOTS
const DEPARTMENT = 'public-security'
const LANE = `department:${DEPARTMENT}`

let product: Product
let postgres: Embedded
let owner: pg.Client
let hall: Hall
let numbers: string[]

/** Judged as it stands, and looked at where one asks for pictures. */
async function look(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/letters-${name}.png` })
  hall.faults.push(...(await violationsOf(page)).map((found) => `${name}, ${found}`))
}

const to = (page: Page, section: string) =>
  page.getByRole('navigation').getByRole('link', { name: section }).click()

const open = async () => (await owner.query<{ reason: string | null }>(
  `select last_error as reason from outbox where lane = $1 and done_at is null`, [LANE])).rows

async function again(page: Page, name: string | RegExp): Promise<void> {
  await press(page, name)
  const dialog = page.getByRole('dialog', { name: /再送一次/ })
  await press(dialog, '再送一次')
  await dialog.getByText('请填写').waitFor()
  await dialog.getByLabel('为什么现在再送').fill('本部门系统 9 点已恢复')
  await look(page, 'again')
  await press(dialog, '再送一次')
  await dialog.waitFor({ state: 'detached' })
}

describe.skipIf(!hasBrowser)('a department whose own system is down', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'one-thing-letters-'))
    postgres = await startEmbedded(dataDir, pino({ level: 'silent' }))
    product = await startProduct({
      DATA_DIR: dataDir, PORT: `${await freePort()}`, MOCK_CLERK: 'off', MOCK_SPEED: '0.2',
    })
    owner = new pg.Client(postgres.connection)
    await owner.connect()
    hall = { browser: await openBrowser(), product, faults: [], screens: new Map() }
    await tellDepartment(product, DEPARTMENT, { then: 'down' })
    const client = openClient(Number(new URL(product.url).port))
    const citizen = await citizenOf(product, client, demo('13900000017'))
    const clerk = await deskOf(hall, 'window-kashgar-shi')
    numbers = []
    for (const seed of [1, 2, 3]) {
      const { number } = await fileCase(client, citizen, {
        topicId: 'graduate-settling', regionCode: '653101', seed,
      })
      await acceptAndDispatch(clerk, number)
      numbers.push(number)
    }
    client.close()
  })
  afterAll(async () => {
    await hall?.browser.close()
    await owner?.end()
    await product?.stop()
    await postgres?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('sees at once what is late, and works on it by hand', async () => {
    const police = await deskOf(hall, `handler-${DEPARTMENT}`)
    await expect.poll(async () => (await open()).every(({ reason }) => reason), { timeout: 30_000 }).toBe(true)
    await to(police, '未送达')
    await police.getByText(/对方系统没有收到，可以在这里直接办理/).waitFor()
    const row = await rowOf(police, new RegExp(`${numbers[0]}.*失败待重试.*对方系统没有回应`))
    expect(await row.getByRole('button').count(), 'it is tried again by itself').toBe(0)
    await look(police, 'late')
    await row.getByRole('link').click()
    await police.getByRole('heading', { level: 1, name: new RegExp(numbers[0] ?? '') }).waitFor()
    await press(police, '接收')
    await approve(police)
  })

  it('is looked after: the system administrator sees what was given up', async () => {
    await giveUp()
    const admin = await deskOf(hall, 'system-admin')
    await to(admin, '对接投递')
    await admin.getByRole('row', { name: /公安局系统.*3/ }).first().waitFor()
    await look(admin, 'deliveries')
    await admin.getByRole('group', { name: '按状态看' }).getByRole('button', { name: /^待投递/ }).click()
    await admin.getByRole('row', { name: /失败待重试/ }).first().waitFor()
    await look(admin, 'deliveries-waiting')
    await to(admin, '运行情况')
    await admin.getByText('投不出去').waitFor()
    await look(admin, 'health')
  })

  it('is sent it again with a reason, one or all, and no other department sees any of it', async () => {
    const police = await deskOf(hall, `handler-${DEPARTMENT}`)
    await to(police, '未送达')
    const [, second, third] = numbers
    await rowOf(police, new RegExp(`${second}.*待接收.*已放弃`))
    await rowOf(police, new RegExp(`${numbers[0]}.*已办结.*已放弃`))
    await look(police, 'dead')
    await tellDepartment(product, DEPARTMENT, { then: 'approve' })
    await again(police, new RegExp(`^再送一次 ${second}`))
    await police.getByRole('row', { name: new RegExp(second ?? '') }).waitFor({ state: 'detached', timeout: 60_000 })
    await again(police, /^全部再送一次/)
    await police.getByText(/^没有未送达的/).waitFor({ timeout: 60_000 })
    await look(police, 'none')
    await to(police, '事项')
    await police.getByLabel('编号或姓名').fill(third ?? '')
    await (await rowOf(police, new RegExp(`${third}.*已办结`))).click()
    await standsAt(police, '已办结')
    const health = await deskOf(hall, 'handler-health')
    await to(health, '未送达')
    await health.getByText(/^没有未送达的/).waitFor()
  })

  it('met no error of its own on the way', () => {
    expect(hall.faults).toEqual([])
  })
})

/** As after a day and a half; and what else may lie in the lanes by then. */
async function giveUp(): Promise<void> {
  await owner.query(
    `update outbox set dead_at = now(), attempts = 10 where lane = $1 and done_at is null`, [LANE])
  await owner.query(
    `insert into outbox (lane, topic, key, payload, created_at, due_at, dead_at, attempts, last_error)
     select 'wechat', 'message-wechat', 'given-up-' || n, ''::bytea, now() - interval '3 days', now(), now(), 10,
            case when n % 2 = 0 then 'WeChat does not take it' else 'no answer in time' end
       from generate_series(1, 24) n
     union all
     select 'sms', 'message-sms', 'waits-' || n, ''::bytea, now() - interval '5 hours',
            now() + interval '3 hours', null::timestamptz, 5, 'OUTSIDE_DOWN'
       from generate_series(1, 3) n`)
}
