/** For everyone: another language under the Chinese, elder mode, no network, an ending session. */
import path from 'node:path'
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from '@core/contract/session'
import { helpFor } from '@core/language'
import { IDLE_MINUTES, WARN_MINUTES, nearEnd } from '@core/session-life'
import App from '@/app'
import { getMe } from '@/api/session'
import Form from '@/pages/form'
import Home from '@/pages/home'
import Login from '@/pages/login'
import Questions from '@/pages/questions'
import SettingsPage from '@/pages/settings'
import { answer, dropDraft, openDraft } from '@/stores/drafts'
import { useLanguages } from '@/stores/language'
import { beginSession, forgetSession, token } from '@/stores/session'
import { setElder, setLanguage, useSettings } from '@/stores/settings'
import { FrameContext } from '@/ui/frame'
import { Page } from '@/ui/page'
import { loadCatalogue } from '../../server/catalogue/load'
import Taro, { phone } from './taro'

const { languages, topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const ug = languages.find(({ language }) => language === 'ug')!
const topic = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
const SESSION: Session = {
  token: 'token-1', expiresAt: '2099-12-01T00:00:00Z', draftKey: btoa('0'.repeat(32)),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: '阿依努尔·样例',
    idNumber: '6531**********0008', phone: '139****0001', verified: true, region: '653101',
    elder: false,
  },
}

/** The server's replies by path; everything else has no network. */
function online(replies: Record<string, unknown>): string[] {
  const asked: string[] = []
  phone.answer = async ({ url }) => {
    const { pathname } = new URL(url, 'http://phone')
    asked.push(pathname)
    if (!(pathname in replies)) throw { errMsg: 'request:fail' }
    return { statusCode: 200, data: replies[pathname], header: { etag: '"1"' } }
  }
  return asked
}

beforeEach(() => {
  phone.reset()
  Taro.setStorageSync('topic-2-newborn', { topic, etag: '"1"' })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
  dropDraft(topic.id)
  forgetSession()
  setElder(false)
  setLanguage(undefined)
  useLanguages.setState({ byCode: {} })
})

const open = (page: string, params: Record<string, string> = { topic: topic.id }) => {
  phone.route = { path: `/pages/${page}/index`, params }
}
const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
const help = (text: string) => helpFor(ug, text) ?? `no help for ${text}`

describe('语言帮助', () => {
  it('is off by default, asks for nothing then, and says in settings that it is a draft', async () => {
    const asked = online({ '/v1/language/ug': ug })
    open('settings', {})
    render(<App><SettingsPage /></App>)
    const box = screen.getByRole('checkbox', { name: /维吾尔语提示/ })
    expect(box.getAttribute('aria-checked')).not.toBe('true')
    expect(screen.getByText('草稿，译文尚未经专业译员审定，以中文为准')).toBeTruthy()
    expect(asked).not.toContain('/v1/language/ug')
    await userEvent.click(box)
    expect(asked).toContain('/v1/language/ug')
    expect(screen.getByText(help('账户'))).toBeTruthy()
    await userEvent.click(screen.getByRole('checkbox', { name: /维吾尔语提示/ }))
    expect(screen.queryByText(help('账户'))).toBeNull()
  })

  it('is one tap from home before signing in, and stays on the phone without a network', async () => {
    online({ '/v1/language/ug': ug })
    open('home', {})
    const { unmount } = render(<App><Home /></App>)
    await tap(/ئۇيغۇرچە/)
    expect(await screen.findByText(help('登录'))).toBeTruthy()
    unmount()
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    useLanguages.setState({ byCode: {} })
    open('login', {})
    render(<App><Login /></App>)
    expect(await screen.findByText(help('手机号'))).toBeTruthy()
  })

  it('stays off, and says so, when its messages cannot be had', async () => {
    open('settings', {})
    render(<App><SettingsPage /></App>)
    await userEvent.click(screen.getByRole('checkbox', { name: /维吾尔语提示/ }))
    expect(screen.getByText(/现在没有网络/)).toBeTruthy()
    expect(useSettings.getState().language).toBeUndefined()
  })

  it('stands under the Chinese of a question, its options and hints, and never in its place', async () => {
    online({ '/v1/language/ug': ug })
    setLanguage('ug')
    open('questions')
    render(<App><Questions /></App>)
    const [first] = topic.questions
    const said = await screen.findByText(help(first!.ask))
    const heading = screen.getByRole('heading')
    expect(heading.contains(said)).toBe(true)
    expect(heading.textContent?.startsWith(first!.ask)).toBe(true)
    for (const { label, hint } of first!.options) {
      const option = screen.getByText(label)
      expect(option.nextElementSibling?.textContent).toBe(help(label))
      if (hint) expect(screen.getByText(hint).nextElementSibling?.textContent).toBe(help(hint))
    }
    expect(phone.title).toBe(first!.ask)
  })
})

describe('elder mode', () => {
  it('asks for one field a screen, and goes on from there', async () => {
    beginSession(SESSION)
    setElder(true)
    await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
    answer(topic.id, ANSWERS)
    open('form')
    render(<App><Form /></App>)
    const titles: (string | null)[] = []
    for (let screens = 0; screens < 2; screens += 1) {
      const title = await screen.findByRole('heading')
      titles.push(title.textContent)
      const inputs = document.querySelectorAll('input:not([type=radio]), select, textarea')
      const radios = new Set([...document.querySelectorAll('[role=radiogroup]')])
      expect(inputs.length + radios.size, title.textContent ?? '').toBe(1)
      const text = document.querySelector<HTMLInputElement>('input')
      if (text) await userEvent.type(text, '阿依努尔')
      const radio = screen.queryAllByRole('radio')[0]
      if (radio) await userEvent.click(radio)
      await tap('继续')
    }
    expect(new Set(titles).size).toBe(2)
  })

  it('never offers to read aloud where the phone has no voice', () => {
    setElder(true)
    open('home', {})
    render(<App><Home /></App>)
    expect(screen.getByRole('button', { name: /打电话问人/ })).toBeTruthy()
    expect(screen.queryByRole('button', { name: '读给我听' })).toBeNull()
  })
})

describe('without a network', () => {
  it.each([
    ['form', /可以继续填写/], ['case', /看过的内容还能看/], ['login', /要联网才能办/],
    ['home', /看过的内容还能看/],
  ])('%s says what holds there (U19)', (page, words) => {
    open(page, {})
    render(<App><Page title="标题" /></App>)
    act(() => phone.connect(false))
    const status = screen.getAllByRole('status').find((one) => words.test(one.textContent ?? ''))
    expect(status?.getAttribute('aria-live')).toBe('polite')
  })
})

describe('a session that ends (U36)', () => {
  it('is told more than two minutes before, and one tap goes on', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const renewed = { ...SESSION, token: 'token-2' }
    const { draftKey, me } = SESSION
    online({ '/v1/session/renew': renewed, '/v1/me': { ...me, draftKey } })
    beginSession(SESSION)
    await getMe()
    open('topic', {})
    render(<App><Page title="标题" /></App>)
    expect(screen.queryByText(/分钟到期/)).toBeNull()
    act(() => void vi.advanceTimersByTime((IDLE_MINUTES - WARN_MINUTES + 1) * 60_000))
    const warning = screen.getByText(/登录还有 \d 分钟到期/)
    expect(Number(/\d/.exec(warning.textContent ?? '')?.[0])).toBeGreaterThanOrEqual(2)
    screen.getByRole('button', { name: '继续登录' }).click()
    await vi.waitFor(() => expect(token()).toBe('token-2'))
    await vi.waitFor(() => expect(screen.queryByText(/分钟到期/)).toBeNull())
  })

  it('says to sign in again where nothing can put it off', () => {
    const at = (minutes: number) => new Date(minutes * 60_000).toISOString()
    expect(nearEnd({ heardAt: at(0), expiresAt: at(700), now: at(20) })).toBeUndefined()
    expect(nearEnd({ heardAt: at(0), expiresAt: at(700), now: at(26) }))
      .toEqual({ minutes: 4, extendable: true })
    expect(nearEnd({ heardAt: at(695), expiresAt: at(700), now: at(697) }))
      .toEqual({ minutes: 3, extendable: false })
    expect(nearEnd({ heardAt: at(0), expiresAt: undefined, now: at(99) })?.minutes).toBe(0)
  })
})

it('text grows with what the system asks for, in both modes (U30)', () => {
  const at = (fontScale: number) => {
    const frame = { elder: false, setElder: () => undefined, online: true, fontScale }
    render(<FrameContext.Provider value={frame}><Page title="标题" /></FrameContext.Provider>)
    const page = document.querySelector<HTMLElement>('.page')
    const scale = page?.style.getPropertyValue('--scale')
    cleanup()
    return scale
  }
  expect([at(1), at(1.4), at(5)]).toEqual(['', '1.4', '2'])
})
