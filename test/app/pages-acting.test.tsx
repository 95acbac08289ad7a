/** 我帮谁办, 请人帮我办, and what every page says while one acts for somebody. */
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shanghaiDate } from '@core/clock'
import type { Provable, MandateView } from '@core/contract/mandate'
import type { TopicBrief } from '@core/contract/home'
import { authorise } from '@/api/client'
import { FillingGate } from '@/components/filling-gate'
import { PageStatus } from '@/components/page-status'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, writeSecret, wipeSecrets } from '@/platform/secret-storage'
import { now } from '@/platform/clock'
import { refreshHome, useHome } from '@/stores/home'
import { mayDo, takePersona, usePersona } from '@/stores/persona'
import { useSession } from '@/stores/session'
import { switchTo } from '@/stores/switching'
import { useTickets } from '@/stores/tickets'
import ActingPage from '@/pages/acting/index'
import MessagesPage from '@/pages/messages/index'
import EntrustPage from '@/pages/entrust/index'
import { Refused } from '@core/refusal'
import { phone } from './taro'

const ME = '0192c000-0000-7000-8000-000000000001'
const CHILD = '0192c000-0000-7000-8000-000000000002'
const CLIENT = '0192c000-0000-7000-8000-000000000003'
const CODE = 'ABCDEFGHJKMNP'
const TOPIC = { id: 'newborn', title: '新生儿出生' }

function mandate(over: Partial<MandateView> = {}): MandateView {
  return {
    id: CLIENT, kind: 'agent', topics: [TOPIC], acts: 'fill', startsOn: '2026-11-23',
    endsOn: '2026-12-31', side: 'agent', principal: '阿依努尔·**', agent: '赵**明', state: 'live',
    codeUntil: null, proof: null, madeAt: '2026-11-23T02:00:00Z', agreedAt: '2026-11-23T03:00:00Z',
    revokedAt: null, revokedBy: null, unread: 0, ...over,
  }
}
const child = mandate({
  id: CHILD, kind: 'child', topics: null, acts: 'file', endsOn: '2035-09-04', principal: '李**雨',
  proof: '居民户口簿', unread: 2,
})

interface Sent {
  call: string
  body: unknown
  actingFor: string | undefined
}

/** Answers by “METHOD /path”; a string is the code of a refusal. */
function network(answers: Readonly<Record<string, unknown>>): Sent[] {
  const sent: Sent[] = []
  phone.answer = async ({ url, method = 'GET', data, header = {} }) => {
    const call = `${method} ${url.split('?')[0]?.replace('/v1', '')}`
    sent.push({ call, body: data, actingFor: header['X-Acting-For'] })
    const found = answers[call] ?? 'NOT_FOUND'
    return typeof found === 'string'
      ? { statusCode: 403, data: { code: found, detail: {} } }
      : { statusCode: 200, data: found, header: {} }
  }
  return sent
}
const lists = (mine: MandateView[], given: MandateView[] = []) =>
  ({ 'GET /mandates': { mine, given } })
const open = (page: string, params: Record<string, string> = {}) => {
  phone.route = { path: `/pages/${page}/index`, params }
}
const tap = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }))
const topics = [
  { ...TOPIC, audience: 'person' }, { id: 'marriage', title: '公民婚育', audience: 'person' },
] as unknown as TopicBrief[] // of a topic only what the choice shows

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token', shared: undefined,
    me: {
      id: ME, name: '李*', idNumber: null, phone: '139****0008', verified: true, region: null,
      elder: false,
    },
  })
  useHome.setState({ topics })
  authorise('token', () => undefined)
})
afterEach(() => {
  cleanup()
  takePersona(undefined)
  authorise(undefined, () => undefined)
  wipeSecrets()
  useHome.setState(useHome.getInitialState(), true)
  useTickets.setState(useTickets.getInitialState(), true)
})

describe('我帮谁办', () => {
  it('says whom, for what, how far and until when; unread ones too; what is over opens nothing', async () => {
    network(lists([child, mandate({ state: 'revoked', revokedBy: 'principal' })]))
    open('acting')
    render(<ActingPage />)
    await screen.findByText('孩子 李**雨')
    expect(screen.getByText('有 2 条没读的消息')).toBeDefined()
    expect(screen.getByText('所有事项')).toBeDefined()
    expect(screen.getByText('2026年11月23日到2035年9月4日')).toBeDefined()
    expect(screen.getByText('委托人 阿依努尔·**')).toBeDefined()
    expect(screen.queryByRole('button', { name: /换成委托人/ })).toBeNull()
  })

  it('switches: what was open is put away, and every call says for whom', async () => {
    const sent = network(lists([child, mandate()]))
    useTickets.setState({ draft: { kind: 'inquiry', text: '我自己的事', regionCode: undefined } })
    open('acting')
    render(<ActingPage />)
    await tap('换成孩子 李**雨')
    await waitFor(() => expect(usePersona.getState().acting?.mandateId).toBe(CHILD))
    expect(phone.pages).toEqual(['/pages/home/index'])
    expect(useTickets.getState().draft.text).toBe('')
    await writeSecret('draft', '孩子的', now())
    expect([...phone.stored.keys()].filter((name) => name.startsWith('sealed:')))
      .toEqual([`sealed:@${CHILD}:draft`])
    await refreshHome()
    expect(sent.find(({ call }) => call === 'GET /home')?.actingFor).toBe(CHILD)
    // Mandates themselves are always one's own.
    expect(sent.filter(({ call }) => call === 'GET /mandates').map(({ actingFor }) => actingFor))
      .toEqual([undefined])
  })

  it('is oneself again at once when the platform says that it is over, and nothing stays', async () => {
    network({ ...lists([mandate()]), 'GET /home': 'MANDATE_ENDED' })
    await switchTo(mandate())
    await writeSecret('draft', '委托人的', now())
    await refreshHome()
    await waitFor(() => expect(usePersona.getState().acting).toBeUndefined())
    expect([...phone.stored.keys()].filter((name) => name.includes(CLIENT))).toEqual([])
    expect(phone.stored.has('persona')).toBe(false)
  })

  it('opens a code, shows what is asked and by whom, and begins only once agreed', async () => {
    const { principal, kind, acts, startsOn, endsOn } = mandate()
    const sent = network({
      ...lists([]), 'POST /mandates/take': { mandate: mandate() },
      'POST /mandates/open': {
        id: CLIENT, principal, kind, acts, startsOn, endsOn, topics: [TOPIC],
        codeUntil: '2026-11-24T02:00:00Z',
      },
    })
    open('acting')
    render(<ActingPage />)
    await tap(/^输入代办码/)
    await userEvent.type(screen.getByRole('textbox'), 'abcd')
    await tap('查看委托')
    expect((await screen.findAllByText(/代办码是 13 位/)).length).toBeGreaterThan(0)
    expect(sent.map(({ call }) => call)).not.toContain('POST /mandates/open')
    await userEvent.clear(screen.getByRole('textbox'))
    await userEvent.type(screen.getByRole('textbox'), 'abcd-efgh-jkmnp')
    await tap('查看委托')
    await screen.findByText('委托人 阿依努尔·** 请您代办')
    for (const words of ['新生儿出生', '帮我填写', '2026年11月23日到2026年12月31日']) {
      expect(screen.getByText(words)).toBeDefined()
    }
    const agree = screen.getByRole('checkbox', { checked: false })
    await tap('同意，开始代办')
    expect(usePersona.getState().acting).toBeUndefined()
    await userEvent.click(agree)
    await tap('同意，开始代办')
    await waitFor(() => expect(usePersona.getState().acting?.mandateId).toBe(CLIENT))
    expect(sent.find(({ call }) => call === 'POST /mandates/open')?.body).toEqual({ code: CODE })
  })

  it('adds a child only with the guardian’s consent, asked apart and never ticked', async () => {
    const found: Provable = {
      children: [{
        certificateId: 'page', name: '李**雨', bornOn: '2017-09-05', until: '2035-09-04',
        proof: '居民户口簿', under14: true, added: false,
      }],
      companies: [],
    }
    const sent = network({
      ...lists([]), 'GET /mandates/provable': found, 'POST /mandates/proved': { mandate: child },
    })
    open('acting')
    render(<ActingPage />)
    await tap(/^添加我的孩子/)
    const boxes = await screen.findAllByRole('checkbox', { checked: false })
    expect(boxes).toHaveLength(2)
    await userEvent.click(boxes[1]!)
    await tap('添加')
    expect(sent.map(({ call }) => call)).not.toContain('POST /mandates/proved')
    await userEvent.click(boxes[0]!)
    await tap('添加')
    await waitFor(() => expect(usePersona.getState().acting?.mandateId).toBe(CHILD))
    expect(sent.find(({ call }) => call === 'POST /mandates/proved')?.body).toEqual({
      kind: 'child', certificateId: 'page', consent: { agent: true, guardian: true },
    })
  })

  it('says what to do where no certificate proves a company', async () => {
    network({ ...lists([]), 'GET /mandates/provable': { children: [], companies: [] } })
    open('acting')
    render(<ActingPage />)
    await tap(/^添加我的企业/)
    expect(await screen.findByText('没有查到您的企业')).toBeDefined()
    expect(screen.getByText(/法定代表人要是您本人/)).toBeDefined()
  })
})

describe('请人帮我办', () => {
  async function fillIn() {
    await userEvent.click(await screen.findByRole('radio', { name: /代办人员/ }))
    await userEvent.click(screen.getByRole('radio', { name: '帮我填写' }))
    const [day] = [...document.querySelectorAll<HTMLInputElement>('[id="ends-on"]')]
    await userEvent.type(day!, shanghaiDate(now().toISOString()))
  }

  it('asks for everything, and nothing is agreed beforehand', async () => {
    const sent = network(lists([]))
    open('entrust')
    render(<EntrustPage />)
    await tap('委托一个人')
    await tap('下一步')
    const summary = within(await screen.findByRole('alert'))
    for (const words of ['请选交给谁。', '请至少选一件事。', '请选做到哪一步。', '请选一个日期。', /请打勾/]) {
      expect(summary.getByText(words)).toBeDefined()
    }
    expect(sent.map(({ call }) => call)).not.toContain('POST /mandates')
  })

  it('revokes after asking, at once', async () => {
    const given = mandate({ side: 'principal' })
    const over = mandate({ side: 'principal', state: 'revoked', revokedAt: '2026-11-23T05:00:00Z' })
    const sent = network({
      ...lists([], [given]), [`POST /mandates/${CLIENT}/revoke`]: { mine: [], given: [over] },
    })
    open('entrust')
    render(<EntrustPage />)
    await tap('撤销委托：代办人 赵**明')
    expect(sent.map(({ call }) => call)).not.toContain(`POST /mandates/${CLIENT}/revoke`)
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '撤销委托' }))
    expect(await screen.findByText('已结束')).toBeDefined()
    expect(screen.queryByRole('button', { name: /^撤销委托/ })).toBeNull()
  })

  it('does not offer to end what rests on a certificate', async () => {
    network(lists([], [{ ...child, side: 'principal' }]))
    open('entrust')
    render(<EntrustPage />)
    await screen.findByText('监护人 赵**明')
    expect(screen.queryByRole('button', { name: /^撤销委托/ })).toBeNull()
  })

  it('wants proof of who one is, then shows the code in letters, link and QR', async () => {
    const sent = network({
      ...lists([]), 'POST /mandates': 'CONFIRM_REQUIRED',
    })
    open('entrust', { topic: TOPIC.id })
    render(<EntrustPage />)
    await fillIn()
    await userEvent.click(screen.getByRole('checkbox', { name: /我同意代办人/ }))
    await tap('下一步')
    expect(await screen.findByText(/139\*\*\*\*0008/)).toBeDefined()
    expect(sent.find(({ call }) => call === 'POST /mandates')?.body).toMatchObject({
      kind: 'agent', topics: [TOPIC.id], acts: 'fill', consent: true,
    })
    cleanup()
    network({
      ...lists([]), 'POST /mandates': {
        mandate: mandate({ state: 'offered', side: 'principal', codeUntil: '2026-11-24T02:00:00Z' }),
        code: CODE,
      },
    })
    render(<EntrustPage />)
    await fillIn()
    await userEvent.click(screen.getByRole('checkbox', { name: /我同意代办人/ }))
    await tap('下一步')
    expect(await screen.findByText('ABCD-EFGH-JKMNP')).toBeDefined()
    expect(screen.getByRole('img', { name: '代办码的二维码' })).toBeDefined()
  })
})

describe('while acting', () => {
  it('every page says for whom, and leads back to oneself', async () => {
    network(lists([]))
    await switchTo(child)
    render(<PageStatus />)
    expect(screen.getByText('正在为 李**雨（孩子） 办理')).toBeDefined()
    await tap('换回本人')
    await waitFor(() => expect(usePersona.getState().acting).toBeUndefined())
    expect(screen.queryByText(/正在为/)).toBeNull()
  })

  it('messages are still one’s own, say so, and open only for whom they are', async () => {
    const message = {
      at: '2026-11-23T02:00:00Z', text: '有新进展。', ticketId: null, read: true,
      id: '0192c000-0000-7000-8000-0000000000a1', title: '您的办件', caseId: 'case-me',
    }
    const messages = [message, {
      ...message, id: '0192c000-0000-7000-8000-0000000000a2', title: '孩子的办件', caseId: 'case-child',
      actingFor: { mandateId: CHILD, name: '李**雨' },
    }]
    network({ ...lists([]), 'GET /messages': { messages, next: null } })
    await switchTo(child)
    open('messages')
    phone.pages = ['/pages/messages/index']
    render(<MessagesPage />)
    expect(screen.getByText(/^这里是您自己的消息。李\*\*雨（孩子） 的办件/)).toBeDefined()
    await tap(/^您的办件.*换回本人再看$/)
    expect(phone.pages.at(-1)).toBe('/pages/acting/index')
    await tap(/^孩子的办件.*查看办件$/)
    expect(phone.pages.at(-1)).toBe('/pages/case/index?id=case-child')
    cleanup()
    await switchTo(undefined)
    render(<MessagesPage />)
    await tap(/^您的办件.*查看办件$/)
    expect(phone.pages.at(-1)).toBe('/pages/case/index?id=case-me')
    expect(screen.queryByText(/^这里是您自己的消息/)).toBeNull()
    await tap(/换成他再看$/)
    expect(phone.pages.at(-1)).toBe('/pages/acting/index')
  })

  it('a matter that was not entrusted says so, and which was', async () => {
    network(lists([]))
    await switchTo(mandate())
    expect(mayDo(usePersona.getState().acting, TOPIC.id, 'fill')).toBe(true)
    expect(mayDo(usePersona.getState().acting, TOPIC.id, 'file')).toBe(false)
    expect(mayDo(usePersona.getState().acting, 'marriage', 'read')).toBe(false)
    render(<FillingGate title="公民婚育" refused={new Refused('NOT_WHILE_ACTING')} />)
    expect(screen.getByText(/阿依努尔·\*\*（委托人）委托您办的是“新生儿出生”/)).toBeDefined()
    await tap('换人，或换回本人')
    expect(phone.pages.at(-1)).toBe('/pages/acting/index')
  })

  it('a link to a page of another topic does not open its draft', async () => {
    network(lists([]))
    await switchTo(mandate({ topics: [{ id: 'marriage', title: '公民婚育' }] }))
    open('check', { topic: TOPIC.id })
    const { default: CheckPage } = await import('@/pages/check/index')
    render(<CheckPage />)
    expect(await screen.findByText('这件事没有委托给您')).toBeDefined()
  })
})
