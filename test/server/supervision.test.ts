/** 电子监察: told up the ladder, ordered, explained, closed; counted by day. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import type { ContactPage } from '../../core/contract/contact'
import type {
  Overdue, SignalDetail, SignalPage, SupervisionFigures,
} from '../../core/contract/supervision'
import { tick } from '../../server/clocks/tick'
import { recountFigures } from '../../server/supervision/rollup'
import { readSheet } from '../../server/tables/sheet'
import {
  act, actTask, approve, dispatched, getCase, ok, passDays, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import type { SignedIn } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const police = desks['public-security']!
const supervisor = await harness.supervisor()
const PHONES = { handler: '13900000011', chief: '13900000012', leader: '13900000013' }

const get = async <T>(who: SignedIn, path: string) =>
  (await harness.call(who, { method: 'GET', url: `/v1/supervision/${path}` })).json<T>()
const signals = async (who: SignedIn, query = '') =>
  (await get<SignalPage>(who, `signals?limit=100${query}`)).signals
const actOn = (who: SignedIn, id: string, body: object) => harness.call(who, {
  method: 'POST', url: `/v1/supervision/signals/${id}/actions`, payload: { requestId: randomUUID(), ...body },
})

/** Runs `days` later and comes back, so that every test starts on the same Monday. */
async function later<T>(days: number, work: () => Promise<T>): Promise<T> {
  await passDays(harness, days)
  try {
    return await work()
  } finally {
    await passDays(harness, -days)
  }
}
const tickOn = (days: number) => later(days, async () => {
  await tick(harness.platform)
  await harness.deliver()
})

async function setContacts(contacts: object[], departmentId = 'public-security'): Promise<void> {
  const line = { topicId: null, itemId: null, stage: null, name: '某某' }
  const reply = await harness.call(supervisor, {
    method: 'PUT', url: '/v1/contacts', payload: {
      requestId: randomUUID(), departmentId, regionCode: '653101',
      contacts: contacts.map((one) => ({ ...line, ...one })),
    },
  })
  expect(reply.statusCode).toBe(200)
}
const roles = Object.entries(PHONES).map(([role, phone]) => ({ role, phone }))
const told = () => harness.world.sms
  .filter(({ phone, text }) => Object.values(PHONES).includes(phone) && /^(预警|[黄红]牌)/.test(text))
  .map(({ phone, text }) => [Object.entries(PHONES).find(([, one]) => one === phone)?.[0], text.slice(0, 2)])

/** What is open, of one case's first item. */
const of = async (view: CaseView, who = supervisor, query = '') => (await signals(who, query))
  .filter(({ caseId, itemId }) => caseId === view.id && itemId === 'number')

describe('a signal', () => {
  it('is told 经办, then 科室 too, then 分管 too; each person once a level, never by a name', async () => {
    await setContacts(roles)
    const view = await dispatched(harness, crew) // number is due on 30 November
    for (const days of [4, 4, 6, 8, 9, 14, 15]) await tickOn(days)
    expect(told()).toEqual([
      ['handler', '预警'], ['handler', '黄牌'], ['chief', '黄牌'],
      ['handler', '红牌'], ['chief', '红牌'], ['leader', '红牌'],
    ])
    const texts = harness.world.sms.map(({ text }) => text).filter((text) => text.includes(view.number))
    expect(texts.join()).not.toContain('迪丽娜尔')
    const rows = await harness.asOwner(
      `select level, state, told from signals where case_id = $1 and item_id = 'number' order by rank`, [view.id])
    expect(rows).toEqual([
      { level: 'warning', state: 'closed', told: ['handler'] },
      { level: 'yellow', state: 'closed', told: ['handler', 'chief'] },
      { level: 'red', state: 'open', told: ['handler', 'chief', 'leader'] },
    ])
    const events = await harness.asOwner(
      `select count(*)::int as n from case_events where case_id = $1
        and event->>'is' = 'task.signal' and event->>'itemId' = 'number'`, [view.id])
    expect(events).toEqual([{ n: 3 }])
  })

  it('goes to whoever is named closest; a landline and an empty table reach nobody', async () => {
    harness.world.sms.length = 0
    await setContacts([
      { role: 'handler', phone: '13900000019' },
      { role: 'handler', phone: PHONES.handler, topicId: TRIAL.id, itemId: 'number', stage: 'receive' },
      { role: 'chief', phone: '0998-2820000' },
    ])
    const view = await dispatched(harness, crew)
    await tickOn(8)
    expect(harness.world.sms.map(({ phone }) => phone)).not.toContain('13900000019')
    expect((await of(view))[0]?.told).toEqual(['handler'])
    const booklet = (await signals(supervisor)).find((one) => one.caseId === view.id && one.itemId === 'booklet')
    expect(booklet?.told).toEqual([])
  })

  it('goes to whoever is in the table at that moment', async () => {
    await setContacts([{ role: 'handler', phone: '13900000019' }])
    const view = await dispatched(harness, crew)
    await harness.deliver()
    harness.world.sms.length = 0
    const { contacts: [line] } = (await harness.call(supervisor, {
      method: 'GET', url: '/v1/contacts?department=public-security&region=653101',
    })).json<ContactPage>()
    const changed = await harness.call(supervisor, {
      method: 'POST', url: `/v1/contacts/${line?.id}/actions`, payload: {
        requestId: randomUUID(), do: 'change', revision: line?.revision, contact: {
          topicId: null, itemId: null, role: 'handler', stage: null, name: '接班测试', phone: PHONES.handler,
        },
      },
    })
    expect(changed.statusCode).toBe(200)
    const next = await dispatched(harness, crew)
    await harness.deliver()
    const toWhom = ({ number }: CaseView) => new Set(harness.world.sms
      .filter(({ text }) => text.includes(number) && /待接收|^预警/.test(text)).map(({ phone }) => phone))
    expect(toWhom(next)).toEqual(new Set([PHONES.handler]))
    await tickOn(4)
    expect(toWhom(view)).toEqual(new Set([PHONES.handler]))
    harness.world.sms.length = 0
  })

  it('goes by two clocks at once is raised once', async () => {
    const view = await dispatched(harness, crew)
    await later(8, () => Promise.all([1, 2, 3].map(() => tick(harness.platform))))
    expect(await of(view)).toHaveLength(1)
  })

  it('of a mere 预警 ends with its task; a 黄牌 stays until it is closed', async () => {
    const [early, late] = [await dispatched(harness, crew), await dispatched(harness, crew)]
    await later(4, async () => {
      await tick(harness.platform)
      ok(await approve(harness, crew, early, 'number'))
    })
    await later(8, async () => {
      await tick(harness.platform)
      ok(await approve(harness, crew, late, 'number'))
      await tick(harness.platform)
    })
    expect(await of(early)).toEqual([])
    expect(await of(late)).toMatchObject([{ level: 'yellow', state: 'open', taskState: 'approved', daysOver: 0 }])
  })
})

describe('supervision', () => {
  it('reads worst first, page by page; a department and a county only their own', async () => {
    const all = await signals(supervisor)
    const rank = { red: 3, yellow: 2, warning: 1 }
    expect(all.map(({ level }) => rank[level])).toEqual(all.map(({ level }) => rank[level]).sort((a, b) => b - a))
    const paged: string[] = []
    for (let after = ''; ;) {
      const page = await get<SignalPage>(supervisor, `signals?limit=2${after}`)
      paged.push(...page.signals.map(({ id }) => id))
      if (!page.next) break
      after = `&after=${page.next}`
    }
    expect(paged).toEqual(all.map(({ id }) => id))
    const own = await signals(police)
    expect(own.length).toBeGreaterThan(0)
    expect(own.every(({ departmentId }) => departmentId === 'public-security')).toBe(true)
    expect(await signals(police, '&department=health')).toHaveLength(own.length)
    expect((await signals(supervisor, '&department=health&level=red'))
      .every(({ departmentId, level }) => departmentId === 'health' && level === 'red')).toBe(true)
    expect(await signals(await harness.supervisor('653125'))).toEqual([])
    expect(await signals(await harness.department('public-security', '653125'))).toEqual([])
  })

  it('orders with a day, is answered, is not satisfied, closes; all of it written down', async () => {
    harness.world.sms.length = 0
    await setContacts(roles)
    const view = await dispatched(harness, crew)
    await later(8, async () => {
      await tick(harness.platform)
      const [{ id, actions } = { id: '', actions: [] }] = await of(view)
      expect(actions).toEqual(['order', 'close'])
      expect((await actOn(police, id, { do: 'order', note: '请办', by: '2026-12-03' })).json())
        .toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
      for (const by of ['2026-11-30', '2026-02-31']) {
        expect((await actOn(supervisor, id, { do: 'order', note: '请办', by })).statusCode).toBe(422)
      }
      expect((await actOn(supervisor, id, { do: 'close' })).json()).toMatchObject({ code: 'REASON_REQUIRED' })
      const order = { do: 'order', note: '请三日内办结', by: '2026-12-03', requestId: randomUUID() }
      for (let n = 0; n < 2; n += 1) expect((await actOn(supervisor, id, order)).statusCode).toBe(200)
      expect((await actOn(police, id, { do: 'explain', note: '系统故障' })).statusCode).toBe(200)
      expect((await actOn(supervisor, id, { do: 'order', note: '理由不充分', by: '2026-12-04' })).statusCode).toBe(200)
      expect((await actOn(police, id, { do: 'explain', note: '已补办' })).statusCode).toBe(200)
      const closed = (await actOn(supervisor, id, { do: 'close' })).json<SignalDetail>()
      expect(closed).toMatchObject({ state: 'closed', actions: [], level: 'yellow' })
      expect(closed.events.map(({ is, note, orderBy }) => [is, note, orderBy])).toEqual([
        ['raise.yellow', null, null], ['order', '请三日内办结', '2026-12-03'], ['explain', '系统故障', null],
        ['order', '理由不充分', '2026-12-04'], ['explain', '已补办', null], ['close', null, null],
      ])
      await harness.deliver()
      const orders = harness.world.sms.filter(({ text }) => text.startsWith('督办') && text.includes(view.number))
      expect(orders.map(({ phone }) => phone).sort()).toEqual(
        [PHONES.handler, PHONES.handler, PHONES.chief, PHONES.chief].sort())
      expect(orders[0]?.text).toContain('12月3日前')
    })
    const stored = JSON.stringify(await harness.asOwner('select note_sealed from signal_events'))
    expect(stored).not.toContain(Buffer.from('系统故障').toString('hex'))
    const audit = await harness.asOwner(
      `select what from audit where person_id = $1 and why = '电子监察' and what like '%超期%' order by id`, [owner.id])
    expect(audit.map(({ what }) => what)).toEqual(
      ['督办超期事项', '说明超期原因', '督办超期事项', '说明超期原因'])
    await expect(harness.platform.db.db.deleteFrom('signal_events').execute()).rejects.toThrow(/permission/)
  })

  it('lets nobody else at it', async () => {
    const [{ id } = { id: '' }] = await signals(supervisor, '&department=public-security')
    const body = { do: 'close', note: '无' }
    expect((await actOn(await harness.supervisor('653125'), id, body)).statusCode).toBe(404)
    expect((await actOn(desks.health!, id, body)).statusCode).toBe(404)
    expect((await actOn(clerk, id, body)).statusCode).toBe(403)
    expect((await actOn(owner, id, body)).statusCode).toBe(403)
  })

  it('lists what is overdue by department, with orders nobody answered, and as a workbook', async () => {
    const view = await dispatched(harness, crew)
    await later(8, async () => {
      await tick(harness.platform)
      const [{ id } = { id: '' }] = await of(view)
      await actOn(supervisor, id, { do: 'order', note: '请办', by: '2026-12-02' })
    })
    await later(15, async () => {
      const { departments } = await get<Overdue>(supervisor, 'overdue')
      const row = departments.find(({ departmentId }) => departmentId === 'public-security')
      expect(row).toMatchObject({ unit: '喀什市公安局', oldest: '2026-11-30', ordersLate: 1 })
      expect(row!.overdue).toBeGreaterThan(0)
      const own = await get<Overdue>(police, 'overdue?department=health')
      expect(own.departments).toEqual([row])
      const [signal] = await of(view)
      expect(signal).toMatchObject({ orderLate: true, daysOver: 6 })
      const sheet = await harness.call(police, { method: 'GET', url: '/v1/supervision/overdue.xlsx' })
      const lines = await readSheet(sheet.rawPayload)
      expect(lines[0]?.[4]).toBe('办件编号')
      expect(lines.find((cells) => cells[4] === view.number)?.slice(1, 7)).toEqual(
        ['喀什市公安局', TRIAL.title, '编号登记', view.number, '2026-11-30', '6'])
      expect(lines).toHaveLength(row!.overdue + 1)
    })
  })
})

describe('figures', () => {
  const figures = (query: string, who = supervisor) => get<SupervisionFigures>(who, `figures?${query}`)
  const FROM = '2027-03-01'

  it('count each case and task once, under its topic, region, item and department', async () => {
    await passDays(harness, 98) // Monday, 1 March: nothing of the tests above
    const filed: string[] = []
    for (let n = 0; n < 4; n += 1) {
      const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
      filed.push(id)
      if (n === 3) break
      ok(await act(harness, clerk, id, { do: 'accept' }))
      ok(await act(harness, clerk, id, { do: 'dispatch' }))
    }
    const [done, slow, gone, refused] = filed as [string, string, string, string]
    const finish = async (id: string) => {
      for (let view = await getCase(harness, owner, id); view.state === 'handling';) {
        for (const { itemId, state } of view.tasks) {
          if (['dispatched', 'received'].includes(state)) ok(await approve(harness, crew, view, itemId))
        }
        view = await getCase(harness, owner, id)
      }
    }
    await finish(done)
    ok(await act(harness, owner, gone, { do: 'withdraw' }))
    ok(await act(harness, clerk, refused, { do: 'refuse', reason: '不属于', remedy: '另找' }))
    const rate = { requestId: randomUUID(), stars: 2, items: [{ itemId: 'number', stars: 5 }] }
    ok(await act(harness, owner, done, { do: 'confirm-receipt' }))
    const rated = await harness.call(owner, { method: 'POST', url: `/v1/cases/${done}/ratings`, payload: rate })
    expect(rated.statusCode).toBe(200)
    const numberOf = async (id: string) => taskOf(await getCase(harness, owner, id), 'number')
    const slowTask = await numberOf(slow)
    await actTask(harness, police, slowTask.id, { do: 'receive' })
    ok(await actTask(harness, police, slowTask.id, { do: 'pause', reason: 'appraisal', note: '鉴定' }))
    await passDays(harness, 4) // Friday: stood still for Monday to Thursday
    ok(await actTask(harness, police, slowTask.id, { do: 'resume' }))
    await passDays(harness, 31)
    await finish(slow)
    for (let round = 0; round < 3; round += 1) await tick(harness.platform) // it was away for months
    const { whole, rows, countedAt } = await figures(`from=${FROM}`)
    expect(countedAt).toBe(harness.clock.now.toISOString())
    expect(rows.map(({ id }) => id)).toEqual([TRIAL.id])
    expect(whole).toMatchObject({
      accepted: 3, finished: 2, onTime: 1, onTimeShare: 0.5, refused: 1, withdrawn: 1, rounds: 0,
      deviations: 0, rated: 1, lowRated: 1, averageStars: 2, unresolved: 1,
    })
    const byItem = await figures(`from=${FROM}&by=item`)
    const number = byItem.rows.find(({ id }) => id === 'number')!
    expect(number).toMatchObject({
      name: '编号登记', accepted: 3, finished: 2, withdrawn: 1, rated: 1, averageStars: 5, deviations: null,
    })
    const stored = await getCase(harness, owner, slow)
    expect(taskOf(stored, 'number').dueOn! < taskOf(stored, 'number').endedAt!).toBe(true)
    expect(number.onTime).toBe(1)
    const byRegion = await figures(`from=${FROM}&by=region`)
    expect(byRegion.whole).toEqual(whole)
    expect(byRegion.rows.map(({ name }) => name)).toEqual(['喀什市'])
    const byDay = await figures(`from=${FROM}&by=day`)
    expect(byDay.whole).toEqual(whole)
    expect(byDay.rows[0]).toMatchObject({ id: FROM, accepted: 3, finished: 1 })
    expect((await figures(`from=${FROM}&by=month`)).rows.map(({ id }) => id)).toEqual(['2027-03', '2027-04'])
    const byDepartment = await figures(`from=${FROM}&by=department`)
    expect(byDepartment.whole.finished).toBe(byItem.whole.finished)
  })

  it('of a county are its own; of another nothing; no period nobody could mean', async () => {
    const own = await figures(`from=${FROM}`, await harness.supervisor('653101'))
    expect(own.whole).toEqual((await figures(`from=${FROM}`)).whole)
    expect((await figures(`from=${FROM}`, await harness.supervisor('653125'))).whole.accepted).toBe(0)
    for (const period of ['from=2027-02-31', 'from=2027-05-01&to=2027-04-01', 'from=2001-01-01']) {
      const reply = await harness.call(supervisor, { method: 'GET', url: `/v1/supervision/figures?${period}` })
      expect(reply.statusCode, period).toBe(400)
    }
    const reply = await harness.call(police, { method: 'GET', url: '/v1/supervision/figures' })
    expect(reply.statusCode).toBe(403)
  })

  it('are the same counted day by day as it went, or all at once afterwards', async () => {
    const stored = () => harness.asOwner(
      'select scope, by, day, id, counts from figures where day >= $1 order by 1, 2, 3, 4', [FROM])
    const before = await stored()
    expect(before.length).toBeGreaterThan(20)
    await harness.asOwner('delete from figures')
    await recountFigures(harness.platform, { from: FROM, to: '2027-04-05' })
    expect(await stored()).toEqual(before)
  })

  it('leave as a workbook with the whole on its last line', async () => {
    const url = `/v1/supervision/figures.xlsx?from=${FROM}&by=department`
    const lines = await readSheet((await harness.call(supervisor, { method: 'GET', url })).rawPayload)
    const { rows, whole } = await figures(`from=${FROM}&by=department`)
    expect(lines[0]?.slice(0, 3)).toEqual(['部门', '受理', '办结'])
    expect(lines.at(-1)?.slice(0, 3)).toEqual(['合计', String(whole.accepted), String(whole.finished)])
    expect(lines).toHaveLength(rows.length + 2)
  })
})

describe('new work', () => {
  it('is told once to who receives it, of a department without a system of its own', async () => {
    await setContacts([
      { role: 'handler', phone: PHONES.handler, stage: 'receive' },
      { role: 'handler', phone: '13900000014', stage: 'approve' },
      { role: 'chief', phone: PHONES.chief },
    ])
    const view = await dispatched(harness, crew)
    await harness.deliver()
    const texts = harness.world.sms.filter(({ text }) => text.includes(view.number) && /待接收/.test(text))
    expect(texts).toEqual([{
      phone: PHONES.handler,
      text: expect.stringMatching(new RegExp(`^喀什市公安局有新办件待接收：“.+”（办件编号 ${view.number}），应于.+前办结`)),
    }])
    expect(texts[0]?.text).not.toContain('迪丽娜尔')
    harness.world.sms.length = 0
  })

  it('is told to nobody twice: the department’s own system has it already', async () => {
    await setContacts(roles)
    harness.world.ownSystems.add('public-security')
    const view = await dispatched(harness, crew)
    await harness.deliver()
    harness.world.ownSystems.delete('public-security')
    expect(harness.world.sms.filter(({ text }) => /待接收/.test(text) && text.includes(view.number))).toEqual([])
    harness.world.sms.length = 0
  })
})
