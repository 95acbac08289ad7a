/** 补正后重签, on the phone: what the platform asks for, whom it is asked of, and sending it at last. */
import path from 'node:path'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { CaseView } from '@core/contract/case'
import type { SignerState, Signing } from '@core/contract/signing'
import { Refused } from '@core/refusal'
import CorrectionPage from '@/pages/correction/index'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useCases } from '@/stores/cases'
import { useCorrections } from '@/stores/corrections'
import { useSession } from '@/stores/session'
import { useTopics } from '@/stores/topics'
import { fillTopic } from '../../server/training/filling'
import { loadCatalogue } from '../../server/catalogue/load'
import { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'marriage')!
const CASE = '0192c000-0000-7000-8000-000000000001'
const filled = fillTopic(topic, { today: '2026-11-23', seed: 7, answers: { who: 'groom' } })
const AT = '2026-11-23T02:20:00Z'
const NEW_PHONE = '13900000099'

const view: CaseView = {
  id: CASE, number: 'YJS653101092026112300042K', topicId: topic.id, topicVersion: topic.version,
  topicTitle: topic.title, regionCode: '653101', state: 'returned', version: 1, submittedAt: AT,
  acceptBy: '2026-11-30', dueOn: null, tasks: [], events: [], lastSeq: 1, actions: ['resubmit'],
  correction: {
    round: 1, askedAt: AT, asks: [{ kind: 'field', key: 'bride.phone', reason: '号码打不通' }],
  },
  handover: 'electronic', rating: null, contact: { office: '综合窗口', phone: '0998-2820000' },
}

const bride = (state: SignerState['state']): Signing => ({
  contentHash: 'a'.repeat(64),
  signers: [
    {
      id: 'bride', label: '女方', state, code: 'c'.repeat(43), toldAt: AT, answeredAt: AT,
      expiresAt: AT, reason: null,
    },
    {
      id: 'groom', label: '男方', state: 'self', code: null, toldAt: null, answeredAt: null,
      expiresAt: null, reason: null,
    },
  ],
})

const unsigned = new Refused('FORM_PROBLEMS', {
  problems: [{ field: 'sign.bride', code: 'EMPTY', text: '还差女方签名。' }],
})

/** What the platform says, call by call; the last answer stays. */
let says: Record<string, unknown>
let sent: { path: string; body: unknown }[]

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token', shared: undefined,
    me: {
      id: CASE, name: '艾力', idNumber: null, phone: null, verified: true, region: null, elder: false,
    },
  })
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
  sent = []
  says = {
    [`GET /v1/topics/${topic.id}`]: topic,
    [`GET /v1/cases/${CASE}`]: view,
    [`GET /v1/cases/${CASE}/content`]: { answers: filled.answers, form: filled.form, materials: {} },
    [`GET /v1/cases/${CASE}/signing`]: { contentHash: null, signers: [] },
    [`POST /v1/cases/${CASE}/signing`]: bride('waiting'),
    [`POST /v1/cases/${CASE}/actions`]: unsigned,
  }
  phone.answer = async ({ url, method = 'GET', data }) => {
    const what = `${method} ${url.split('?')[0]}`
    if (method === 'POST') sent.push({ path: what, body: data })
    const made = says[what]
    if (made === undefined) throw { errMsg: 'request:fail' }
    if (made instanceof Refused) {
      return { statusCode: 422, data: { code: made.code, detail: made.detail } }
    }
    return { statusCode: 200, data: made, header: { etag: '"1"' } }
  }
  phone.route = { path: '/pages/correction/index', params: { id: CASE } }
})

afterEach(() => {
  cleanup()
  useCases.setState({ byId: {} })
  useCorrections.setState({ byName: {} })
  useSession.setState({ token: undefined })
  wipeSecrets()
})

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }))

async function answer() {
  render(<CorrectionPage />)
  const field = await screen.findByRole('textbox')
  await userEvent.clear(field)
  await userEvent.type(field, NEW_PHONE)
  await press('提交补正')
}

it('asks nobody while the platform asks for nobody', async () => {
  render(<CorrectionPage />)
  await screen.findByRole('textbox')
  expect(screen.queryByText('女方')).toBeNull()
  expect(screen.queryByRole('button', { name: '发短信邀请重签' })).toBeNull()
})

it('tells who has to sign again, asks them, and sends the correction once they have', async () => {
  await answer()
  expect(await screen.findByText('改的内容要请签过名的人重签')).toBeTruthy()
  expect(screen.getByText('还没邀请')).toBeTruthy()
  expect(screen.getByText(`邀请短信会发到 ${NEW_PHONE}`)).toBeTruthy()
  expect(screen.queryByText('男方')).toBeNull()

  await press('发短信邀请重签')
  expect(await screen.findByText('等待签名')).toBeTruthy()
  expect(sent.at(-1)).toEqual({
    path: `POST /v1/cases/${CASE}/signing`, body: { form: { 'bride.phone': NEW_PHONE } },
  })

  says[`GET /v1/cases/${CASE}/signing`] = bride('signed')
  await press('看看签了没有')
  expect(await screen.findByText('都重新签好了')).toBeTruthy()
  expect(screen.queryByRole('button', { name: '再次邀请签名' })).toBeNull()

  says[`POST /v1/cases/${CASE}/actions`] = { ...view, state: 'submitted', correction: null, version: 2 }
  await press('提交补正')
  await vi.waitFor(() => expect(sent).toHaveLength(3))
  expect(sent.at(-1)).toMatchObject({
    path: `POST /v1/cases/${CASE}/actions`,
    body: { do: 'resubmit', form: { 'bride.phone': NEW_PHONE }, materials: {} },
  })
})

it('found signed for another content, says that it has to be signed once more', async () => {
  says[`GET /v1/cases/${CASE}/signing`] = bride('signed')
  await answer()
  expect(await screen.findByText('要重签')).toBeTruthy()
  await press('再次邀请签名')
  expect(await screen.findByText('等待签名')).toBeTruthy()
})

it('without a network keeps what was typed and says so', async () => {
  await answer()
  await screen.findByText('还没邀请')
  delete says[`POST /v1/cases/${CASE}/signing`]
  await press('发短信邀请重签')
  expect(await screen.findByText('没有成功')).toBeTruthy()
  expect(screen.getByRole('textbox')).toHaveProperty('value', NEW_PHONE)
})
