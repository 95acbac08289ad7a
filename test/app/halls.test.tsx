import path from 'node:path'
import { act as settle, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseView } from '@core/contract/case'
import { HallCard, type Venue } from '@/components/hall-card'
import { hoursWords, windowWords } from '@/components/hall-card/words'
import CasePage from '@/pages/case'
import Halls from '@/pages/halls'
import NoticePage from '@/pages/notice'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { keepCase, useCases } from '@/stores/cases'
import { useDrafts } from '@/stores/drafts'
import { choicesOf, placeOf } from '@/stores/place'
import { useSession } from '@/stores/session'
import { setRegion, useSettings } from '@/stores/settings'
import { useTopics } from '@/stores/topics'
import { loadCatalogue } from '../../server/catalogue/load'
import { placesOf } from '../../server/catalogue/local'
import { phone } from './taro'

const { topics, regions, local, calendar } =
  loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const places = placesOf(regions, local)
const topic = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
const ZONE = '喀什经济开发区'

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useTopics.setState({ regions: places, calendar })
  setRegion('653125')
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  useDrafts.setState({ byTopic: {} })
  useCases.setState({ byId: {} })
  useSession.setState({ token: undefined, me: undefined })
  wipeSecrets()
})

const cards = () => [...document.querySelectorAll<HTMLElement>('.hall')]
const card = (name: string) => screen.getByLabelText(name)

describe('办事大厅', () => {
  it('own county first and open to read, the others told when they are tapped', async () => {
    vi.setSystemTime(new Date('2026-11-23T12:30:00+08:00'))
    render(<Halls />)
    const [first] = cards()
    expect(first?.textContent).toContain('莎车县政务服务中心')
    expect(first?.textContent).toContain('现在开放今天开到 14:00样例')
    expect(first?.textContent).toContain('10:00 到 14:0015:30 到 19:30周四夜间服务 20:00 到 22:00')
    expect(first?.textContent).toContain('“办不成事”反映窗口：二楼 12号')
    expect(cards().map((one) => one.textContent).join()).toContain(ZONE)
    const makit = within(card('麦盖提县政务服务中心'))
    expect(makit.queryByText('麦盖提县样例路1号')).toBeNull()
    await userEvent.click(makit.getByRole('button', { name: /看地址和窗口/ }))
    expect(makit.getByText('麦盖提县样例路1号')).toBeTruthy()
    expect(makit.getByRole('button', { name: '拨打 12345，问麦盖提县政务服务中心' })).toBeTruthy()
  })

  it('moves on with the clock while the page stays open', () => {
    vi.useFakeTimers({ now: new Date('2026-11-23T13:59:30+08:00') })
    render(<Halls />)
    const state = () => cards()[0]?.textContent
    expect(state()).toContain('现在开放')
    settle(() => void vi.advanceTimersByTime(60_000))
    expect(state()).toContain('中间休息今天 15:30 开门')
  })
})

describe('a hall in plain words', () => {
  const hall: Venue = { ...places.find(({ code }) => code === '653121')!.halls[0]!, sample: false }
  const at = (instant: string) => {
    cleanup()
    return render(<HallCard hall={hall} calendar={calendar} at={instant} />).container.textContent
  }

  it('says when it opens next: today, tomorrow, or on which day', () => {
    expect(at('2026-11-23T09:00:00+08:00')).toContain('还没上班今天 10:00 开门')
    expect(at('2026-11-23T21:00:00+08:00')).toContain('已下班明天 10:00 开门')
    expect(at('2026-11-27T21:00:00+08:00')).toContain('已下班11月30日（周一）10:00 开门')
    expect(at('2026-10-02T12:00:00+08:00')).toContain('今天不上班10月8日（周四）10:00 开门')
    expect(at('2026-11-25T20:30:00+08:00')).toContain('现在开放今天开到 22:00')
  })

  it('says nothing about a day beyond the calendar, and 样例 only of samples', () => {
    const told = at('2031-01-02T12:00:00+08:00')
    expect(told).toContain(hall.address)
    expect(told).not.toMatch(/现在开放|下班|样例$/)
    expect(told).not.toContain('开门')
  })

  it('tells the season and days of rest', () => {
    expect(hoursWords({ ...hall.hours, closed: [5, 2] }, '2026-07-01')).toEqual({
      times: ['10:00 到 14:00', '16:00 到 20:00', '周三夜间服务 20:00 到 22:00'],
      notes: ['夏季时间，5月1日开始', '周二、周五、周末和节假日休息，放假以正式通知为准'],
    })
  })

  it('draws runs of windows together, floor by floor', () => {
    const of = (no: string, floor?: string) => ({ no, kind: 'service' as const, ...(floor ? { floor } : {}) })
    const text = (...windows: ReturnType<typeof of>[]) => windowWords(windows)[0]?.text
    expect(text(of('3', '一楼'), of('4', '一楼'), of('5', '一楼'), of('9', '二楼'), of('10', '二楼')))
      .toBe('一楼 3至5号，二楼 9、10号')
    expect(text(of('A1'), of('A2'), of('7'))).toBe('A1、A2、7号')
  })
})

describe('a place', () => {
  it('means the zone only for a company', () => {
    expect(placeOf(places, '653100', 'company')?.name).toBe(ZONE)
    expect(placeOf(places, '653100', 'person')?.name).toBe('喀什地区')
    expect(placeOf(places, '653125', 'company')?.name).toBe('莎车县')
    expect(choicesOf(places, 'person')).toHaveLength(12)
    expect(choicesOf(places, 'company').map(({ name }) => name)).toContain(ZONE)
  })
})

describe('去哪里办 on the notice', () => {
  function open(audience: 'person' | 'company') {
    useTopics.setState({ byId: { [topic.id]: { topic: { ...topic, audience }, etag: '"1"' } } })
    useDrafts.setState({
      byTopic: {
        [topic.id]: {
          body: {
            requestId: '0192c000-0000-4000-8000-0000000000aa', topicVersion: topic.version,
            regionCode: '653126', answers: ANSWERS, form: {}, materials: {}, page: 'start',
          },
          revision: 0, saved: 'phone', changedAt: 1,
        },
      },
    })
    phone.route = { path: '/pages/notice/index', params: { topic: topic.id } }
    render(<NoticePage />)
  }
  const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent)

  it('tells where the draft\'s county takes in what asks for a visit', async () => {
    open('person')
    await screen.findByRole('heading', { name: '去哪里办' })
    const where = cards().find(({ textContent }) =>
      textContent?.includes('叶城县样例路2号公安局户政大厅'))
    expect(where?.textContent).toContain('户籍窗口')
    expect(where?.textContent).toContain('样例')
    expect(document.body.textContent).toContain('叶城县，')
    expect(options()).not.toContain(ZONE)
  })

  it('a new county holds for the draft and the phone, the zone for the draft alone', async () => {
    open('company')
    const county = await screen.findByLabelText('办事地区')
    const chosen = () => [
      useDrafts.getState().byTopic[topic.id]?.body.regionCode, useSettings.getState().region,
    ]
    await userEvent.selectOptions(county, '伽师县')
    expect(chosen()).toEqual(['653129', '653129'])
    await userEvent.selectOptions(county, ZONE)
    expect(chosen()).toEqual(['653100', '653129'])
    expect(card('喀什经济开发区企业服务中心')).toBeTruthy()
    expect(document.body.textContent).toContain(`${ZONE}，`)
  })
})

describe('a case', () => {
  const ID = '0192c000-0000-7000-8000-000000000001'
  const view: CaseView = {
    id: ID, number: 'YJS653126062026112300042K', topicId: topic.id, topicVersion: topic.version,
    topicTitle: topic.title, regionCode: '653126', state: 'handling', version: 1,
    submittedAt: '2026-11-23T02:20:00Z', acceptBy: '2026-11-30', dueOn: '2026-12-09', tasks: [],
    events: [], lastSeq: 0, correction: null, actions: [], handover: 'electronic', rating: null,
    contact: { office: '叶城县政务服务中心综合窗口', phone: '12345' },
  }

  it.each([
    ['653126', 'person', '叶城县政务服务中心'],
    ['653100', 'person', '喀什地区政务服务中心'],
    ['653100', 'company', '喀什经济开发区企业服务中心'],
  ] as const)('filed under %s by a %s shows %s', async (regionCode, audience, name) => {
    useTopics.setState({ byId: { [topic.id]: { topic: { ...topic, audience }, etag: '"1"' } } })
    useSession.setState({
      token: 'token',
      me: { id: ID, name: '样例', idNumber: null, phone: null, verified: true, region: null, elder: false },
    })
    await keepCase({ ...view, regionCode })
    phone.route = { path: '/pages/case/index', params: { id: ID } }
    render(<CasePage />)
    expect(cards().map((one) => one.getAttribute('aria-label'))).toEqual([name])
  })
})
