/** 我的信息, devices, preferences and closing, as somebody meets them on the phone. */
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Devices, MyHoldings, Preferences } from '@core/contract/me'
import { HOLDINGS, HOLDING_KINDS } from '@core/holdings'
import { useSession } from '@/stores/session'
import ClosePage from '@/pages/close-account/index'
import DevicesPage from '@/pages/devices/index'
import MyDataPage from '@/pages/my-data/index'
import PreferencesPage from '@/pages/preferences/index'
import { phone } from './taro'

const ID = '0192c000-0000-7000-8000-000000000001'
const OTHER = '0192c000-0000-7000-8000-000000000002'
const HELD: MyHoldings = {
  counts: {
    account: 1, identity: 1, devices: 1, drafts: 2, photos: 3, cases: 0, signings: 0, mandates: 0, tickets: 0,
    messages: 4,
    preferences: 0, bookings: 0, ratings: 0, 'access-log': 9,
  },
  unusedPhotos: 0, openCases: [], openTickets: [], confirmBy: 'sms', confirmedUntil: null,
}
const CHOICES: Preferences = {
  sms: { progress: true, signing: true, reminder: true }, phone: true,
  wechat: { templates: {}, left: { legal: 0, progress: 0, reminder: 0 }, refused: false },
}
const device = (id: string, current: boolean): Devices['devices'][number] => ({
  id, current, device: current ? 'phone' : 'computer', signedInAt: '2026-11-23T02:20:00Z',
  seenAt: '2026-11-23T02:30:00Z',
})

interface Asked {
  method: string
  where: string
  data: unknown
}

/** Answers by address; what was asked, in order. */
function answering(answers: Readonly<Record<string, unknown>>): Asked[] {
  const asked: Asked[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const where = url.replace('/v1', '')
    asked.push({ method, where, data })
    const found = answers[`${method} ${where}`]
    return found
      ? { statusCode: 200, data: found }
      : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} } }
  }
  return asked
}

beforeEach(() => {
  phone.reset()
  const me = {
    id: ID, name: '迪丽努尔', idNumber: null, phone: '138****0001', verified: false, region: null,
    elder: false,
  }
  useSession.setState({ token: 'token', me })
})
afterEach(() => {
  cleanup()
  useSession.setState({ token: undefined, me: undefined })
})

describe('my data', () => {
  it('names every kind, with its reason and law one tap away', async () => {
    answering({ 'GET /me/holdings': HELD })
    render(<MyDataPage />)
    await screen.findByText(/草稿：2 条/)
    for (const kind of HOLDING_KINDS) {
      expect(screen.getByText(new RegExp(`^${HOLDINGS[kind].title}：`)), kind).toBeTruthy()
    }
    await userEvent.click(screen.getByRole('button', { name: '草稿，详细' }))
    expect(screen.getByText(HOLDINGS.drafts.kept)).toBeTruthy()
    expect(screen.getByText(HOLDINGS.drafts.law)).toBeTruthy()
  })

  it('deletes drafts only after asking', async () => {
    const asked = answering({ 'GET /me/holdings': HELD, 'POST /me/erase': { count: 2 } })
    render(<MyDataPage />)
    await userEvent.click(await screen.findByRole('button', { name: '删除全部草稿（2 份）' }))
    expect(asked.some(({ where }) => where === '/me/erase')).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: '删除草稿' }))
    expect(asked.find(({ where }) => where === '/me/erase')?.data).toEqual({ what: 'drafts' })
  })
})

describe('closing', () => {
  it('with an open case offers the case, not the button', async () => {
    const openCases = [{ id: OTHER, number: 'YJS1', topicTitle: '某件事' }]
    answering({ 'GET /me/holdings': { ...HELD, openCases } })
    render(<ClosePage />)
    await screen.findByText(/还有 1 个办件没有办完/)
    expect(screen.queryByRole('button', { name: '注销账户' })).toBeNull()
  })

  it('wants a code first, then forgets the person', async () => {
    const asked = answering({
      'GET /me/holdings': HELD, 'DELETE /me': { ok: true },
      'POST /me/confirm/otp': { challenge: 'c1', resendAfter: 60, expiresIn: 300 },
      'POST /me/confirm': { confirmedUntil: '2026-11-23T02:35:00Z' },
    })
    render(<ClosePage />)
    const close = await screen.findByRole('button', { name: '注销账户' })
    await userEvent.click(close)
    expect(screen.getByText('请先获取验证码。')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '获取验证码' }))
    await userEvent.type(await screen.findByLabelText(/短信验证码/), '123456')
    await userEvent.click(close)
    await expect.poll(() => asked.at(-1)).toMatchObject({ method: 'DELETE', where: '/me' })
    expect(asked.find(({ where }) => where === '/me/confirm')?.data)
      .toEqual({ kind: 'sms', otp: '123456', challenge: 'c1' })
    await expect.poll(() => useSession.getState().token).toBeUndefined()
    expect(phone.pages.at(-1)).toContain('/pages/home/index')
  })
})

it('a device that is not this one can be signed out', async () => {
  const asked = answering({
    'GET /me/devices': { devices: [device(ID, true), device(OTHER, false)] },
    [`DELETE /me/devices?id=${OTHER}`]: { devices: [device(ID, true)] },
  })
  render(<DevicesPage />)
  await userEvent.click(await screen.findByRole('button', { name: /登录的电脑退出/ }))
  await screen.findByText('没有别的设备登录。')
  expect(asked.at(-1)?.method).toBe('DELETE')
})

it('a choice that did not arrive goes back, and says why', async () => {
  answering({ 'GET /me/preferences': CHOICES })
  render(<PreferencesPage />)
  const box = await screen.findByRole('checkbox', { name: /办理进展/ })
  await userEvent.click(box)
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(box.getAttribute('aria-checked')).toBe('true')
})
