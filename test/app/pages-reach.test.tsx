/** After submitting: files to keep, WeChat, applying again, what is late, help with its context. */
import path from 'node:path'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseAgain, CaseView, Result } from '@core/contract/case'
import type { CaseDocument, FileVerdict, Verification } from '@core/contract/document'
import type { HomeTask } from '@core/contract/home'
import type { Preferences } from '@core/contract/me'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useCases } from '@/stores/cases'
import { useDrafts } from '@/stores/drafts'
import { useSession } from '@/stores/session'
import { useSubmitting } from '@/stores/submitting'
import { useTickets } from '@/stores/tickets'
import { useTopics } from '@/stores/topics'
import CasePage from '@/pages/case/index'
import CloseAccount from '@/pages/close-account/index'
import DocumentsPage from '@/pages/documents/index'
import HelpPage from '@/pages/help/index'
import { Waiting } from '@/pages/home/waiting'
import MessagesPage from '@/pages/messages/index'
import PreferencesPage from '@/pages/preferences/index'
import ReceiptPage from '@/pages/receipt/index'
import ResultPage from '@/pages/result/index'
import VerifyPage from '@/pages/verify/index'
import { loadCatalogue } from '../../server/catalogue/load'
import { phone } from './taro'

const catalogue = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = catalogue.topics.find(({ tone }) => tone === 'plain')!
const item = topic.items[0]!
const CASE = '0192c000-0000-7000-8000-000000000001'
const RESULT = '0192c000-0000-7000-8000-000000000002'

interface Sent {
  path: string
  method: string
  body: Record<string, unknown>
}

function network(answers: Readonly<Record<string, unknown>>): Sent[] {
  const sent: Sent[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const [where = ''] = url.split('?')
    sent.push({ path: where, method, body: data as Sent['body'] })
    const found = answers[`${method} ${where}`]
    const made: unknown = typeof found === 'function' ? found(data) : found
    return made === undefined
      ? { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} } }
      : { statusCode: 200, data: made, header: { etag: '"1"' } }
  }
  return sent
}

function caseView(over: Partial<CaseView> = {}): CaseView {
  return {
    id: CASE, number: 'YJS653101062026112300042K', topicId: topic.id, topicVersion: topic.version,
    topicTitle: topic.title, regionCode: '653101', state: 'handling', version: 1,
    submittedAt: '2026-11-23T02:20:00Z', acceptBy: '2026-11-30', dueOn: '2026-12-09',
    tasks: [{
      n: 1, itemId: item.id, name: item.name, department: '喀什市公安局', state: 'received',
      stage: 0, startedAt: '2026-11-23T03:00:00Z', dueOn: '2026-11-27', endedAt: null,
      signal: 'none', waitsFor: [], pause: null, extension: null, reason: null, result: null,
    }],
    events: [], lastSeq: 1, correction: null, actions: [], handover: 'electronic', rating: null,
    contact: { office: '综合窗口', phone: '12345' }, ...over,
  }
}
const lateBy = (signal: CaseView['tasks'][number]['signal']) =>
  caseView({ tasks: caseView().tasks.map((task) => ({ ...task, signal })) })

const AGAIN: CaseAgain = {
  topicId: topic.id, topicVersion: topic.version, regionCode: '653101', answers: {},
  form: { 'retiree.name': '古丽' }, materials: {}, dropped: ['退休人员的旧编号'],
}
const CHOICES: Preferences = {
  sms: { progress: true, signing: true, reminder: true }, phone: true,
  wechat: {
    templates: { progress: 'T1', legal: 'T2' }, left: { legal: 0, progress: 0, reminder: 0 },
    refused: false,
  },
}
const common = {
  [`GET /v1/topics/${topic.id}`]: topic, [`GET /v1/cases/${CASE}`]: caseView(),
  'GET /v1/regions': { regions: [] }, 'GET /v1/calendar': catalogue.calendar,
}
const route = (page: string, params: Record<string, string> = { id: CASE }) => {
  phone.route = { path: `/pages/${page}/index`, params }
}

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token', shared: undefined,
    me: {
      id: CASE, name: '古丽', idNumber: null, phone: null, verified: true, region: null, elder: false,
    },
  })
  useTopics.setState({
    byId: { [topic.id]: { topic, etag: '"1"' } }, calendar: catalogue.calendar,
  })
})
afterEach(() => {
  cleanup()
  useCases.setState({ byId: {} })
  useDrafts.setState({ byTopic: {} })
  useSubmitting.setState({ byTopic: {} })
  useTickets.setState({ draft: { kind: undefined, text: '', regionCode: undefined }, byId: {}, replies: {} })
  useTopics.setState({ byId: {}, calendar: undefined })
  wipeSecrets()
})

const PAPER: Verification = {
  kind: 'result', state: 'valid', since: null, name: '通知书', number: 'N1', holder: '古*',
  issuer: '喀什市公安局', issuedAt: '2026-11-23T02:20:00Z', sample: true,
  certificate: {
    identifier: '1.2.156.3005.2.A.B.C.001.X', typeCode: 'TEST0001', issuerCode: '11653101000000001L',
    validFrom: '2026-11-23', validTo: '2031-11-22', sealed: true,
  },
}

describe('a file to keep', () => {
  it('is the receipt, right after submitting and later from the case', async () => {
    network({ ...common, [`GET /v1/cases/${CASE}/receipt.pdf`]: 'PDF' })
    route('case')
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: /^提交回执/ }))
    expect(phone.pages.at(-1)).toBe(`/pages/receipt/index?id=${CASE}&again=1`)
    cleanup()
    route('receipt', { id: CASE, again: '1' })
    render(<ReceiptPage />)
    await userEvent.click(await screen.findByRole('button', { name: '保存回执' }))
    await waitFor(() => expect(phone.opened).toEqual([`user/提交回执 ${caseView().number}.pdf`]))
  })

  it('is a result; what is wrong in it goes to a person with case, item and field', async () => {
    const result: Result = {
      id: RESULT, caseId: CASE, itemId: item.id, name: '通知书', number: 'N1', issuer: '喀什市公安局',
      issuedAt: '2026-11-23T02:20:00Z', holder: '古丽', verifyCode: 'code', sample: true,
      certificate: null, revoked: null,
      values: [{ key: topic.fields[0]!.key, label: topic.fields[0]!.label, value: '一' }],
    }
    network({ ...common, [`GET /v1/results/${RESULT}`]: result, [`GET /v1/results/${RESULT}/result.pdf`]: 'PDF' })
    route('result', { id: RESULT })
    render(<ResultPage />)
    await userEvent.click(await screen.findByRole('button', { name: '保存结果' }))
    await waitFor(() => expect(phone.opened).toEqual(['user/通知书.pdf']))
    await userEvent.click(screen.getByRole('button', { name: /有误，请人核对$/ }))
    const to = new URL(`http://x${phone.pages.at(-1)}`)
    expect(Object.fromEntries(to.searchParams)).toEqual({
      page: 'result', kind: 'inquiry', case: CASE, item: item.id, field: topic.fields[0]!.key, wrong: '1',
    })
    cleanup()
    const sent = network({ ...common, 'GET /v1/find': { found: [] }, 'POST /v1/tickets': { id: RESULT, entries: [] } })
    route('help', Object.fromEntries(to.searchParams))
    render(<HelpPage />)
    await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox').value)
      .toBe(`${topic.fields[0]!.label}有误，应当是：`))
    await userEvent.type(screen.getByRole('textbox'), '二')
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    await userEvent.click(await screen.findByRole('button', { name: '发给工作人员' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({
      about: { page: 'result', caseId: CASE, itemId: item.id, field: topic.fields[0]!.key },
    }))
  })

  it('that was taken back is shown so to whoever verifies it, with the day', async () => {
    const found: Verification = { ...PAPER, state: 'revoked', since: '2026-11-24' }
    network({ ...common, 'GET /v1/verify/code': found })
    route('verify', { code: 'code' })
    render(<VerifyPage />)
    expect(await screen.findByText('已撤销')).toBeTruthy()
    expect(screen.getByText(/2026-11-24.*请勿使用/)).toBeTruthy()
    expect(screen.queryByText('结果有效')).toBeNull()
  })

  it.each<[string, string, Partial<Verification>]>([
    ['结果有效', '2026-11-23 至 2031-11-22', {}],
    ['已过有效期', '有效期到 2026-11-30 为止', { state: 'expired', since: '2026-11-30' }],
    ['文书有效', '申请人', { kind: 'notice', certificate: null }],
    ['有新的一份', '以新的为准', { kind: 'notice', certificate: null, state: 'replaced', since: '2026-11-30' }],
    ['申请已撤回', '2026-11-30 撤回申请', { kind: 'notice', certificate: null, state: 'withdrawn', since: '2026-11-30' }],
  ])('is told by its code to be: %s', async (title, text, own) => {
    network({ ...common, 'GET /v1/verify/code': { ...PAPER, ...own } })
    route('verify', { code: 'code' })
    render(<VerifyPage />)
    expect(await screen.findByText(title)).toBeTruthy()
    expect(document.body.textContent).toContain(text)
    expect(screen.getByText('古*')).toBeTruthy()
  })

  it('is every notice of a case, each by its title and number', async () => {
    const documents: CaseDocument[] = [
      { name: 'correction-2', title: '一次性补正告知书', number: 'N-BZ2', at: '2026-11-23T02:20:00Z', itemId: null },
      { name: 'acceptance-4', title: '受理通知书', number: 'N-SL4', at: '2026-11-24T02:20:00Z', itemId: null },
    ]
    const list = `GET /v1/cases/${CASE}/documents`
    network({ ...common, [list]: { documents }, [`${list}/acceptance-4.pdf`]: 'PDF' })
    route('case')
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: /^办件文书/ }))
    expect(phone.pages.at(-1)).toBe(`/pages/documents/index?id=${CASE}`)
    cleanup()
    route('documents')
    render(<DocumentsPage />)
    expect((await screen.findAllByRole('button', { name: /^保存/ })).map(({ textContent }) => textContent))
      .toEqual(['保存受理通知书', '保存一次性补正告知书'])
    expect(screen.getByText('N-BZ2')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '保存受理通知书' }))
    await waitFor(() => expect(phone.opened).toEqual(['user/受理通知书 N-SL4.pdf']))
  })

  it('is said to be none while nothing was told in writing, and why it cannot be listed', async () => {
    network({ ...common, [`GET /v1/cases/${CASE}/documents`]: { documents: [] } })
    route('documents')
    render(<DocumentsPage />)
    expect(await screen.findByText('还没有文书')).toBeTruthy()
    cleanup()
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    render(<DocumentsPage />)
    expect(await screen.findByRole('alert')).toBeTruthy()
    network({ ...common, [`GET /v1/cases/${CASE}/documents`]: { documents: [] } })
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }))
    expect(await screen.findByText('还没有文书')).toBeTruthy()
  })

  it('says why when it cannot be had', async () => {
    network(common)
    route('receipt')
    render(<ReceiptPage />)
    await userEvent.click(await screen.findByRole('button', { name: '保存回执' }))
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(phone.opened).toEqual([])
  })
})

describe('a file somebody shows', () => {
  const document = PAPER
  const path = 'POST /v1/verify/file'
  const check = async (verdict: FileVerdict | undefined, bytes = new ArrayBuffer(9)) => {
    const sent = network({ ...common, [path]: verdict })
    phone.file = { name: '决定书.pdf', bytes }
    route('verify', {})
    render(<VerifyPage />)
    await userEvent.click(screen.getByRole('button', { name: '选择文件' }))
    return sent
  }

  it.each<[string, FileVerdict]>([
    ['真的', { verdict: 'valid', document }],
    ['已撤销', { verdict: 'revoked', document: { ...document, state: 'revoked', since: '2026-11-24' } }],
    ['已过有效期', { verdict: 'expired', document: { ...document, state: 'expired', since: '2026-11-24' } }],
    ['被改过，请勿使用', { verdict: 'changed', document: null }],
    ['不是我们发的', { verdict: 'foreign', document: null }],
  ])('is told to be: %s', async (title, verdict) => {
    const sent = await check(verdict)
    expect(await screen.findByText(title)).toBeTruthy()
    expect(screen.queryByText('N1') !== null).toBe(verdict.document !== null)
    expect(sent.find(({ method }) => method === 'POST')?.path).toBe('/v1/verify/file')
    await userEvent.click(screen.getByRole('button', { name: '核验另一个' }))
    expect(screen.getByLabelText('核验码')).toBeTruthy()
  })

  it('is not sent when it is larger than any of ours, nor when nobody chose one', async () => {
    const sent = await check(undefined, new ArrayBuffer(5 * 1024 * 1024 + 1))
    expect(await screen.findByText(/不能超过 5 MB/)).toBeTruthy()
    phone.file = undefined
    await userEvent.click(screen.getByRole('button', { name: '选择文件' }))
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
    expect(screen.getByLabelText('核验码')).toBeTruthy()
  })

  it('is sent again once the network is back', async () => {
    await check(undefined)
    expect(await screen.findByRole('alert')).toBeTruthy()
    network({ ...common, [path]: { verdict: 'foreign', document: null } })
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }))
    expect(await screen.findByText('不是我们发的')).toBeTruthy()
  })
})

describe('WeChat', () => {
  const path = 'POST /v1/me/wechat-consent'
  const told = (left: number, refused: boolean): Preferences => ({
    ...CHOICES, wechat: { ...CHOICES.wechat, left: { ...CHOICES.wechat.left, progress: left }, refused },
  })

  it('is offered after submitting, for what is allowed there and then', async () => {
    phone.allows = ['T1']
    const sent = network({ ...common, 'GET /v1/me/preferences': CHOICES, [path]: told(1, false) })
    route('receipt')
    render(<ReceiptPage />)
    await userEvent.click(await screen.findByRole('button', { name: '用微信通知我' }))
    expect(await screen.findByText('有进展会用微信告诉您')).toBeTruthy()
    expect(phone.prompts).toEqual([['T2', 'T1']])
    expect(sent.find(({ method }) => method === 'POST')?.body)
      .toEqual({ code: 'code-1', accepted: ['progress'] })
  })

  it('takes a no, and is not offered again', async () => {
    const sent = network({ ...common, 'GET /v1/me/preferences': CHOICES, [path]: told(0, true) })
    route('receipt')
    render(<ReceiptPage />)
    await userEvent.click(await screen.findByRole('button', { name: '不用了' }))
    await waitFor(() => expect(screen.queryByRole('button', { name: '用微信通知我' })).toBeNull())
    expect(phone.prompts).toEqual([])
    expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({ accepted: [] })
    cleanup()
    network({ ...common, 'GET /v1/me/preferences': told(0, true) })
    render(<ReceiptPage />)
    await screen.findByRole('button', { name: '保存回执' })
    expect(screen.queryByRole('button', { name: '用微信通知我' })).toBeNull()
  })

  it('stands with the other channels on the page of preferences, also after a no', async () => {
    phone.allows = ['T1', 'T2']
    network({ 'GET /v1/me/preferences': told(0, true), [path]: told(1, false) })
    route('preferences')
    render(<PreferencesPage />)
    await userEvent.click(await screen.findByRole('button', { name: '用微信通知我' }))
    expect(await screen.findByText('还能收 1 条')).toBeTruthy()
  })

  it('is not there where the platform has no template', async () => {
    const none = { ...CHOICES, wechat: { ...CHOICES.wechat, templates: {} } }
    network({ 'GET /v1/me/preferences': none })
    route('preferences')
    render(<PreferencesPage />)
    await screen.findByRole('checkbox', { name: /办理进展/ })
    expect(screen.queryByRole('button', { name: '用微信通知我' })).toBeNull()
  })
})

describe('applying again', () => {
  const path = `GET /v1/cases/${CASE}/again`
  const ended = { ...common, [`GET /v1/cases/${CASE}`]: caseView({ state: 'withdrawn' }), [path]: AGAIN }
  const drafts = {
    [`GET /v1/drafts/${topic.id}`]: null,
    [`PUT /v1/drafts/${topic.id}`]: { revision: 1, savedAt: '', keptUntil: '' },
  }

  it('brings everything, says what has no place now, and leads to the check', async () => {
    network({ ...ended, ...drafts })
    route('case')
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: '重新申请' }))
    await waitFor(() => expect(phone.pages.at(-1)).toBe(`/pages/check/index?topic=${topic.id}`))
    const { body } = useDrafts.getState().byTopic[topic.id]!
    expect(body).toMatchObject({ form: AGAIN.form, regionCode: '653101', page: 'check' })
    expect(useSubmitting.getState().byTopic[topic.id]?.moved?.removed).toEqual(AGAIN.dropped)
  })

  it('asks before it replaces what is half filled in', async () => {
    const sent = network({ ...ended, ...drafts, [`DELETE /v1/drafts/${topic.id}`]: { ok: true } })
    useDrafts.setState({
      byTopic: {
        [topic.id]: {
          body: {
            requestId: '0192c000-0000-4000-8000-0000000000aa', topicVersion: topic.version,
            regionCode: '653101', answers: {}, form: { 'retiree.name': '别人' }, materials: {}, page: '',
          },
          revision: 1, saved: 'server', changedAt: 1,
        },
      },
    })
    route('case')
    render(<CasePage />)
    await userEvent.click(await screen.findByRole('button', { name: '重新申请' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(useDrafts.getState().byTopic[topic.id]?.body.form).toEqual({ 'retiree.name': '别人' })
    await userEvent.click(dialog.getByRole('button', { name: '换成这次的内容' }))
    await waitFor(() => expect(phone.pages.at(-1)).toContain('/pages/check/index'))
    const { body } = useDrafts.getState().byTopic[topic.id]!
    expect(body.form).toEqual(AGAIN.form)
    expect(body.requestId).not.toBe('0192c000-0000-4000-8000-0000000000aa')
    expect(sent.some(({ method }) => method === 'DELETE')).toBe(true)
  })

  it('is not offered while a case is under way', async () => {
    network(common)
    route('case')
    render(<CasePage />)
    await screen.findByText('领取方式')
    expect(screen.queryByRole('button', { name: '重新申请' })).toBeNull()
  })
})

describe('what is late', () => {
  it.each([
    ['warning', '快到期了', false], ['yellow', '已超期', true], ['red', '严重超期', true],
  ] as const)('%s is told in words, with 办不成事 one tap away once it is late', async (signal, words, late) => {
    network({ ...common, [`GET /v1/cases/${CASE}`]: lateBy(signal) })
    route('case')
    render(<CasePage />)
    expect(await screen.findByText(words)).toBeTruthy()
    const stuck = screen.queryByRole('button', { name: '反映“办不成事”' })
    expect(stuck !== null).toBe(late)
    if (!stuck) return
    await userEvent.click(stuck)
    expect(phone.pages.at(-1))
      .toBe(`/pages/help/index?page=case&case=${CASE}&item=${item.id}&kind=unresolved`)
  })
})

describe('home', () => {
  const task = (over: Partial<HomeTask>): HomeTask => ({
    kind: 'progress', title: topic.title, text: '文', caseId: null, topicId: topic.id, ticketId: null,
    code: null, late: false, at: '2026-11-23T02:20:00Z', ...over,
  })
  it.each([
    [task({ kind: 'correction', caseId: CASE }), `/pages/correction/index?id=${CASE}`, '等您处理'],
    [task({ kind: 'signature', code: 'K7' }), '/pages/countersign/index?code=K7', '等您处理'],
    [task({ kind: 'rectification', caseId: CASE }), `/pages/case/index?id=${CASE}`, '等您处理'],
    [task({ kind: 'ticket', ticketId: CASE }), `/pages/ticket/index?id=${CASE}`, '等您处理'],
    [task({ kind: 'draft' }), `/pages/topic/index?topic=${topic.id}`, '等您处理'],
    [task({ caseId: CASE, late: true }), `/pages/case/index?id=${CASE}`, '正在办理'],
  ])('leads from what waits to where it is done: %o', async (one, to, part) => {
    render(<Waiting tasks={[one]} />)
    expect(screen.getByRole('heading', { name: part })).toBeTruthy()
    if (one.late) expect(screen.getByText('已超期')).toBeTruthy()
    await userEvent.click(screen.getByRole('button'))
    expect(phone.pages.at(-1)).toBe(to)
  })
})

describe('帮办代办 at home', () => {
  it('asks when, where and whom to call, each wrong part by name', async () => {
    const sent = network({ ...common, 'POST /v1/tickets': { id: RESULT, entries: [] } })
    route('help', { kind: 'assistance' })
    render(<HelpPage />)
    await userEvent.type(await screen.findByRole('textbox'), '腿脚不便')
    await userEvent.click(screen.getByRole('radio', { name: /到家里来帮我/ }))
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    await userEvent.click(screen.getByRole('button', { name: '发给工作人员' }))
    expect(within(screen.getAllByRole('alert')[0]!).getAllByRole('button')).toHaveLength(3)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /哪一天/ }), '1')
    await userEvent.click(screen.getByRole('radio', { name: '下午' }))
    const [place, call] = screen.getAllByRole('textbox')
    await userEvent.type(place!, '样例路 1 号 301')
    await userEvent.type(call!, '139000')
    await userEvent.click(screen.getByRole('button', { name: '发给工作人员' }))
    expect(sent.filter(({ method }) => method === 'POST')).toEqual([])
    await userEvent.type(call!, '00001')
    await userEvent.click(screen.getByRole('button', { name: '发给工作人员' }))
    await waitFor(() => expect(sent.find(({ method }) => method === 'POST')?.body).toMatchObject({
      kind: 'assistance',
      visit: { part: 'afternoon', place: '样例路 1 号 301', phone: '13900000001' },
    }))
  })
})

describe('messages', () => {
  const message = (n: number) => ({
    id: `0192c000-0000-7000-8000-00000000010${n}`, at: '2026-11-23T02:20:00Z', title: `第 ${n} 条`,
    text: '文', caseId: CASE, ticketId: null, read: true,
  })

  it('go back page by page, and stay to be read without a network', async () => {
    phone.answer = async ({ url }) => ({
      statusCode: 200,
      data: url.includes('after=')
        ? { messages: [message(2)], next: null } : { messages: [message(1)], next: 'older' },
    })
    route('messages', {})
    render(<MessagesPage />)
    await userEvent.click(await screen.findByRole('button', { name: '查看更早的消息' }))
    expect(await screen.findByText('第 2 条')).toBeTruthy()
    expect(screen.getByText('第 1 条')).toBeTruthy()
    cleanup()
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    render(<MessagesPage />)
    expect(await screen.findByText(/下面是上次看到的消息/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /第 1 条/ }))
    expect(phone.pages.at(-1)).toBe(`/pages/case/index?id=${CASE}`)
  })
})

describe('closing an account', () => {
  it('says which calls for help it withdraws', async () => {
    network({
      'GET /v1/me/holdings': {
        counts: {}, unusedPhotos: 0, openCases: [], confirmBy: 'sms', confirmedUntil: null,
        openTickets: [{ id: RESULT, number: 'QZ2026112300001', kind: 'unresolved' }],
      },
    })
    route('close-account', {})
    render(<CloseAccount />)
    expect(await screen.findByText(/还有 1 个求助没有结束，注销就会撤回/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /办不成事/ }))
    expect(phone.pages.at(-1)).toBe(`/pages/ticket/index?id=${RESULT}`)
  })
})
