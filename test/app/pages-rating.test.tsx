/** 好差评, 整改 and 预约 as the citizen meets them. */
import path from 'node:path'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Booking } from '@core/contract/booking'
import type { RatingView, RectificationView } from '@core/contract/rating'
import BookingPage from '@/pages/booking/index'
import { Feedback } from '@/pages/case/feedback'
import PublicNumbers from '@/pages/public-numbers/index'
import RatingPage from '@/pages/rating/index'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useBookings } from '@/stores/bookings'
import { useRatings } from '@/stores/ratings'
import { useSession } from '@/stores/session'
import { useTopics } from '@/stores/topics'
import { loadCatalogue } from '../../server/catalogue/load'
import { placesOf } from '../../server/catalogue/local'
import { phone } from './taro'

const { regions, local, calendar, rating: source } =
  loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const CASE = '0192c000-0000-7000-8000-000000000001'
const about = (over: Partial<RatingView> = {}): RatingView => ({
  caseId: CASE, until: '2026-12-23', open: true, rating: null, rectifications: [],
  form: { version: source.version, indicators: source.indicators },
  items: [{ itemId: 'booklet', name: '建册', department: '喀什市卫健委', rating: null }], ...over,
})

/** What went over the wire; every answer by method and address. */
function network(answers: Record<string, unknown>) {
  const sent: { where: string; body: unknown }[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const where = `${method} ${url.split('?')[0]}`
    if (method !== 'GET') sent.push({ where, body: data })
    const found = answers[where]
    return found ? { statusCode: 200, data: found } : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} } }
  }
  return sent
}

beforeEach(() => {
  phone.reset()
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00+08:00') })
  openSecrets(toBase64(new Uint8Array(32)))
  const me = {
    id: CASE, name: '迪丽努尔', idNumber: null, phone: null, verified: true, region: null, elder: false,
  }
  useSession.setState({ token: 'token', me })
  useTopics.setState({ regions: placesOf(regions, local), calendar })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  useRatings.setState({ byCase: {} })
  useBookings.setState({ bookings: undefined })
  useSession.setState({ token: undefined, me: undefined })
  wipeSecrets()
})

describe('rating', () => {
  it('of the lowest level is two taps; the aspects and items are there for who wants them', async () => {
    const given = about({ rating: { stars: 1, comment: null, at: '2026-11-23T04:00:00Z', indicators: {} } })
    const sent = network({
      [`GET /v1/cases/${CASE}/ratings`]: about(), [`POST /v1/cases/${CASE}/ratings`]: given,
    })
    phone.route = { path: '/pages/rating/index', params: { id: CASE } }
    render(<RatingPage />)
    await userEvent.click(await screen.findByRole('button', { name: /再评几个方面/ }))
    await userEvent.selectOptions(screen.getByLabelText(/办事效率/), '不满意')
    await userEvent.click(screen.getByText('非常不满意', { selector: '.choice *, label *' }))
    await userEvent.click(screen.getByRole('button', { name: '提交评价' }))
    expect(await screen.findByText('您的评价：非常不满意')).toBeTruthy()
    expect(sent).toMatchObject([{ body: { stars: 1, indicators: { efficiency: 2 } } }])
    expect(screen.getByRole('button', { name: '再评一评各个事项' })).toBeTruthy()
  })
})

describe('整改', () => {
  const one: RectificationView = {
    id: CASE, itemId: null, about: '新生儿出生', by: '喀什市政务服务中心综合窗口', state: 'confirmed', round: 1,
    contactBy: '2026-11-24', answerBy: '2026-11-30', late: false, outcome: null,
    answer: { kind: 'fixed', text: '已经改好', by: '综合窗口', at: '2026-11-23T04:00:00Z' },
    actions: ['satisfied', 'unsatisfied'],
  }

  it('shows the answer and takes 仍不满意 with its reason', async () => {
    const again = about({ rectifications: [{ ...one, state: 'open', round: 2, answer: null, actions: [] }] })
    const sent = network({
      [`GET /v1/cases/${CASE}/ratings`]: about({ rectifications: [one] }),
      [`POST /v1/rectifications/${CASE}/reply`]: again,
    })
    render(<Feedback caseId={CASE} />)
    expect(await screen.findByText('已经改好')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '仍不满意' }))
    await userEvent.type(screen.getByLabelText(/想说的话/), '还没改')
    await userEvent.click(screen.getByRole('button', { name: '提交：仍不满意' }))
    expect(await screen.findByText('不满意整改（第 2 次）')).toBeTruthy()
    expect(sent).toMatchObject([{ body: { do: 'unsatisfied', note: '还没改' } }])
  })
})

describe('预约取号', () => {
  const made: Booking = {
    id: CASE, number: 'B1030-1', hallId: 'kashgar-city-hall', hallName: '喀什市政务服务中心', address: '样例路1号',
    sample: true, windowKind: 'service', day: '2026-11-24', from: '10:30', to: '11:00', topicId: null,
    topicTitle: null, state: 'open', madeAt: '2026-11-23T04:00:00Z',
  }

  it('takes a hall, a day and a half hour, then shows the number and the code', async () => {
    const sent = network({
      'GET /v1/bookings': { bookings: [] }, 'POST /v1/bookings': made,
      'GET /v1/bookings/slots': {
        hallId: made.hallId, kind: 'service', minutes: 30,
        days: [{ day: '2026-11-24', slots: [{ time: '10:00', left: 0 }, { time: '10:30', left: 2 }] }],
      },
    })
    phone.route = { path: '/pages/booking/index', params: { hall: made.hallId } }
    render(<BookingPage />)
    await userEvent.click(await screen.findByRole('button', { name: '预约' }))
    expect(screen.getByText('请选一个时段。')).toBeTruthy()
    expect(screen.queryByText(/10:00 到/)).toBeNull()
    await userEvent.selectOptions(screen.getByLabelText(/几点/), '10:30 到 11:00，还有 2 个号')
    await userEvent.click(screen.getByRole('button', { name: '预约' }))
    expect(await screen.findByText('B1030-1')).toBeTruthy()
    expect(screen.getByAltText('预约号 B1030-1 的取号二维码')).toBeTruthy()
    expect(sent).toMatchObject([
      { body: { hallId: made.hallId, windowKind: 'service', slot: '2026-11-24T10:30' } },
    ])
  })
})

describe('公开数据', () => {
  it('of too few say so', async () => {
    const none = { cases: null, ratings: null }
    network({
      'GET /v1/stats/public': {
        countedAt: '2026-11-23T04:00:00Z', from: '2025-11-23', smallestGroup: 5, whole: none,
        itemRatings: null, topics: [], counties: [], rectifications: null,
      },
    })
    render(<PublicNumbers />)
    expect(await screen.findByText('还没有可以公开的数据')).toBeTruthy()
  })
})
