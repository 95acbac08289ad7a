import path from 'node:path'
import { act as settle, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TicketEntry, TicketView } from '@core/contract/ticket'
import { answersTo, faqOf } from '@core/faq'
import { makeGuide } from '@core/guide'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useHome } from '@/stores/home'
import { useSession } from '@/stores/session'
import { askForHelp, recallHelp, refreshTicket, useTickets, writeHelp } from '@/stores/tickets'
import { useTopics } from '@/stores/topics'
import { loadCatalogue } from '../../server/catalogue/load'
import { listTopics } from '../../server/topics/service'
import { phone } from './taro'
import HelpPage from '@/pages/help/index'
import TicketPage from '@/pages/ticket/index'

const catalogue = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = catalogue.topics.find(({ id }) => id === 'newborn')!
const ID = '0192c000-0000-7000-8000-000000000009'

function network(answers: Record<string, (body: unknown) => unknown>) {
  const sent: { path: string; method: string; body: Record<string, unknown> }[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const [where = ''] = url.split('?')
    sent.push({ path: where, method, body: data as Record<string, unknown> })
    const made = answers[`${method} ${where}`]?.(data)
    if (made === undefined) throw { errMsg: 'request:fail' }
    return { statusCode: 200, data: made, header: { etag: '"1"' } }
  }
  return sent
}

function ticket(over: Partial<TicketView> = {}): TicketView {
  return {
    id: ID, number: 'QZ2026112300001', kind: 'inquiry', state: 'open', rung: 'window',
    holder: '喀什市政务服务中心综合窗口', dueOn: '2026-11-24', overdue: false, outcome: null,
    about: topic.title, openedAt: '2026-11-23T02:00:00Z', version: 1, regionCode: '653101',
    region: '喀什市', topicId: topic.id, caseId: null, contact: null, above: '喀什市卫健委',
    entries: [{
      seq: 1, at: '2026-11-23T02:00:00Z', is: 'create', by: 'citizen', name: '您',
      text: '您已提出。', words: '要带什么材料？',
    }],
    actions: ['say', 'withdraw'], visit: null,
    ...over,
  }
}

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token',
    me: {
      id: ID, name: '阿依努尔', idNumber: null, phone: null, verified: true, region: null,
      elder: false,
    },
  })
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
  useHome.setState({ topics: listTopics(catalogue) })
})

afterEach(() => {
  cleanup()
  const draft = { kind: undefined, text: '', regionCode: undefined }
  useTickets.setState({ draft, byId: {}, replies: {}, arrived: {} })
  wipeSecrets()
})

const found = { 'GET /v1/find': () => ({ found: [{ topicId: topic.id, why: [] }] }) }

describe('找人帮忙', () => {
  it('asks the kind, takes the words, shows our own answers, then sends with where one came from', async () => {
    const sent = network({ ...found, 'POST /v1/tickets': () => ticket() })
    phone.route = { path: '/pages/help/index', params: { page: 'topic', topic: topic.id } }
    render(<HelpPage />)
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    expect(screen.getAllByText('请选一种。').length).toBeGreaterThan(0)
    expect(phone.title).toBe('错误：找人帮忙')
    await userEvent.click(screen.getByRole('radio', { name: /^咨询/ }))
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    expect(screen.getAllByText('请写下您的问题。').length).toBeGreaterThan(0)
    await userEvent.type(screen.getByRole('textbox'), '要带什么材料？')
    await userEvent.click(screen.getByRole('button', { name: '下一步' }))
    expect(await screen.findByText(`“${topic.title}”要什么材料？`)).toBeTruthy()
    await userEvent.dblClick(screen.getByRole('button', { name: '发给工作人员' }))
    await waitFor(() => expect(phone.pages.at(-1)).toBe(`/pages/ticket/index?id=${ID}&sent=1`))
    const posts = sent.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(1)
    expect(posts[0]?.body).toMatchObject({
      kind: 'inquiry', text: '要带什么材料？', about: { page: 'topic', topicId: topic.id },
    })
    expect(useTickets.getState().draft.text).toBe('')
  })

  it('without a network says so, keeps the words through a restart, and sends under the same id', async () => {
    let online = false
    const sent = network({ 'POST /v1/tickets': () => (online ? ticket({ kind: 'assistance' }) : undefined) })
    phone.route = { path: '/pages/help/index', params: { kind: 'assistance' } }
    const { unmount } = render(<HelpPage />)
    await userEvent.type(await screen.findByRole('textbox'), '老人走不动')
    await userEvent.click(screen.getByRole('button', { name: '发给工作人员' }))
    expect(await screen.findByText(/现在没有网络。写的内容存在这台手机上/)).toBeTruthy()
    unmount()
    useTickets.setState({ draft: { kind: undefined, text: '', regionCode: undefined } })
    expect(recallHelp().text).toBe('老人走不动')
    online = true
    render(<HelpPage />)
    await userEvent.click(await screen.findByRole('button', { name: '发给工作人员' }))
    await waitFor(() => expect(phone.pages.at(-1)).toContain('/pages/ticket/index'))
    const ids = sent.filter(({ method }) => method === 'POST').map(({ body }) => body.requestId)
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })

  it('other words are another request', async () => {
    useTickets.setState({ draft: { kind: 'inquiry', text: '一', regionCode: undefined, requestId: 'a' } })
    writeHelp({ kind: 'inquiry' })
    expect(useTickets.getState().draft.requestId).toBe('a')
    writeHelp({ text: '二' })
    expect(useTickets.getState().draft.requestId).toBeUndefined()
  })

  it('办不成事 wants a real name; who is not signed in signs in first and loses nothing', async () => {
    network({})
    phone.route = { path: '/pages/help/index', params: { kind: 'unresolved' } }
    useSession.setState({ token: undefined, me: undefined })
    render(<HelpPage />)
    await userEvent.type(await screen.findByRole('textbox'), '跑了三趟')
    await userEvent.click(screen.getByRole('button', { name: '登录后发送' }))
    expect(phone.pages.at(-1)).toBe('/pages/login/index')
    await settle(async () => useSession.setState({
      token: 'token',
      me: { id: ID, name: null, idNumber: null, phone: null, verified: false, region: null, elder: false },
    }))
    await userEvent.click(screen.getByRole('button', { name: '实名核验后发送' }))
    expect(phone.pages.at(-1)).toBe('/pages/identity/index')
    expect(useTickets.getState().draft.text).toBe('跑了三趟')
  })
})

describe('a ticket', () => {
  const show = (view: TicketView, more = {}) => {
    const sent = network({ [`GET /v1/tickets/${ID}`]: () => view, ...more })
    phone.route = { path: '/pages/ticket/index', params: { id: ID } }
    render(<TicketPage />)
    return sent
  }

  it('tells who has it, until when, and whom it goes to next', async () => {
    show(ticket())
    expect(await screen.findByText('正在处理')).toBeTruthy()
    expect(screen.getByText('11月24日前答复')).toBeTruthy()
    expect(screen.getByText('喀什市卫健委')).toBeTruthy()
  })

  it('after four weeks asks whether it is solved; a no needs a word and reopens it once', async () => {
    const asked = ticket({ state: 'asked', dueOn: null, outcome: 'solved', actions: ['confirm', 'reopen'] })
    const sent = show(asked, {
      [`POST /v1/tickets/${ID}/actions`]: () => ticket({ version: 2, rung: 'department' }),
    })
    await screen.findAllByText('真的解决了吗？')
    await userEvent.click(screen.getByRole('button', { name: '没解决，重新处理' }))
    expect(screen.getByText('请先写一句话。')).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox'), '还是不给办')
    await userEvent.dblClick(screen.getByRole('button', { name: '没解决，重新处理' }))
    await screen.findByText('正在处理')
    const posts = sent.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(1)
    expect(posts[0]?.body).toMatchObject({ do: 'reopen', text: '还是不给办' })
  })

  it('says that my words arrived, also where a report of the platform came first, until there is news', async () => {
    const said = (seq: number, is: TicketEntry['is'], by: TicketEntry['by']) => ({
      seq, at: '2026-11-23T02:00:00Z', is, by, name: '您', text: '一句', words: null,
    })
    const reported = [said(1, 'report', 'system'), said(2, 'raise', 'citizen')]
    const answered = [...reported, said(3, 'answer', 'staff')]
    let view = ticket({ entries: reported })
    network({
      [`GET /v1/tickets/${ID}`]: () => view, 'POST /v1/tickets': () => view,
      [`POST /v1/tickets/${ID}/messages`]: () => {
        view = ticket({ entries: [...answered, said(4, 'say', 'citizen')], version: 3 })
        return view
      },
    })
    writeHelp({ kind: 'unresolved', text: '跑了三趟' })
    await askForHelp('unresolved', {})
    phone.route = { path: '/pages/ticket/index', params: { id: ID, sent: '1' } }
    render(<TicketPage />)
    expect(await screen.findByText('已经发出去了')).toBeTruthy()
    view = ticket({ entries: answered, version: 2 })
    await settle(() => refreshTicket(ID))
    expect(screen.queryByText('已经发出去了')).toBeNull()
    await userEvent.type(screen.getByRole('textbox'), '又去了一趟')
    await userEvent.click(screen.getByRole('button', { name: '发送' }))
    expect(await screen.findByText('已经发出去了')).toBeTruthy()
  })

  it('settled offers nothing more', async () => {
    show(ticket({ state: 'settled', dueOn: null, outcome: 'solved', actions: [] }))
    await screen.findByText('已解决')
    expect(screen.queryByRole('textbox')).toBeNull()
  })
})

describe('our own answers', () => {
  const faqs = faqOf(makeGuide(topic))
  it.each([
    ['要多久才能办好', /要多久/], ['收费吗，多少钱', /收费吗/], ['带什么证件', /要什么材料/], ['去哪里办', /要去现场吗/],
  ])('%s', (asked, ask) => {
    expect(answersTo(asked, faqs)[0]?.ask).toMatch(ask)
  })
  it('say nothing rather than something else', () => {
    expect(answersTo('你好', faqs)).toEqual([])
    expect(answersTo('', faqs)).toEqual([])
  })
  it('of every topic are whole sentences', () => {
    for (const one of catalogue.topics) {
      for (const { ask, answer } of faqOf(makeGuide(one))) {
        expect(ask.length, one.id).toBeGreaterThan(1)
        expect(answer.length, `${one.id} ${ask}`).toBeGreaterThan(1)
        expect(answer, `${one.id} ${ask}`).not.toMatch(/undefined|。。|；。/)
      }
    }
  })
})
