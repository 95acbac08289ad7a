import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TicketPage, TicketView } from '../../core/contract/ticket'
import { openDocket } from '../../server/cases/docket'
import { tick } from '../../server/clocks/tick'
import { reportRefusals } from '../../server/tickets/report'
import {
  act, actTask, deliverAll, dispatched, getCase, ok as okCase, passDays, staffed, startTrial,
  submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'
import { REGION, type SignedIn } from './harness'

const h = await startTrial()
const crew = await staffed(h)
const { owner, clerk, desks } = crew
const police = desks['public-security']!

const send = (who: SignedIn, url: string, payload: object) =>
  h.call(who, { method: 'POST', url, payload: { requestId: randomUUID(), ...payload } })
const ask = (who: SignedIn, given: object = {}) => send(who, '/v1/tickets', {
  kind: 'inquiry', text: '孩子的户口在哪里办？', regionCode: REGION, about: {}, ...given,
})
const on = (who: SignedIn, id: string, payload: object) =>
  send(who, `/v1/tickets/${id}/actions`, payload)
const write = (who: SignedIn, id: string, text: string) =>
  send(who, `/v1/tickets/${id}/messages`, { text })
const read = async (who: SignedIn, id: string) =>
  ok(await h.call(who, { method: 'GET', url: `/v1/tickets/${id}` }))
const list = async (who: SignedIn, query = '') =>
  (await h.call(who, { method: 'GET', url: `/v1/${query}` })).json<TicketPage>().tickets

function ok(response: { statusCode: number; body: string; json<T>(): T }): TicketView {
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response.json<TicketView>()
}

const item = TRIAL.items.find(({ id }) => id === 'number')!
const aboutItem = { topicId: TRIAL.id, itemId: item.id }

/** Runs the clocks `days` later and comes back. */
async function later<T>(days: number, work: () => Promise<T>): Promise<T> {
  await passDays(h, days)
  try {
    return await work()
  } finally {
    await passDays(h, -days)
  }
}
const clocks = (days: number) => later(days, () => tick(h.platform))

describe('asking', () => {
  it('tells who has it, until when and whom it goes to next; staff reads who asked', async () => {
    const made = ok(await ask(owner, { about: aboutItem }))
    expect(made).toMatchObject({
      kind: 'inquiry', state: 'open', rung: 'window', dueOn: '2026-11-24', contact: null,
      holder: '喀什市政务服务中心综合窗口', above: '喀什市公安局', overdue: false,
      actions: ['say', 'withdraw'],
    })
    expect(made.number).toMatch(/^QZ20261123\d{5}$/)
    expect(made.about).toContain(TRIAL.title)
    expect(made.entries.map(({ text, words }) => [text, words])).toEqual(
      [['您已提出，由喀什市政务服务中心综合窗口答复，11月24日前答复。', '孩子的户口在哪里办？']])
    const atDesk = await read(clerk, made.id)
    expect(atDesk.contact).toEqual({ name: owner.name, phone: owner.phone })
    expect(atDesk.actions).toEqual(['answer', 'pass-up', 'close'])
  })

  it('retried, even five times at once, is one ticket; the same id with other words is refused', async () => {
    const requestId = randomUUID()
    const replies = await Promise.all(Array.from({ length: 5 }, () => ask(owner, { requestId })))
    expect(new Set(replies.map((reply) => ok(reply).id)).size).toBe(1)
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 200, 201])
    expect((await ask(owner, { requestId, text: '别的' })).json()).toMatchObject({ code: 'REQUEST_REUSED' })
  })

  it('takes no blank, no topic there is not, nobody else\'s case; 办不成事 wants a real name', async () => {
    const stranger = await h.citizen()
    const { id } = okCase(await submit(h, owner, await trialBody(h, owner)))
    const code = async (who: SignedIn, given: object) =>
      (await ask(who, given)).json<{ code: string }>().code
    expect(await code(owner, { text: '  \n ' })).toBe('REASON_REQUIRED')
    expect(await code(owner, { regionCode: '110000' })).toBe('MALFORMED')
    expect(await code(owner, { about: { topicId: 'no-such-topic' } })).toBe('MALFORMED')
    expect(await code(owner, { about: { topicId: TRIAL.id, itemId: 'no-item' } })).toBe('MALFORMED')
    expect(await code(stranger, { about: { caseId: id } })).toBe('NOT_FOUND')
    const unnamed = await h.citizen({ verified: false })
    expect(await code(unnamed, { kind: 'unresolved' })).toBe('IDENTITY_REQUIRED')
    expect((await ask(unnamed)).statusCode).toBe(201)
  })

  it('is sealed at rest, and neither message nor SMS tells what it is about', async () => {
    const secret = '我家住在色满路样例小区'
    const { id } = ok(await ask(owner, { kind: 'assistance', text: secret }))
    ok(await write(clerk, id, '明天上午去您家'))
    await deliverAll(h)
    const rows = await h.asOwner(
      `select words_sealed, event::text from ticket_entries where ticket_id = $1`, [id])
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows.map((row) => String((row as { words_sealed: Buffer }).words_sealed))))
      .not.toContain('色满路')
    const sms = h.world.sms.filter(({ phone }) => phone === owner.phone).at(-1)!.text
    expect(sms).toMatch(/^您的帮办代办（编号 QZ\d+）有答复了/)
    const { messages } = (await h.call(owner, { method: 'GET', url: '/v1/messages' }))
      .json<{ messages: { ticketId: string | null; text: string }[] }>()
    expect(messages.find(({ ticketId }) => ticketId === id)?.text).toBe(sms)
    expect((await read(owner, id)).entries[0]?.words).toBe(secret)
  })
})

describe('the wall between citizens', () => {
  it('stands: a stranger finds nothing, whatever they try', async () => {
    const stranger = await h.citizen()
    const { id } = ok(await ask(owner))
    for (const reply of [
      await h.call(stranger, { method: 'GET', url: `/v1/tickets/${id}` }),
      await write(stranger, id, '你好'), await on(stranger, id, { do: 'withdraw' }),
    ]) expect(reply.statusCode).toBe(404)
    expect(await list(stranger, 'tickets')).toEqual([])
    const elsewhere = await h.window('653121')
    expect((await list(elsewhere, 'desk/tickets')).map((one) => one.id)).not.toContain(id)
  })
})

describe('the ladder', () => {
  it('is climbed for a reason the citizen reads; who had it no longer acts, who got it does', async () => {
    const { id } = ok(await ask(owner, { kind: 'unresolved', about: aboutItem }))
    expect(await list(police, 'desk/tickets')).toEqual([])
    expect((await h.call(police, { method: 'GET', url: `/v1/tickets/${id}` })).statusCode).toBe(404)
    expect((await on(clerk, id, { do: 'pass-up', text: ' ' })).json()).toMatchObject({ code: 'REASON_REQUIRED' })
    const passed = ok(await on(clerk, id, { do: 'pass-up', text: '要公安核实' }))
    expect(passed).toMatchObject({ rung: 'department', dueOn: '2026-11-30', actions: [], contact: null })
    expect((await write(clerk, id, '我来答')).json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    expect((await list(police, 'desk/tickets')).map((one) => one.id)).toEqual([id])
    ok(await write(police, id, '材料齐全，请直接来办。'))
    const seen = await read(owner, id)
    expect(seen).toMatchObject({ state: 'answered', dueOn: null, actions: ['say', 'confirm', 'reopen', 'withdraw'] })
    expect(seen.entries.map(({ words }) => words)).toEqual(
      ['孩子的户口在哪里办？', '要公安核实', '材料齐全，请直接来办。'])
  })

  it('overdue, goes up by itself, a rung at a time, told each time, and stops at the top', async () => {
    const { id } = ok(await ask(owner, { kind: 'unresolved', about: aboutItem }))
    const at = async () => {
      const { rung, dueOn, overdue } = await read(owner, id)
      return { rung, dueOn, overdue }
    }
    await clocks(1) // 24 November is the due day itself
    expect((await at()).rung).toBe('window')
    await later(2, () => Promise.all([tick(h.platform), tick(h.platform)]))
    expect(await at()).toEqual({ rung: 'department', dueOn: '2026-12-02', overdue: false })
    await clocks(10)
    expect(await at()).toMatchObject({ rung: 'joint', dueOn: '2026-12-17' })
    await clocks(25)
    expect(await at()).toMatchObject({ rung: 'leaders', dueOn: '2027-01-04' })
    await later(60, async () => {
      await tick(h.platform)
      expect(await at()).toMatchObject({ rung: 'leaders', overdue: true })
    })
    expect((await read(owner, id)).entries.map(({ is }) => is))
      .toEqual(['create', 'escalate', 'escalate', 'escalate'])
    expect((await read(owner, id)).entries[1]?.text).toBe(
      '喀什市政务服务中心综合窗口没有按时答复，已自动转喀什市公安局，12月2日前答复。')
  })

  it('without a known department goes to the joint review, unless the window names one', async () => {
    const one = ok(await ask(owner, { kind: 'unresolved' }))
    expect(ok(await on(clerk, one.id, { do: 'pass-up', text: '请会审' })).rung).toBe('joint')
    const two = ok(await ask(owner, { kind: 'unresolved' }))
    const bad = await on(clerk, two.id, { do: 'pass-up', text: '请看', departmentId: 'no-such' })
    expect(bad.json()).toMatchObject({ code: 'MALFORMED' })
    const named = ok(await on(clerk, two.id, {
      do: 'pass-up', text: '请看', departmentId: 'public-security',
    }))
    expect(named).toMatchObject({ rung: 'department', holder: '喀什市公安局' })
  })

  it('closed with a no names the law, with not-ours the place; a bare no is refused', async () => {
    const { id } = ok(await ask(owner))
    const close = { do: 'close', text: '不能办' }
    expect((await on(clerk, id, { ...close, outcome: 'explained' })).statusCode).toBe(400)
    expect((await on(clerk, id, { ...close, outcome: 'elsewhere', where: ' ' })).json())
      .toMatchObject({ code: 'REASON_REQUIRED' })
    const ended = ok(await on(clerk, id, {
      ...close, outcome: 'explained', basis: '《户口登记条例》第七条',
    }))
    expect(ended).toMatchObject({ state: 'closed', outcome: 'explained', dueOn: null })
    expect(ended.entries.at(-1)?.words).toBe('不能办\n依据：《户口登记条例》第七条')
  })
})

describe('after the answer', () => {
  it('the citizen reopens it a rung higher, with a clock of its own', async () => {
    const { id } = ok(await ask(owner, { about: aboutItem }))
    ok(await on(clerk, id, { do: 'close', outcome: 'solved', text: '办好了' }))
    const again = ok(await on(owner, id, { do: 'reopen', text: '还是不行' }))
    expect(again).toMatchObject({ state: 'open', rung: 'department', outcome: null, dueOn: '2026-11-30' })
    expect((await on(clerk, id, { do: 'close', outcome: 'solved', text: '好了' })).statusCode).toBe(409)
  })

  it('asked on after an answer it is open again at the same desk', async () => {
    const { id } = ok(await ask(owner))
    ok(await write(clerk, id, '带户口簿'))
    expect(ok(await write(owner, id, '要原件吗？'))).toMatchObject({ state: 'open', rung: 'window', dueOn: '2026-11-24' })
  })

  it('is asked about four weeks later, once; a no opens it, a yes settles it', async () => {
    const solved = async () => {
      const { id } = ok(await ask(owner))
      ok(await on(clerk, id, { do: 'close', outcome: 'solved', text: '办好了' }))
      return id
    }
    const [yes, no, silent] = [await solved(), await solved(), await solved()]
    await clocks(27)
    expect((await read(owner, yes)).state).toBe('closed')
    await later(28, async () => {
      await Promise.all([tick(h.platform), tick(h.platform)])
      await tick(h.platform)
      expect((await read(owner, yes)).state).toBe('asked')
      const { messages } = (await h.call(owner, { method: 'GET', url: '/v1/messages?limit=50' }))
        .json<{ messages: { ticketId: string | null; title: string }[] }>()
      expect(messages.filter(({ ticketId, title }) =>
        ticketId === yes && title === '真的解决了吗？')).toHaveLength(1)
      expect(ok(await on(owner, yes, { do: 'confirm' }))).toMatchObject({ state: 'settled', actions: [] })
      expect(ok(await on(owner, no, { do: 'reopen', text: '没有' })).state).toBe('open')
    })
    await clocks(57)
    expect(await read(owner, silent)).toMatchObject({ state: 'settled', outcome: 'solved' })
  })

  it('left unsaid, an answer ends after five working days', async () => {
    const { id } = ok(await ask(owner))
    ok(await write(clerk, id, '带户口簿'))
    await clocks(7)
    expect((await read(owner, id)).state).toBe('answered')
    await clocks(8)
    expect(await read(owner, id)).toMatchObject({ state: 'closed', outcome: 'quiet' })
  })

  it('the next is moved on although one cannot be', async () => {
    const answered = async () => {
      const { id } = ok(await ask(owner))
      ok(await write(clerk, id, '带户口簿'))
      return id
    }
    const [stuck, next] = [await answered(), await answered()]
    const back = (versions: number) =>
      h.asOwner('update tickets set version = version + $2 where id = $1', [stuck, versions])
    await back(-1) // its next entry has the place of its last
    const taken = { errors: [{ errors: [{ errors: [{ code: '23505' }] }] }] }
    await later(8, () => expect(tick(h.platform)).rejects.toMatchObject(taken))
    expect([(await read(owner, stuck)).state, (await read(owner, next)).state]).toEqual(['answered', 'closed'])
    await back(1)
    await clocks(8)
    expect((await read(owner, stuck)).state).toBe('closed')
  })
})

describe('a refusal', () => {
  const reports = async (caseId: string) => h.asOwner(
    'select id, state, item_id, refusal from tickets where case_id = $1 order by id', [caseId])
  const raise = (caseId: string, itemId?: string) => ask(owner, {
    kind: 'unresolved', text: '条件都够，为什么不受理？', about: { caseId, ...(itemId ? { itemId } : {}) },
  })

  it('at the window leaves one report; the citizen turns it into 办不成事, nobody else', async () => {
    const { id } = okCase(await submit(h, owner, await trialBody(h, owner)))
    const requestId = randomUUID()
    const refuse = { requestId, do: 'refuse', reason: '不属于本地管辖', remedy: '可申请复议' }
    for (let n = 0; n < 3; n += 1) okCase(await act(h, clerk, id, refuse))
    const [report, ...more] = await reports(id) as { id: string; state: string }[]
    expect([report?.state, more]).toEqual(['reported', []])
    expect((await list(owner, 'tickets')).map((one) => one.id)).not.toContain(report!.id)
    const supervisor = await h.supervisor()
    expect((await list(supervisor, 'desk/tickets?state=reported')).map((one) => one.id)).toContain(report!.id)
    const raised = ok(await raise(id))
    expect(raised).toMatchObject({ id: report!.id, state: 'open', rung: 'window', dueOn: '2026-11-24' })
    expect(raised.entries.map(({ is }) => is)).toEqual(['report', 'raise'])
    expect(ok(await raise(id)).id).not.toBe(report!.id)
    expect(await reports(id)).toHaveLength(2)
  })

  it('of an item by its department leaves one for that item', async () => {
    const view = await dispatched(h, crew)
    const task = taskOf(view, 'number')
    await actTask(h, police, task.id, { do: 'receive' })
    const reject = { requestId: randomUUID(), do: 'reject', reason: '不符合条件' }
    okCase(await actTask(h, police, task.id, reject))
    okCase(await actTask(h, police, task.id, reject))
    expect(await reports(view.id)).toEqual([
      expect.objectContaining({ state: 'reported', item_id: 'number', refusal: `task.${task.n}` }),
    ])
    await h.platform.db.inTx(async (tx) => {
      const docket = await openDocket(tx, { platform: h.platform, caseId: view.id, by: { kind: 'system' } })
      docket!.fresh.events.push({
        seq: 0, role: 'system', id: null, name: '系统', event: { is: 'task.reject', itemId: 'number' },
      })
      await reportRefusals(docket!)
      await reportRefusals(docket!)
    })
    expect(await reports(view.id)).toHaveLength(1)
    expect(ok(await raise(view.id, 'number')).above).toBe('喀什市公安局')
    expect((await getCase(h, owner, view.id)).id).toBe(view.id)
  })
})

describe('the lists', () => {
  it('put what is due first, page by page, without a gap or a repeat', async () => {
    const region = '653122'
    const window = await h.window(region)
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) {
      await later(n % 3, async () => {
        ids.push(ok(await ask(owner, { regionCode: region, about: aboutItem })).id)
      })
    }
    const seen: { id: string; dueOn: string | null }[] = []
    for (let after: string | null = ''; after !== null;) {
      const page: TicketPage = (await h.call(window, {
        method: 'GET', url: `/v1/desk/tickets?limit=2${after && `&after=${after}`}`,
      })).json()
      seen.push(...page.tickets)
      after = page.next
    }
    expect(seen.map(({ id }) => id).sort()).toEqual(ids.sort())
    const days = seen.map(({ dueOn }) => dueOn)
    expect(days).toEqual([...days].sort())
    expect((await list(window, 'desk/tickets?kind=unresolved'))).toEqual([])
  })
})
