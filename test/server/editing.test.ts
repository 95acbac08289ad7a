/** The catalogue desk through its front door, on the real catalogue. */
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { describe, expect, it } from 'vitest'
import type { ItemSource, TopicSource } from '../../core/contract/catalogue'
import type {
  CatalogueTopics, DraftActionBody, DraftView, Rehearsal, TopicVersions,
} from '../../core/contract/editing'
import type { Topic } from '../../core/contract/topic'
import { loadCatalogue } from '../../server/catalogue/load'
import { keepCurrent } from '../../server/topics/current'
import { publishTopics } from '../../server/topics/service'
import { type SignedIn, startHarness } from './harness'
import { fileCase, ok } from './robot'

const TOPIC = 'newborn'
const HUKOU = 'birth-registration' // of public security
const BIRTH = 'birth-medical-certificate' // of health, which leads
const SHARED = 'social-security-card' // in other topics too

const h = await startHarness()
const at = { region: '653100' }
const lead = await h.staff('editor', { ...at, department: 'health' })
const police = await h.staff('editor', { ...at, department: 'public-security' })
const cards = await h.staff('editor', { ...at, department: 'human-resources' })
const first = await h.staff('publisher', at)
const second = await h.staff('publisher', at)

const post = (who: SignedIn, url: string, payload: object) =>
  h.call(who, { method: 'POST', url, payload: { requestId: randomUUID(), ...payload } })
const get = <T>(who: SignedIn | undefined, url: string) => ok<T>(h, who, { method: 'GET', url })
const codeOf = (reply: { json(): { code?: string } }) => reply.json().code
const open = (who: SignedIn, topicId = TOPIC, from?: number) =>
  post(who, '/v1/catalogue/drafts', { topicId, ...(from ? { from } : {}) })

type Given = { topic?: TopicSource; items?: ItemSource[]; elements?: object[]; materials?: object[] }
const save = (who: SignedIn, { id, revision }: DraftView, given: Given, over: object = {}) =>
  post(who, `/v1/catalogue/drafts/${id}/save`, {
    revision, items: [], elements: [], materials: [], ...given, ...over,
  })
const act = (who: SignedIn, { id, revision }: DraftView, doing: DraftActionBody['do'], note?: string) =>
  post(who, `/v1/catalogue/drafts/${id}/actions`, { do: doing, revision, ...(note ? { note } : {}) })

async function must(reply: ReturnType<typeof post>): Promise<DraftView> {
  const response = await reply
  if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${response.body}`)
  return response.json<DraftView>()
}
const itemOf = ({ parts }: DraftView, id: string) =>
  structuredClone(parts.items.find((item) => item.id === id)!) as ItemSource
const topicOf = ({ parts }: DraftView) => structuredClone(parts.topic) as TopicSource
const offered = (id = TOPIC) => get<Topic>(undefined, `/v1/topics/${id}`)
/** Through two people, to the new version. */
async function publish(draft: DraftView): Promise<DraftView> {
  const submitted = await must(act(lead, draft, 'submit'))
  const approved = await must(act(first, submitted, 'approve'))
  return must(act(second, approved, 'publish'))
}
async function drop(draft: DraftView) {
  const now = await get<DraftView>(lead, `/v1/catalogue/drafts/${draft.id}`)
  const back = now.state === 'draft' ? now : await must(act(lead, now, 'withdraw'))
  await must(act(lead, back, 'discard'))
}

describe('a draft of a topic', () => {
  it('is written by each department where it is theirs, and by nobody else', async () => {
    const draft = await must(open(lead))
    expect(draft).toMatchObject({ state: 'draft', revision: 1, verdict: { faults: [] } })
    expect(draft.mayEdit.topic).toBe(true)
    expect(draft.mayEdit.items).toContain(BIRTH)
    expect(draft.mayEdit.items).not.toContain(HUKOU)
    expect((await must(open(police))).id).toBe(draft.id)

    const hukou = itemOf(draft, HUKOU)
    hukou.promised = { ...hukou.promised, days: hukou.promised.days + 1 }
    expect(codeOf(await save(lead, draft, { items: [hukou] }))).toBe('NOT_ALLOWED')
    const stolen = { ...hukou, department: 'health' }
    expect(codeOf(await save(lead, draft, { items: [stolen] }))).toBe('NOT_ALLOWED')
    const topic = { ...topicOf(draft), title: '别人改的' }
    expect(codeOf(await save(police, draft, { topic }))).toBe('NOT_ALLOWED')
    const handedOn = { ...topicOf(draft), lead: 'public-security' }
    expect(codeOf(await save(lead, draft, { topic: handedOn }))).toBe('NOT_ALLOWED')
    const name = draft.parts.elements.find(({ id }) => id === 'name')!
    expect(codeOf(await save(lead, draft, { elements: [{ ...name, label: '名' }] }))).toBe('NOT_ALLOWED')

    const saved = await must(save(police, draft, { items: [hukou] }))
    expect(saved).toMatchObject({ revision: 2, mayEdit: { topic: false, items: [HUKOU] } })
    await drop(saved)
  })

  it('is not written over by whoever has not seen it', async () => {
    const draft = await must(open(lead))
    const topic = { ...topicOf(draft), summary: '孩子出生以后的六件事，一次就能办好。' }
    await must(save(lead, draft, { topic }))
    const late = await save(police, draft, { items: [itemOf(draft, HUKOU)] })
    expect(late.json()).toMatchObject({
      code: 'EDITED_MEANWHILE', detail: { by: '653100health', revision: 2 },
    })
    expect(codeOf(await act(lead, draft, 'submit'))).toBe('EDITED_MEANWHILE')
    await drop(draft)
  })

  it('is refused malformed, naming the place, and judged as the catalogue check would', async () => {
    const draft = await must(open(lead))
    const topic = topicOf(draft)
    const crooked = { ...topic, questions: [{ ...topic.questions[0]!, options: [] }] }
    expect((await save(lead, draft, { topic: crooked })).json()).toMatchObject({
      code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'topic/questions/0/options' }] },
    })
    topic.questions[0] = { ...topic.questions[0]!, ask: '您系何主体' }
    topic.items[1] = { ...topic.items[1]!, as: {} }
    const faulty = await must(save(lead, draft, { topic }))
    expect(faulty.linked).toBeNull()
    const texts = faulty.verdict.faults.map(({ text }) => text).join('\n')
    expect(texts).toContain('没有对应到主题里的人')
    expect(codeOf(await act(lead, faulty, 'submit'))).toBe('DRAFT_FAULTY')
    topic.items[1] = topicOf(draft).items[1]!
    const linked = await must(save(lead, faulty, { topic }))
    expect(linked.linked).not.toBeNull()
    expect(linked.verdict.faults.map(({ text }) => text).join('\n')).toContain('以“？”结尾')
    await drop(draft)
  })

  it('with nothing changed goes nowhere', async () => {
    const draft = await must(open(lead))
    const same = await must(save(lead, draft, { topic: topicOf(draft), items: [itemOf(draft, BIRTH)] }))
    expect(codeOf(await act(lead, same, 'submit'))).toBe('NOTHING_CHANGED')
    await drop(draft)
  })
})

describe('a new version', () => {
  it('takes an editor and two publishers, is offered at once, and leaves old cases theirs', async () => {
    const owner = await h.citizen()
    const old = await fileCase(h, owner, { topicId: TOPIC, seed: 11 })
    const before = await offered()
    const draft = await must(open(lead))
    const topic = { ...topicOf(draft), title: '孩子出生一件事' }
    const birth = itemOf(draft, BIRTH)
    const basis = [...birth.basis, { law: '《测试办法》', article: '第三条' }]
    const saved = await must(save(lead, draft, { topic, items: [{ ...birth, basis }] }))
    expect(codeOf(await act(lead, saved, 'approve'))).toBe('ACTION_NOT_ALLOWED')
    expect(codeOf(await act(lead, saved, 'publish'))).toBe('ACTION_NOT_ALLOWED')
    expect(codeOf(await act(first, saved, 'approve'))).toBe('ACTION_NOT_ALLOWED')

    const submitted = await must(act(lead, saved, 'submit'))
    expect(codeOf(await save(lead, submitted, { topic }))).toBe('ACTION_NOT_ALLOWED')
    const returned = await must(act(first, submitted, 'return', '依据请写全'))
    expect(returned.state).toBe('draft')
    expect(returned.events.at(-1)).toMatchObject({ is: 'return', note: '依据请写全' })
    const again = await must(act(lead, returned, 'submit'))
    const approved = await must(act(first, again, 'approve'))
    expect(approved.actions).not.toContain('publish')
    expect(codeOf(await act(first, approved, 'publish'))).toBe('SAME_PERSON')
    expect(codeOf(await act(lead, approved, 'publish'))).toBe('ACTION_NOT_ALLOWED')
    const published = await must(act(second, approved, 'publish'))
    expect(published).toMatchObject({
      state: 'published', publishedVersion: before.version + 1, actions: [],
    })

    const now = await offered()
    expect(now).toMatchObject({ version: before.version + 1, title: '孩子出生一件事' })
    expect(now.items.find(({ id }) => id === BIRTH)?.basis).toHaveLength(basis.length)
    const pinned = await get<Topic>(undefined, `/v1/topics/${TOPIC}?version=${before.version}`)
    expect(pinned.title).toBe(before.title)
    const stillOld = await get<{ topicVersion: number }>(owner, `/v1/cases/${old.view.id}`)
    expect(stillOld.topicVersion).toBe(before.version)
    const next = await fileCase(h, owner, { topicId: TOPIC, seed: 12 })
    expect(next.view.topicVersion).toBe(before.version + 1)

    const [entry] = await h.asOwner(
      `select count(*)::int as n from audit where object = $1 and what = '发布目录新版本'`,
      [`catalogue:${TOPIC}`])
    expect(entry).toEqual({ n: 1 })
    const { versions, current } = await get<TopicVersions>(first, `/v1/catalogue/topics/${TOPIC}`)
    expect(current).toBe(before.version + 1)
    expect(versions[0]).toMatchObject({ how: 'desk', cases: 1, mayReturnTo: false })
    expect(versions[0]?.by).toHaveLength(3)
    expect(versions[1]).toMatchObject({ version: before.version, how: 'release', mayReturnTo: true })
  })

  it('is taken up by other processes, and by one that starts later', async () => {
    const now = await offered()
    const fresh = () => ({ ...h.platform, catalogue: loadCatalogue('catalogue') })
    const versionIn = ({ catalogue }: typeof h.platform) =>
      catalogue.topics.find(({ id }) => id === TOPIC)?.version
    const running = fresh()
    expect(versionIn(running)).toBe(now.version - 1)
    const keeping = keepCurrent(running, 10)
    await expect.poll(() => versionIn(running)).toBe(now.version)
    await keeping.stop()
    expect(running.catalogue.hashes.get(TOPIC)).toBe(h.platform.catalogue.hashes.get(TOPIC))
    const later = fresh()
    await publishTopics(later)
    expect(versionIn(later)).toBe(now.version)
    expect(later.catalogue.files.topics.find(({ id }) => id === TOPIC)?.title).toBe(now.title)
  })

  it('goes back to an old one as a version of its own, by the lead and two people', async () => {
    const now = await offered()
    expect((await open(police, TOPIC, now.version - 1)).json()).toMatchObject({ code: 'NOT_ALLOWED' })
    expect(codeOf(await open(lead, TOPIC, 99))).toBe('NOT_FOUND')
    const draft = await must(open(lead, TOPIC, now.version - 1))
    expect(draft.fromVersion).toBe(now.version - 1)
    const published = await publish(draft)
    const back = await offered()
    expect(back.version).toBe(now.version + 1)
    expect(published.publishedVersion).toBe(back.version)
    const then = await get<Topic>(undefined, `/v1/topics/${TOPIC}?version=${now.version - 1}`)
    expect({ ...back, version: 0 }).toEqual({ ...then, version: 0 })
    expect(codeOf(await open(lead, TOPIC, then.version))).toBe('NOTHING_CHANGED')
  })

  it('brings topics along that share a changed item; a draft begun before is told', async () => {
    const { topics } = await get<CatalogueTopics>(cards, '/v1/catalogue/topics')
    const others = h.platform.catalogue.topics.filter((topic) =>
      topic.id !== TOPIC && topic.items.some(({ id }) => id === SHARED))
    expect(others.length).toBeGreaterThan(0)
    expect(topics.find(({ id }) => id === TOPIC)).toMatchObject({ leads: false, draft: null })
    const [other] = others
    const leader = await h.staff('editor', { ...at, department: other!.lead })
    const waiting = await must(open(leader, other!.id))
    const noted = await must(save(leader, waiting, { topic: { ...topicOf(waiting), stage: '别的时候' } }))

    const draft = await must(open(cards))
    const card = itemOf(draft, SHARED)
    const saved = await must(save(cards, draft, {
      items: [{ ...card, conditions: [...card.conditions, '没有欠费'] }],
    }))
    expect(saved.verdict.along.map(({ id }) => id).sort()).toEqual(others.map(({ id }) => id).sort())
    await publish(saved)
    const after = await offered(other!.id)
    expect(after.version).toBe(other!.version + 1)
    expect(after.items.find(({ id }) => id === SHARED)?.conditions).toContain('没有欠费')

    const moved = await get<DraftView>(leader, `/v1/catalogue/drafts/${noted.id}`)
    expect(moved).toMatchObject({ baseVersion: other!.version, currentVersion: after.version })
    expect(codeOf(await act(leader, moved, 'submit'))).toBe('BASE_MOVED')
    const rebased = await must(act(leader, moved, 'rebase'))
    expect(rebased.baseVersion).toBe(after.version)
    expect(rebased.parts.topic.stage).toBe('别的时候')
    expect((await must(act(leader, rebased, 'submit'))).state).toBe('submitted')
  })
})

describe('a rehearsal', () => {
  it('names the case that would be asked more, and tells nothing of whose it is', async () => {
    const owner = await h.citizen()
    const here = await fileCase(h, owner, { topicId: TOPIC, seed: 21, answers: { insure: 'here' } })
    const away = await fileCase(h, owner, { topicId: TOPIC, seed: 22, answers: { insure: 'elsewhere' } })
    const draft = await must(open(lead))
    const topic = topicOf(draft)
    topic.items = topic.items.map((one) => (one.item === 'resident-insurance-registration'
      ? { ...one, when: { q: 'insure', is: 'elsewhere' } } : one))
    const saved = await must(save(lead, draft, { topic }))
    const seen: Rehearsal['differing'] = []
    let after: string | undefined
    let total = 0
    do {
      const query = after ? `?after=${encodeURIComponent(after)}` : ''
      const page = await get<Rehearsal>(lead, `/v1/catalogue/drafts/${saved.id}/rehearsal${query}`)
      seen.push(...page.differing)
      total = page.total
      expect(page.done).toBeLessThanOrEqual(total)
      after = page.next ?? undefined
    } while (after)
    const of = (number: string) => seen.find((one) => one.number === number)
    const item = h.platform.catalogue.topics.find(({ id }) => id === TOPIC)!.items
      .find(({ id }) => id === 'resident-insurance-registration')!.short
    expect(of(here.view.number)?.itemsGone).toContain(item)
    expect(of(away.view.number)?.itemsAdded).toContain(item)
    expect(JSON.stringify(seen)).not.toContain(owner.name)
    for (const value of Object.values(here.filled.form).filter((text) => text.length > 6)) {
      expect(JSON.stringify(seen)).not.toContain(value)
    }
    await drop(draft)
  })
})

describe('the door', () => {
  it('is open to the departments of a topic and to publishers of the prefecture', async () => {
    const draft = await must(open(lead))
    const strange = h.platform.catalogue.departments.find(({ id }) =>
      !h.platform.catalogue.topics.find((topic) => topic.id === TOPIC)!.departments
        .some((one) => one.id === id))!
    const outsider = await h.staff('editor', { ...at, department: strange.id })
    const county = await h.staff('editor', { region: '653121', department: 'health' })
    const call: InjectOptions = { method: 'GET', url: `/v1/catalogue/drafts/${draft.id}` }
    expect((await h.call(outsider, call)).statusCode).toBe(404)
    expect((await h.call(county, call)).statusCode).toBe(404)
    expect((await h.call(await h.window(), call)).statusCode).toBe(403)
    expect((await h.call(police, call)).statusCode).toBe(200)
    expect((await h.call(first, call)).statusCode).toBe(200)
    expect(codeOf(await open(first))).toBe('NOT_ALLOWED')
    await drop(draft)
  })
})
