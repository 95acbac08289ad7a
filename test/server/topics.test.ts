import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { usualFacts } from '../../core/plan'
import { planFor } from '../../server/cases/plans'
import { placesOf } from '../../server/catalogue/local'
import { loadTopic, publishTopics } from '../../server/topics/service'
import { startHarness } from './harness'

const harness = await startHarness()
const { call, platform } = harness
const [topic] = platform.catalogue.topics
if (!topic) throw new Error('the catalogue has no topic')

const get = (url: string, headers = {}) => call(undefined, { method: 'GET', url, headers })

describe('a topic', () => {
  it('comes whole, and only when it moved', async () => {
    const url = `/v1/topics/${topic.id}`
    const whole = await get(url)
    expect(whole.json()).toEqual(JSON.parse(JSON.stringify(topic)))
    const etag = String(whole.headers.etag)
    const same = await get(url, { 'if-none-match': etag })
    expect([same.statusCode, same.body]).toEqual([304, ''])
    expect((await get(url, { 'if-none-match': '"older"' })).statusCode).toBe(200)
    expect((await get('/v1/topics/nothing')).json()).toEqual({ code: 'NOT_FOUND', detail: {} })
  })

  it('is pinned: an old version stays readable after a new one', async () => {
    const newer = { ...topic, version: topic.version + 1, title: '新题目' }
    const hashes = new Map([[topic.id, 'f'.repeat(64)]])
    const later = { ...platform, catalogue: { ...platform.catalogue, topics: [newer], hashes } }
    await publishTopics(later)
    expect((await loadTopic(later, { id: topic.id })).title).toBe('新题目')
    expect(await loadTopic(later, { id: topic.id, version: topic.version }))
      .toEqual(JSON.parse(JSON.stringify(topic)))
    await expect(loadTopic(later, { id: topic.id, version: 99 })).rejects.toThrow('NOT_FOUND')
    const old = await get(`/v1/topics/${topic.id}?version=${newer.version}`)
    expect(old.json().title).toBe('新题目')
  })

  it('published before lists, seasons and joins existed still makes a plan', async () => {
    const { alternatives: _a, seasons: _s, joins: _j, phrases: _p, ...older } = topic
    const old = { ...older, id: 'older', version: 1 } as typeof topic // as the table holds it
    const hashes = new Map([['older', 'e'.repeat(64)]])
    const before = { ...platform, catalogue: { ...platform.catalogue, topics: [old], hashes } }
    await publishTopics(before)
    const pinned = await loadTopic(platform, { id: 'older', version: 1 })
    expect(planFor(pinned, usualFacts(pinned, { answers: {}, form: {} })).items.length)
      .toBeGreaterThan(0)
  })

  it('changed under the same version stops the start', async () => {
    await publishTopics(platform)
    const hashes = new Map([[topic.id, '0'.repeat(64)]])
    const changed = { ...platform, catalogue: { ...platform.catalogue, hashes } }
    await expect(publishTopics(changed)).rejects.toThrow('published with other content')
  })
})

it('lists topics, regions and the calendar to anyone', async () => {
  const { topics } = (await get('/v1/topics')).json()
  expect(topics[0]).toMatchObject({ id: topic.id, items: topic.items.length })
  const { regions } = (await get('/v1/regions')).json()
  expect(regions).toEqual(placesOf(platform.catalogue.regions, platform.catalogue.local))
  expect(regions.find(({ code }: { code: string }) => code === '653101').halls[0])
    .toMatchObject({ name: '喀什市政务服务中心', sample: true })
  expect(regions.at(-1)).toMatchObject({ code: '653100', name: '喀什经济开发区' })
  expect((await get('/v1/calendar')).json()).toEqual(platform.catalogue.calendar)
})

describe('home', () => {
  it('without a citizen has topics only', async () => {
    const ids = platform.catalogue.topics.map(({ id }) => ({ id }))
    expect((await get('/v1/home')).json())
      .toMatchObject({ tasks: [], unread: 0, today: '2026-11-23', topics: ids })
  })

  it('tells what waits, most urgent first', async () => {
    const who = await harness.citizen()
    const draft = {
      requestId: randomUUID(), topicVersion: topic.version, regionCode: null, answers: {},
      form: {}, materials: {}, page: 'start',
    }
    const url = `/v1/drafts/${topic.id}`
    await call(who, { method: 'PUT', url, payload: { draft, basedOn: 0 } })
    const states = ['handling', 'finished', 'withdrawn', 'ready', 'correcting']
    for (const state of states) {
      await harness.asOwner(`insert into cases (id, number, applicant_id, request_id, request_hash,
        topic_id, topic_version, region_code, state, version, handover, content_sealed,
        submitted_at, accept_by, ended_at) values (gen_random_uuid(), gen_random_uuid(), $1,
        gen_random_uuid(), '', $2, $3, '653101', $4::text, 1, 'electronic', '', $5::timestamptz, $5,
        case when $4::text in ('finished', 'withdrawn') then $5::timestamptz end)`,
      [who.id, topic.id, topic.version, state, harness.clock.now])
    }
    await harness.asOwner(`insert into messages (id, person_id, at, title, text)
      values (gen_random_uuid(), $1, now(), '题', '文')`, [who.id])
    const home = (await call(who, { method: 'GET', url: '/v1/home' })).json()
    expect(home.tasks.map(({ kind }: { kind: string }) => kind))
      .toEqual(['correction', 'result', 'rating', 'draft', 'progress'])
    expect(home.tasks[0]).toMatchObject({ title: topic.title, topicId: topic.id })
    expect(home.tasks[3].text).toMatch(/草稿保留到 \d+月\d+日/)
    expect(home.unread).toBe(1)
    expect((await call(await harness.citizen(), { method: 'GET', url: '/v1/home' })).json().tasks)
      .toEqual([])
  })

  it('tells of what is overdue, of answers, and of a signature somebody asks for', async () => {
    const who = await harness.citizen()
    const [filed] = await harness.asOwner(`insert into cases (id, number, applicant_id, request_id,
      request_hash, topic_id, topic_version, region_code, state, version, handover, content_sealed,
      submitted_at, accept_by, due_on) values (gen_random_uuid(), gen_random_uuid(), $1,
      gen_random_uuid(), '', $2, $3, '653101', 'handling', 1, 'electronic', '', $4::timestamptz,
      $4::timestamptz, $4::timestamptz) returning id`, [who.id, topic.id, topic.version, harness.clock.now])
    await harness.asOwner(`insert into tasks (case_id, n, item_id, department_id, region_code, state,
      signal) values ($1, 1, $2, 'health', '653101', 'received', 'yellow')`,
    [filed!.id, topic.items[0]!.id])
    for (const state of ['answered', 'asked', 'settled']) {
      await harness.asOwner(`insert into tickets (id, number, person_id, kind, region_code, state,
        rung, version, opened_at, moved_at) values (gen_random_uuid(), gen_random_uuid(), $1,
        'inquiry', '653101', $2, 'window', 1, $3, $3)`, [who.id, state, harness.clock.now])
    }
    await harness.asOwner(`insert into rectifications (id, case_id, n, region_code, stars, state,
      contact_by, answer_by, stop_by, opened_at) values (gen_random_uuid(), $1, 0, '653101', 1,
      'confirmed', $2::date, $2::date, $2::date, $2::timestamptz)`, [filed!.id, harness.clock.now])
    const { tasks } = (await call(who, { method: 'GET', url: '/v1/home' })).json()
    expect(tasks.map(({ kind }: { kind: string }) => kind))
      .toEqual(['rectification', 'ticket', 'ticket', 'progress'])
    expect(tasks[3]).toMatchObject({ late: true, text: expect.stringContaining('督办') })
    expect(tasks[1].title).toBe('咨询')
  })
})
