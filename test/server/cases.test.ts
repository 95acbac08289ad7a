import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isCaseNumber } from '../../core/number'
import {
  act, approve, dispatched, getCase, ok, photo, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk } = crew
const body = () => trialBody(harness, owner)
const count = async (caseId: string, table: string) =>
  Number((await harness.asOwner(
    `select count(*) from ${table} where case_id = $1`, [caseId]))[0]?.count)

describe('submitting', () => {
  it('makes case, event, tasks, photos, message and SMS at once, and drops the draft', async () => {
    await harness.asOwner(
      `insert into drafts (person_id, topic_id, revision, request_id, body_sealed, saved_at, kept_until)
       values ($1, 'trial', 1, gen_random_uuid(), 'x', now(), now())`, [owner.id])
    const reply = await submit(harness, owner, await body())
    const view = ok(reply)
    expect(reply.statusCode).toBe(201)
    expect(await harness.asOwner('select 1 from drafts')).toEqual([])
    expect(isCaseNumber(view.number)).toBe(true)
    expect(view).toMatchObject({ state: 'submitted', version: 1, lastSeq: 1, dueOn: null })
    expect(view.acceptBy).toBe('2026-11-30')
    expect(view.tasks.map(({ itemId, state }) => `${itemId} ${state}`)).toEqual([
      'number waiting', 'insurance waiting', 'card waiting', 'booklet waiting', 'pay-phone waiting',
    ])
    expect(view.events).toHaveLength(1)
    expect(view.events[0]?.text).toContain('您已提交申请')
    expect(await count(view.id, 'case_materials')).toBe(1)
    expect(await count(view.id, 'messages')).toBe(1)
    expect(await getCase(harness, owner, view.id)).toEqual(view)
  })

  it('stores nothing personal in the clear', async () => {
    const sent = await body()
    const { id } = ok(await submit(harness, owner, sent))
    const rows = await harness.asOwner(
      `select (select string_agg(c::text, '') from cases c where id = $1)
        || (select string_agg(e::text, '') from case_events e where case_id = $1)
        || (select string_agg(m::text, '') from messages m where case_id = $1) as text`, [id])
    for (const value of Object.values(sent.form)) expect(rows[0]?.text).not.toContain(value)
  })

  it('answers a retry with the same case: 201, then 200', async () => {
    const sent = await body()
    const first = await submit(harness, owner, sent)
    const again = await submit(harness, owner, sent)
    expect([first.statusCode, again.statusCode]).toEqual([201, 200])
    expect(again.json()).toEqual(first.json())
  })

  it('refuses the same request id with another content', async () => {
    const sent = await body()
    const { id } = ok(await submit(harness, owner, sent))
    const other = { ...sent, form: { ...sent.form, 'child.name': '阿迪力' } }
    expect((await submit(harness, owner, other)).json())
      .toMatchObject({ code: 'REQUEST_REUSED', detail: { caseId: id } })
  })

  it('makes one case of 200 parallel double taps', async () => {
    const sent = await body()
    const replies = await Promise.all(
      Array.from({ length: 200 }, () => submit(harness, owner, sent)))
    expect(new Set(replies.map((reply) => reply.json<{ id: string }>().id)).size).toBe(1)
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(199)
    const rows = await harness.asOwner(
      'select count(*) from cases where request_id = $1', [sent.requestId])
    expect(Number(rows[0]?.count)).toBe(1)
  })

  it('takes another number when the sequence has come round to a taken one', async () => {
    const first = ok(await submit(harness, owner, await body()))
    const used = Number(first.number.slice(19, 24))
    await harness.asOwner(`select setval('case_numbers', ${100_000 + used}, false)`)
    const second = ok(await submit(harness, owner, await body()))
    expect(second.number).not.toBe(first.number)
    expect(isCaseNumber(second.number)).toBe(true)
  })

  it.each([
    ['an older topic version', { topicVersion: 2 }, 'CATALOGUE_CHANGED'],
    ['a situation it cannot carry', { answers: { pay: 'abroad' } }, 'PLAN_STOPPED'],
    ['an unanswered question', { answers: {} }, 'FORM_PROBLEMS'],
    ['no consent of the guardian', { consent: { notice: true, truth: true, sharing: true } },
      'FORM_PROBLEMS'],
    ['a topic nobody offers', { topicId: 'nothing' }, 'NOT_FOUND'],
    ['a region that is not ours', { regionCode: '110101' }, 'MALFORMED'],
    ['a field nobody knows', { surprise: 1 }, 'MALFORMED'],
  ])('refuses %s', async (_what, change, code) => {
    const reply = await submit(harness, owner, { ...await body(), ...change })
    expect(reply.json()).toMatchObject({ code })
  })

  it('tells every problem with its field, and asks nothing that no item needs', async () => {
    const sent = await body()
    const form = { ...sent.form, 'mother.idNumber': '653121199001010001', 'child.idNumber': '1' }
    const reply = await submit(harness, owner, { ...sent, form, materials: {} })
    const { detail } = reply.json<{ detail: { problems: { field: string; code: string }[] } }>()
    const told = detail.problems.map(({ field, code }) => `${field} ${code}`)
    expect(told).toContain('child.idNumber NOT_ASKED')
    expect(told).toContain('mother.idNumber CHECK_DIGIT')
    expect(told).toContain('mother.id-card MISSING')
    expect(told).toContain('mother.promise MISSING')
  })

  it('takes only uploads that are the owner\'s and whole', async () => {
    const stranger = await harness.citizen()
    const sent = await body()
    const ids = [await photo(harness, stranger)]
    const materials = { ...sent.materials, 'mother.id-card': { by: 'photos', ids } }
    const reply = await submit(harness, owner, { ...sent, materials })
    expect(reply.json()).toMatchObject({ code: 'FORM_PROBLEMS' })
  })

  it('takes a certificate that the exchange has now, and only of the right kind and holder', async () => {
    const sent = await body()
    const certificate = { by: 'certificate', certificateId: 'c-1' }
    const materials = { ...sent.materials, 'mother.id-card': certificate }
    const send = () => submit(harness, owner, { ...sent, materials })
    expect((await send()).json()).toMatchObject({ code: 'FORM_PROBLEMS' })
    harness.world.down.add('certificates')
    expect((await send()).json()).toMatchObject({ code: 'OUTSIDE_DOWN' })
    harness.world.down.clear()
    harness.world.certificates = [{
      id: 'c-1', type: 'resident-id', name: '身份证', number: '6***', holder: 'me',
      holderName: owner.name, issuer: '公安', issuedOn: '2020-01-01', validUntil: '2030-01-01',
      people: {},
    }]
    expect((await send()).statusCode).toBe(201)
  })

  it('needs the real-name check', async () => {
    const unknown = await harness.citizen({ verified: false })
    const reply = await submit(harness, unknown, await trialBody(harness, unknown))
    expect(reply.json()).toMatchObject({ code: 'IDENTITY_REQUIRED' })
  })
})

describe('reading', () => {
  it('says 304 until something happens, then only the new events', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const first = await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}` })
    const tag = { 'if-none-match': String(first.headers.etag) }
    const same = await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}`, headers: tag })
    expect(same.statusCode).toBe(304)
    ok(await act(harness, clerk, id, { do: 'accept' }))
    const newer = await harness.call(
      owner, { method: 'GET', url: `/v1/cases/${id}?after=1`, headers: tag })
    expect(ok(newer).events.map(({ is }) => is)).toEqual(['accept'])
  })

  it('shows a case to nobody but its owner, its window and supervision (S46)', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const others = [
      await harness.citizen(), await harness.window('653125'), crew.desks.tax!,
      await harness.supervisor('653125'),
    ]
    for (const who of others) {
      const reply = await harness.call(who, { method: 'GET', url: `/v1/cases/${id}` })
      expect([reply.statusCode, reply.json()]).toEqual([404, { code: 'NOT_FOUND', detail: {} }])
    }
    for (const who of [owner, clerk, await harness.window('653100'), await harness.supervisor()]) {
      expect((await getCase(harness, who, id)).id).toBe(id)
    }
  })

  it('lists own cases newest first, page by page', async () => {
    const reader = await harness.citizen()
    const made: string[] = []
    for (let n = 0; n < 3; n += 1) {
      harness.pass(1000)
      made.push(ok(await submit(harness, reader, await trialBody(harness, reader))).id)
    }
    const seen: string[] = []
    for (let after = ''; ;) {
      const url = `/v1/cases?limit=2${after && `&after=${after}`}`
      const page = (await harness.call(reader, { method: 'GET', url }))
        .json<{ cases: { id: string }[]; next: string | null }>()
      seen.push(...page.cases.map(({ id }) => id))
      if (!page.next) break
      after = page.next
    }
    expect(seen).toEqual(made.reverse())
  })

  it('shows the desk masked names only, of its own region', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const list = async (who: typeof clerk) => {
      const url = '/v1/desk/cases?state=submitted&limit=100'
      return (await harness.call(who, { method: 'GET', url }))
        .json<{ cases: { id: string; applicant: string }[] }>().cases
    }
    expect((await list(clerk)).find((one) => one.id === id)?.applicant).toBe('阿依努尔·**')
    expect(await list(await harness.window('653125'))).toEqual([])
  })

  it('gives the content to owner and window, and logs who looked (S55)', async () => {
    const sent = await body()
    const { id } = ok(await submit(harness, owner, sent))
    const url = `/v1/cases/${id}/content`
    const reply = await harness.call(clerk, { method: 'GET', url })
    expect(reply.json()).toMatchObject({ form: sent.form, answers: sent.answers })
    expect((await harness.call(crew.desks.health, { method: 'GET', url })).statusCode).toBe(403)
    const rows = await harness.asOwner(
      'select actor_id, person_id, what from audit where object = $1 and what = $2',
      [`case:${id}`, '查看办件内容'])
    expect(rows).toEqual([{ actor_id: clerk.id, person_id: owner.id, what: '查看办件内容' }])
  })

  it('gives the notice the case was filed under', async () => {
    const { id, number } = ok(await submit(harness, owner, await body()))
    const notice = (await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}/notice` }))
      .json<{ number: string; items: unknown[]; materials: { key: string }[] }>()
    expect(notice.number).toContain(number)
    expect(notice.items).toHaveLength(5)
    expect(notice.materials.map(({ key }) => key)).toEqual(['mother.id-card', 'mother.promise'])
  })
})

describe('the way of a case', () => {
  it('runs from acceptance to 出件, every part in its turn', async () => {
    const view = await dispatched(harness, crew)
    expect(view.state).toBe('handling')
    const states = (one: typeof view) =>
      Object.fromEntries(one.tasks.map(({ itemId, state }) => [itemId, state]))
    expect(states(view)).toEqual({
      number: 'dispatched', insurance: 'waiting', card: 'waiting', booklet: 'dispatched',
      'pay-phone': 'waiting',
    })
    expect(taskOf(view, 'insurance').waitsFor).toEqual(['编号登记'])
    expect(view.dueOn).toBe('2026-12-10') // 5 + 3 + 5 working days
    for (const item of ['booklet', 'number', 'insurance', 'card', 'pay-phone']) {
      ok(await approve(harness, crew, await getCase(harness, owner, view.id), item))
    }
    const ready = await getCase(harness, owner, view.id)
    expect(ready.state).toBe('ready')
    expect(ready.actions).toContain('confirm-receipt')
    expect(ready.tasks.every(({ result }) => result !== null)).toBe(true)
    const finished = ok(await act(harness, owner, view.id, { do: 'confirm-receipt' }))
    expect(finished.state).toBe('finished')
    expect(finished.events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: finished.version }, (_, n) => n + 1))
  })

  it('goes on under the version it was filed with, after a newer one is published', async () => {
    const { catalogue } = harness.platform
    const view = ok(await submit(harness, owner, await body()))
    await harness.asOwner(
      `insert into topic_versions (topic_id, version, hash, body, published_at)
       values ($1, $2, 'x', $3, now())`, [TRIAL.id, TRIAL.version, JSON.stringify(TRIAL)])
    const { topics } = catalogue
    const newer = { ...TRIAL, version: TRIAL.version + 1, items: TRIAL.items.slice(1) }
    Object.assign(catalogue, { topics: [...topics.filter(({ id }) => id !== TRIAL.id), newer] })
    const refused = await submit(harness, owner, await body())
    expect(refused.json()).toMatchObject({ code: 'CATALOGUE_CHANGED', detail: { version: 4 } })
    expect(await getCase(harness, owner, view.id)).toEqual(view)
    expect(ok(await act(harness, clerk, view.id, { do: 'accept' })).state).toBe('accepted')
    Object.assign(catalogue, { topics })
  })

  it('refuses with reason and remedy only', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const blank = await act(harness, clerk, id, { do: 'refuse', reason: ' ', remedy: '复议' })
    expect(blank.json()).toMatchObject({ code: 'REASON_REQUIRED' })
    const view = ok(await act(harness, clerk, id, {
      do: 'refuse', reason: '不属于本地管辖', remedy: '可在 60 日内申请行政复议。',
    }))
    expect(view.state).toBe('refused')
    expect(view.events.at(-1)?.text).toContain('行政复议')
  })

  it('lets the owner change the handover until the end, and a window receipt is no phone receipt', async () => {
    const view = await dispatched(harness, crew)
    const changed = ok(await act(harness, owner, view.id, { do: 'choose-handover', handover: 'window' }))
    expect(changed.handover).toBe('window')
    expect(changed.version).toBe(view.version + 1)
    const byClerk = await act(harness, clerk, view.id, { do: 'choose-handover', handover: 'post' })
    expect(byClerk.json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
  })

  it('posts only to an address that was given', async () => {
    const refused = await submit(harness, owner, { ...await body(), handover: 'post' })
    expect(refused.json()).toMatchObject({ code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'postTo' }] } })
    const view = await dispatched(harness, crew)
    const later = await act(harness, owner, view.id, { do: 'choose-handover', handover: 'post' })
    expect(later.statusCode).toBe(422)
    const postTo = '喀什市样例路 1 号 2 单元'
    const posted = ok(await act(harness, owner, view.id, { do: 'choose-handover', handover: 'post', postTo }))
    expect(posted.handover).toBe('post')
    expect(JSON.stringify(posted)).not.toContain(postTo)
    const content = await harness.call(clerk, { method: 'GET', url: `/v1/cases/${view.id}/content` })
    expect(content.json<{ postTo: string }>().postTo).toBe(postTo)
    ok(await act(harness, owner, view.id, { do: 'choose-handover', handover: 'window' }))
    // Asked once: it is remembered with the case.
    ok(await act(harness, owner, view.id, { do: 'choose-handover', handover: 'post' }))
    const filed = ok(await submit(harness, owner, { ...await body(), handover: 'post', postTo }))
    expect(filed.handover).toBe('post')
  })

  it('urges a department, visibly for the citizen', async () => {
    const view = await dispatched(harness, crew)
    const urged = ok(await act(harness, clerk, view.id, { do: 'urge', itemId: 'booklet', note: '请尽快' }))
    expect(urged.events.at(-1)).toMatchObject({ is: 'urge', itemId: 'booklet', reason: '请尽快' })
    const waiting = await act(harness, clerk, view.id, { do: 'urge', itemId: 'card', note: '快' })
    expect(waiting.statusCode).toBe(409)
  })

  it('does an action once for one request id, also under 20 at a time', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const requestId = randomUUID()
    const replies = await Promise.all(Array.from({ length: 20 }, () =>
      act(harness, clerk, id, { do: 'accept', requestId })))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array(20).fill(200))
    expect((await getCase(harness, owner, id)).events.map(({ is }) => is)).toEqual(['submit', 'accept'])
    const other = await act(harness, clerk, id, { do: 'dispatch', requestId })
    expect(other.json()).toMatchObject({ code: 'REQUEST_REUSED' })
  })

  it('lets one of two clerks accept', async () => {
    const { id } = ok(await submit(harness, owner, await body()))
    const second = await harness.window()
    const replies = await Promise.all(
      [clerk, second].map((who) => act(harness, who, id, { do: 'accept' })))
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409])
    expect((await getCase(harness, owner, id)).events).toHaveLength(2)
  })

  it('ends a withdrawal that races an approval in one legal way', async () => {
    for (let round = 0; round < 5; round += 1) {
      const view = await dispatched(harness, crew)
      const [withdrawn] = await Promise.all([
        act(harness, owner, view.id, { do: 'withdraw' }),
        approve(harness, crew, view, 'booklet'),
      ])
      expect(withdrawn.statusCode).toBe(200)
      const end = await getCase(harness, owner, view.id)
      expect(end.state).toBe('withdrawn')
      const { state, result } = taskOf(end, 'booklet')
      expect(state === 'approved' ? result !== null : state === 'cancelled' && result === null)
        .toBe(true)
      expect(end.tasks.every((task) => ['approved', 'cancelled'].includes(task.state))).toBe(true)
    }
  })
})
