import path from 'node:path'
import { act as settle, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseView } from '@core/contract/case'
import { Refused } from '@core/refusal'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { once } from '@/stores/acts'
import { appendEvents, keepCase, useCases } from '@/stores/cases'
import { useDrafts } from '@/stores/drafts'
import { fillingOf } from '@/stores/filling'
import { useSession } from '@/stores/session'
import { submit, useSubmitting } from '@/stores/submitting'
import { useTopics } from '@/stores/topics'
import { nextWait } from '@/stores/watched-case'
import { loadCatalogue } from '../../server/catalogue/load'
import { phone } from './taro'
import CasePage from '@/pages/case/index'
import CheckPage from '@/pages/check/index'
import CorrectionPage from '@/pages/correction/index'
import SignPage from '@/pages/sign/index'

const catalogue = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = catalogue.topics.find(({ id }) => id === 'newborn')!
const CASE = '0192c000-0000-7000-8000-000000000001'
const REQUEST = '0192c000-0000-4000-8000-0000000000aa'

interface Sent {
  method: string
  path: string
  body: unknown
}

/** What went over the wire, and what the network answers; a refusal is a status and a body. */
function network(answers: Record<string, unknown>) {
  const sent: Sent[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const [where = ''] = url.split('?')
    sent.push({ method, path: where, body: data })
    const answer = answers[`${method} ${where}`]
    const made: unknown = typeof answer === 'function' ? answer(data, url) : answer
    if (made === undefined) throw { errMsg: 'request:fail' }
    if (made instanceof Refused) {
      return { statusCode: 409, data: { code: made.code, detail: made.detail } }
    }
    return { statusCode: 200, data: made, header: { etag: '"1"' } }
  }
  return sent
}

const common = { [`GET /v1/topics/${topic.id}`]: topic }

function caseView(over: Partial<CaseView> = {}): CaseView {
  return {
    id: CASE, number: 'YJS653101062026112300042K', topicId: topic.id, topicVersion: topic.version,
    topicTitle: topic.title, regionCode: '653101', state: 'handling', version: 1,
    submittedAt: '2026-11-23T02:20:00Z', acceptBy: '2026-11-30', dueOn: '2026-12-09',
    tasks: [{
      n: 1, itemId: 'birth-registration', name: '户口登记', department: '喀什市公安局',
      state: 'received', stage: 0, startedAt: '2026-11-23T03:00:00Z', dueOn: '2026-11-27',
      endedAt: null, signal: 'yellow', waitsFor: [], pause: null, extension: null, reason: null, result: null,
    }],
    events: [event(1, '您已提交申请。')], lastSeq: 1, correction: null, actions: ['withdraw'],
    handover: 'electronic', rating: null,
    contact: { office: '综合窗口', phone: '0998-2820000' },
    ...over,
  }
}

function event(seq: number, text: string): CaseView['events'][number] {
  return {
    seq, at: '2026-11-23T02:20:00Z', is: 'submit', by: { role: 'citizen', name: '您' },
    itemId: null, text, reason: null,
  }
}

function openDraft() {
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
  useDrafts.setState({
    byTopic: {
      [topic.id]: {
        body: {
          requestId: REQUEST, topicVersion: topic.version, regionCode: '653101',
          answers: { who: 'mother' }, form: {}, materials: {}, page: 'check',
        },
        revision: 1, saved: 'server', changedAt: 1,
      },
    },
  })
}

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token', shared: undefined,
    me: {
      id: CASE, name: '阿依努尔', idNumber: null, phone: null, verified: true, region: null,
      elder: false,
    },
  })
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
  useCases.setState({ byId: {} })
  useDrafts.setState({ byTopic: {} })
  useSubmitting.setState({ byTopic: {} })
  wipeSecrets()
})

describe('checking answers (U8)', () => {
  it('lists every problem first, shows 未填写, and opens the place of each answer', async () => {
    openDraft()
    network(common)
    phone.route = { path: '/pages/check/index', params: { topic: topic.id } }
    render(<CheckPage />)
    const problems = within(await screen.findByRole('alert'))
    expect(problems.getAllByRole('button').length).toBeGreaterThan(2)
    expect(screen.getAllByText('未填写').length).toBeGreaterThan(2)
    await userEvent.click(screen.getByRole('button', { name: /^修改办理情形：您是孩子的什么人/ }))
    expect(phone.pages.at(-1)).toBe('/pages/questions/index?topic=newborn&question=who&from=check')
    await userEvent.click(screen.getByRole('button', { name: '确认无误，去签名' }))
    expect(phone.pages.at(-1)).toContain('questions')
  })
})

describe('signing', () => {
  it('has nothing ticked beforehand and sends nothing before all is agreed and signed', async () => {
    openDraft()
    const sent = network(common)
    phone.route = { path: '/pages/sign/index', params: { topic: topic.id } }
    render(<SignPage />)
    const boxes = await screen.findAllByRole('checkbox')
    expect(boxes.map((box) => box.getAttribute('aria-checked'))).toEqual(boxes.map(() => 'false'))
    expect(boxes.some((box) => box.getAttribute('aria-label')?.startsWith('监护人同意'))).toBe(true)
    await userEvent.click(screen.getByRole('button', { name: '提交申请' }))
    const told = within(screen.getAllByRole('alert')[0]!).getAllByRole('button')
    expect(told).toHaveLength(boxes.length + 2)
    expect(phone.title).toBe('错误：签名并提交')
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
  })

  const signed = {
    consent: { notice: true, truth: true, sharing: true },
    signature: { strokes: [[[1, 1], [2, 2]]], ratio: 1.7 },
    handover: 'electronic',
  } as const
  const filling = () => fillingOf(topic, useDrafts.getState().byTopic[topic.id]!)
  const strokes = [[[1, 1], [2, 2]]]
  const copy = () => ({ ...signed, signature: { ...signed.signature, strokes } })

  it('makes one submission of two taps, and drops the draft for good', async () => {
    openDraft()
    const sent = network({
      ...common, 'POST /v1/cases': caseView(), 'PUT /v1/drafts/newborn': { revision: 2 },
    })
    const [one, two] = await Promise.all([submit(filling(), copy()), submit(filling(), copy())])
    expect(one.id).toBe(two.id)
    expect(sent.filter(({ path }) => path === '/v1/cases')).toHaveLength(1)
    expect(useDrafts.getState().byTopic).toEqual({})
    expect(useSubmitting.getState().byTopic[topic.id]?.caseId).toBe(CASE)
  })

  it('keeps the draft when the reply is lost, and retries under the same request id', async () => {
    openDraft()
    let tries = 0
    const sent = network({
      ...common,
      'PUT /v1/drafts/newborn': { revision: 2 },
      'POST /v1/cases': () => (tries++ === 0 ? undefined : caseView()),
    })
    await expect(submit(filling(), copy())).rejects.toMatchObject({ code: 'OFFLINE' })
    expect(useDrafts.getState().byTopic[topic.id]).toBeDefined()
    await submit(filling(), copy())
    const ids = sent.filter(({ path }) => path === '/v1/cases')
      .map(({ body }) => (body as { requestId: string }).requestId)
    expect(ids).toEqual([REQUEST, REQUEST])
  })

  it('after a changed topic keeps the answers and says what moved', async () => {
    openDraft()
    const added = { ...topic.questions[0]!, id: 'new-question', ask: '新问题？' }
    const newer = { ...topic, version: topic.version + 1, questions: [...topic.questions, added] }
    const before = filling()
    network({
      [`GET /v1/topics/${topic.id}`]: newer,
      'PUT /v1/drafts/newborn': { revision: 2 },
      'POST /v1/cases': new Refused('CATALOGUE_CHANGED'),
    })
    await expect(submit(before, copy())).rejects.toMatchObject({ code: 'CATALOGUE_CHANGED' })
    expect(useDrafts.getState().byTopic[topic.id]?.body.answers).toEqual({ who: 'mother' })
    expect(useSubmitting.getState().byTopic[topic.id]?.moved?.added)
      .toEqual([{ key: 'new-question', label: '新问题？' }])
  })
})

describe('one act, one request id', () => {
  it('joins a second tap, repeats the id after a lost reply, then takes a new one', async () => {
    const ids: string[] = []
    let lost = true
    const send = async (id: string) => {
      ids.push(id)
      if (lost) throw new Refused('TIMEOUT')
      return 'done'
    }
    const taps = [once('a', send), once('a', send)]
    await Promise.allSettled(taps)
    lost = false
    await once('a', send)
    await once('a', send)
    expect(ids).toHaveLength(3)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
  })
})

describe('following a case', () => {
  it('appends new events by their number, each once', () => {
    const older = caseView({ events: [event(1, '一'), event(2, '二')], lastSeq: 2 })
    const newer = caseView({ events: [event(2, '二'), event(3, '三')], lastSeq: 3 })
    expect(appendEvents(older, newer).events.map(({ text }) => text)).toEqual(['一', '二', '三'])
  })

  it('looks after 5 s, then ever more rarely, never more than a minute apart', () => {
    const waits = [5_000]
    for (let n = 0; n < 9; n += 1) waits.push(nextWait(waits.at(-1)!, false))
    expect(waits.slice(0, 3)).toEqual([5_000, 7_500, 11_250])
    expect(waits.at(-1)).toBe(60_000)
    expect(nextWait(60_000, true)).toBe(5_000)
  })

  it('asks only for what is new while it is shown, and stops when it is left', async () => {
    vi.useFakeTimers()
    const asked: string[] = []
    network({
      ...common,
      [`GET /v1/cases/${CASE}`]: (_: unknown, url: string) => {
        asked.push(url.split('?')[1] ?? '')
        const seq = asked.length
        return caseView({ version: seq, lastSeq: seq, events: [event(seq, `第 ${seq} 件`)] })
      },
    })
    phone.route = { path: '/pages/case/index', params: { id: CASE } }
    const { unmount } = render(<CasePage />)
    await settle(() => vi.advanceTimersByTimeAsync(11_000))
    expect(asked).toEqual(['after=0', 'after=1', 'after=2'])
    expect(screen.getByText('第 1 件')).toBeTruthy()
    expect(screen.getByText('第 3 件')).toBeTruthy()
    expect(screen.getAllByText(/部门收到黄牌/)).toHaveLength(2)
    expect(screen.getByRole('button', { name: '反映“办不成事”' })).toBeTruthy()
    unmount()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toHaveLength(3)
  })

  it('says by how much a limit was extended and why, beside its new day', async () => {
    const view = caseView()
    const [task] = view.tasks
    const extension = { days: 5, cause: 'site-check' as const, note: '道路被雪封住' }
    network({
      ...common,
      [`GET /v1/cases/${CASE}`]: { ...view, tasks: [{ ...task!, dueOn: '2026-12-04', extension }] },
    })
    phone.route = { path: '/pages/case/index', params: { id: CASE } }
    render(<CasePage />)
    expect(await screen.findByText(/经批准依法延长了 5 个工作日：现场核查.*（道路被雪封住）。/)).toBeTruthy()
    expect(screen.getByText(/承诺 12月4日前办结/)).toBeTruthy()
  })

  it('without a network shows the kept copy and its date', async () => {
    network({})
    await keepCase(caseView())
    useCases.setState({ byId: {} })
    phone.route = { path: '/pages/case/index', params: { id: CASE } }
    render(<CasePage />)
    expect(await screen.findByText(/现在没有网络。下面是 .*的进度。/)).toBeTruthy()
    expect(screen.getByText('户口登记')).toBeTruthy()
  })

  it('asks before it withdraws, says what follows, and withdraws once', async () => {
    const sent = network({
      ...common,
      [`GET /v1/cases/${CASE}`]: caseView(),
      [`POST /v1/cases/${CASE}/actions`]: caseView({
        state: 'withdrawn', actions: [], version: 2, lastSeq: 2, events: [],
      }),
    })
    phone.route = { path: '/pages/case/index', params: { id: CASE } }
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: '撤回申请' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText(/不能恢复/)).toBeTruthy()
    await userEvent.dblClick(dialog.getByRole('button', { name: '撤回申请' }))
    expect((await screen.findAllByText('已撤回')).length).toBeGreaterThan(0)
    expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

describe('correcting', () => {
  const asks = [{
    kind: 'field' as const, key: 'child.name', reason: '与出生医学证明不一致',
    itemId: 'birth-registration',
  }]
  const correcting = () => caseView({
    state: 'correcting', actions: ['resubmit'],
    correction: { round: 1, askedAt: '2026-11-23T06:00:00Z', asks },
  })
  const content = { answers: { who: 'mother' }, form: { 'child.name': '麦尔丹·艾力' }, materials: {} }

  it('asks only what is asked, with reason and department, and sends only that', async () => {
    const sent = network({
      ...common,
      [`GET /v1/cases/${CASE}`]: correcting(),
      [`GET /v1/cases/${CASE}/content`]: content,
      [`POST /v1/cases/${CASE}/actions`]: caseView({ version: 2, lastSeq: 2, events: [] }),
    })
    phone.route = { path: '/pages/correction/index', params: { id: CASE } }
    render(<CorrectionPage />)
    expect(await screen.findByText('原因：与出生医学证明不一致')).toBeTruthy()
    expect(screen.getByText('提出：喀什市公安局')).toBeTruthy()
    const fields = screen.getAllByRole('textbox')
    expect(fields).toHaveLength(1)

    await userEvent.click(screen.getByRole('button', { name: '提交补正' }))
    expect(screen.getAllByText('请补正孩子的姓名。').length).toBeGreaterThan(0)
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])

    await userEvent.clear(fields[0]!)
    await userEvent.type(fields[0]!, '麦尔旦·艾力')
    await userEvent.click(screen.getByRole('button', { name: '提交补正' }))
    await vi.waitFor(() => expect(sent.some(({ method }) => method === 'POST')).toBe(true))
    expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({
      do: 'resubmit', form: { 'child.name': '麦尔旦·艾力' }, materials: {},
    })
  })
})
