import path from 'node:path'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@core/contract/session'
import { checkDigit11643 } from '@core/values'
import { loadCatalogue } from '../../server/catalogue/load'
import Form from '@/pages/form'
import { answer, draftOf, dropDraft, openDraft } from '@/stores/drafts'
import { beginSession, forgetSession } from '@/stores/session'
import Taro, { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'company-opening')!
const ANSWERS = {
  kind: 'company', who: 'me', owners: 'persons', supervisor: 'no', others: 'none',
  address: 'rented', staff: 'no', special: 'none',
}
const ME = {
  name: '阿依努尔·样例', phone: '13900000001', homeAddress: '新疆喀什市样例路1号',
  idNumber: `65310119900101000${checkDigit11643('65310119900101000')}`,
}
const OTHER_ID = `65310119920202000${checkDigit11643('65310119920202000')}`
const SESSION: Session = {
  token: 'token-1',
  expiresAt: '2026-12-01T00:00:00Z',
  draftKey: btoa('0123456789abcdef0123456789abcdef'),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: ME.name, idNumber: '6531**********0007',
    phone: '139****0001', verified: true, region: '653101', elder: false,
  },
}

beforeEach(() => {
  phone.reset()
  Taro.setStorageSync('topic-2-company-opening', { topic, etag: '"1"' })
  const offline = phone.answer
  phone.answer = (call) => (call.url.includes('/me/certificates')
    ? Promise.resolve({ statusCode: 200, data: { certificates: [], known: { me: ME } } })
    : offline(call))
})
afterEach(() => {
  cleanup()
  dropDraft(topic.id)
  forgetSession()
})

async function open(params: Record<string, string> = {}) {
  beginSession(SESSION)
  await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
  answer(topic.id, ANSWERS)
  phone.route = { path: '/pages/form/index', params: { topic: topic.id, ...params } }
  render(<Form />)
  await waitFor(() => expect(form()['representative.name']).toBe(ME.name))
}

const form = () => draftOf(topic.id)!.body.form
const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

describe('what is likely', () => {
  it('is filled in and said to be a suggestion', async () => {
    await open({ page: 'company-2' })
    const set = await screen.findByRole('radio', { name: /一套五枚/ })
    expect(set.getAttribute('aria-checked')).toBe('true')
    expect(screen.getAllByText(/建议，可改/).length).toBeGreaterThan(1)
  })

  it('is told from what a certificate says', async () => {
    await open({ page: 'representative-1' })
    expect(await screen.findAllByText('已带出')).toHaveLength(3)
    expect(screen.getByText('建议，可改')).toBeTruthy()
  })

  it('is not said of what somebody chose instead, nor put back over it', async () => {
    await open({ page: 'company-2' })
    await userEvent.click(await screen.findByRole('radio', { name: /只刻公章/ }))
    expect(form()['company.sealSet']).toBe('one')
    cleanup()
    await open({ page: 'company-2' })
    expect(await screen.findByRole('radio', { name: /只刻公章/, checked: true })).toBeTruthy()
  })

  it('goes with its reason: a shareholder typed anew keeps nothing of the founder', async () => {
    await open({ field: 'shareholder.1.name' })
    const name = await screen.findByRole('textbox', { name: '姓名' })
    expect(form()['shareholder.1.idNumber']).toBe(ME.idNumber)
    await userEvent.clear(name)
    await userEvent.type(name, '样例·乙')
    expect(form()['shareholder.1.name']).toBe('样例·乙')
    expect(form()['shareholder.1.idNumber'] ?? '').toBe('')
    expect(form()['shareholder.1.phone'] ?? '').toBe('')
  })

  it('comes into a row as soon as somebody stands in it', async () => {
    await open({ page: 'shareholder-list' })
    await tap('加一位')
    expect(form()['shareholder.2.contributionKind']).toBeUndefined()
    await userEvent.type(await screen.findByRole('textbox', { name: '姓名' }), '样例·丙')
    await userEvent.type(screen.getByRole('textbox', { name: '身份证号' }), OTHER_ID)
    await userEvent.type(screen.getByRole('textbox', { name: '手机号' }), '13900000003')
    await tap('继续')
    await waitFor(() => expect(form()['shareholder.2.contributionKind']).toBe('money'))
    expect(form()).not.toHaveProperty(['shareholder.2.capitalShare'])
  })
})
