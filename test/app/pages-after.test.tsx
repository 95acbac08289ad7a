/** After submission: the tone of a topic, its seasons, and what to go on with. */
import path from 'node:path'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseContent, CaseView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { makePlan } from '@core/plan'
import { seasonLines } from '@/components/season-note/words'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useCases } from '@/stores/cases'
import { useDrafts } from '@/stores/drafts'
import { useSession } from '@/stores/session'
import { useTopics } from '@/stores/topics'
import CasePage from '@/pages/case/index'
import RatingPage from '@/pages/rating/index'
import ReceiptPage from '@/pages/receipt/index'
import { loadCatalogue } from '../../server/catalogue/load'
import { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topicOf = (id: string) => topics.find((one) => one.id === id)!
const quiet = topics.find(({ tone }) => tone === 'quiet')!
const plain = topicOf('retirement')
const school = topicOf('school-entry')
const sale = topicOf('home-sale')
const CASE = '0192c000-0000-7000-8000-000000000001'
const NOTHING: CaseContent = { answers: {}, form: {}, materials: {} }

function open(page: string, topic: Topic, over: Partial<CaseView> = {}, content = NOTHING) {
  const view: CaseView = {
    id: CASE, number: 'YJS653101062026112300042K', topicId: topic.id, topicVersion: topic.version,
    topicTitle: topic.title, regionCode: '653101', state: 'submitted', version: 1,
    submittedAt: '2026-11-23T02:20:00Z', acceptBy: '2026-11-30', dueOn: null, tasks: [], events: [],
    lastSeq: 1, correction: null, actions: [], handover: 'electronic', rating: null,
    contact: { office: '综合窗口', phone: '12345' }, ...over,
  }
  const answers: Record<string, unknown> = {
    [`/v1/cases/${CASE}`]: view, [`/v1/cases/${CASE}/content`]: content,
    ...Object.fromEntries(topics.map((one) => [`/v1/topics/${one.id}`, one])),
  }
  const asked: string[] = []
  phone.answer = async ({ url }) => {
    const [where = ''] = url.split('?')
    asked.push(where)
    const found = answers[where]
    return found ? { statusCode: 200, data: found } : { statusCode: 404, data: { code: 'NOT_FOUND' } }
  }
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
  phone.route = { path: `/pages/${page}/index`, params: { id: CASE } }
  return asked
}

beforeEach(() => {
  phone.reset()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00+08:00') })
  openSecrets(toBase64(new Uint8Array(32)))
  const me = {
    id: CASE, name: '迪丽努尔', idNumber: null, phone: null, verified: true, region: null, elder: false,
  }
  useSession.setState({ token: 'token', me })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  useCases.setState({ byId: {} })
  useDrafts.setState({ byTopic: {} })
  useTopics.setState({ byId: {} })
  useSession.setState({ token: undefined, me: undefined })
  wipeSecrets()
})

const asks = () => screen.queryByText('下一步')?.parentElement?.textContent ?? ''
const footer = () => document.querySelector('.page-footer')?.textContent ?? ''

describe('a topic of quiet tone', () => {
  it('ends a case without asking for stars; who looks finds where to give them', async () => {
    open('case', quiet, { state: 'finished' })
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: '评价这次办理' }))
    expect(phone.pages.at(-1)).toContain('/pages/rating/index')
    expect(asks()).toBe('')
    expect(footer()).not.toContain('评价')
  })

  it('unlike every other topic, which asks in the footer', async () => {
    open('case', plain, { state: 'finished' })
    render(<CasePage />)
    await screen.findByRole('button', { name: '评价这次办理' })
    expect(asks()).toContain('评价')
    expect(footer()).toContain('评价')
  })

  it('says on the rating page that it need not be', async () => {
    open('rating', quiet, { state: 'finished' })
    render(<RatingPage />)
    expect(await screen.findByText(/不评价也没有关系/)).toBeTruthy()
    expect(document.body.textContent).not.toMatch(/恭喜|办得怎么样/)
  })

  it('tells of the receipt without a mark of success', async () => {
    open('receipt', quiet)
    render(<ReceiptPage />)
    expect((await screen.findAllByText('申请已提交')).length).toBeGreaterThan(0)
    expect(document.querySelector('.receipt-mark')).toBeNull()
    cleanup()
    open('receipt', plain)
    render(<ReceiptPage />)
    await screen.findAllByText('申请已提交')
    expect(document.querySelector('.receipt-mark')).not.toBeNull()
  })
})

const PUPIL = { kind: 'primary', who: 'parent', hukou: 'here', housing: 'own', special: 'none' }

describe('a season', () => {
  const plan = makePlan(school, { answers: PUPIL, form: {} })
  const lines = (today: string, filedOn?: string) =>
    seasonLines(plan, { regionCode: '653101', today, ...(filedOn ? { filedOn } : {}) })

  it('is told before, during and after, also to whoever has filed', () => {
    expect(lines('2026-11-23')).toEqual([
      '“学校报名”在2027年6月10日到7月10日报名，8月10日前告诉结果（参考）。现在提交的先收好，到时候再办。',
    ])
    expect(lines('2027-07-10')).toEqual(['“学校报名”正在报名，7月10日截止，8月10日前告诉结果（参考）。'])
    expect(lines('2026-11-23', '2026-11-23')).toEqual([
      '“学校报名”已经收好，要等到2027年6月10日开始报名再办，8月10日前告诉结果（参考）。',
    ])
    expect(lines('2027-06-10', '2026-11-23')[0]).toContain('您的已经排进去')
    expect(lines('2027-07-11', '2026-11-23')[0]).toContain('报名已经截止')
    expect(lines('2027-08-11', '2026-11-23')).toEqual([])
  })

  it('is of the county, and nothing to whoever changes school', () => {
    expect(seasonLines(plan, { regionCode: '653125', today: '2026-11-23' })[0]).toContain('6月15日')
    const moving = makePlan(school, { answers: { ...PUPIL, kind: 'transfer' }, form: {} })
    expect(seasonLines(moving, { regionCode: '653101', today: '2026-11-23' })).toEqual([])
  })

  it.each([['receipt', ReceiptPage], ['case', CasePage]] as const)(
    'stands on the page: %s', async (page, Shown) => {
      open(page, school, {}, { ...NOTHING, answers: PUPIL })
      render(<Shown />)
      expect(await screen.findByText(/要等到2027年6月10日开始报名再办/)).toBeTruthy()
    })
})

describe('a topic to go on with', () => {
  const filed = {
    ...NOTHING,
    answers: { who: 'buyer', pay: 'fund' },
    form: { 'buyer.1.name': '张建军', 'property.location': '喀什市演示路 1 号' },
  }

  it('is opened with what was told here', async () => {
    open('receipt', sale, {}, filed)
    render(<ReceiptPage />)
    await userEvent.click(await screen.findByRole('button', { name: '接着办：住房公积金贷款' }))
    await vi.waitFor(() => expect(phone.pages.at(-1)).toBe('/pages/topic/index?topic=housing-loan'))
    expect(useDrafts.getState().byTopic['housing-loan']?.body).toMatchObject({
      regionCode: '653101',
      form: { 'borrower.name': '张建军', 'property.location': '喀什市演示路 1 号' },
    })
  })

  it('is not offered where the answers do not lead there, nor after a refusal', async () => {
    const looked = (asked: string[]) => vi.waitFor(() =>
      expect(asked).toEqual(expect.arrayContaining([`/v1/cases/${CASE}/content`])))
    const asked = open('case', sale, {}, { ...filed, answers: { who: 'buyer', pay: 'cash' } })
    render(<CasePage />)
    await looked(asked)
    await screen.findByText('领取方式')
    expect(screen.queryByText('接着办')).toBeNull()
    cleanup()
    const again = open('case', sale, { state: 'refused' }, filed)
    render(<CasePage />)
    await looked(again)
    await screen.findByText('领取方式')
    expect(screen.queryByText('接着办')).toBeNull()
  })

  it('looks into the case only where the topic has something to say by it', async () => {
    const asked = open('case', plain)
    render(<CasePage />)
    await screen.findByText('领取方式')
    expect(asked.filter((where) => where.endsWith('/content'))).toEqual([])
  })
})
