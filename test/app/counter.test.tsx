/** 窗口代办 on the page a clerk opens: what every page says, and what is left after 结束. */
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CounterView } from '@core/contract/counter'
import { authorise } from '@/api/client'
import { PageStatus } from '@/components/page-status'
import { SaveState } from '@/components/save-state'
import { toBase64 } from '@/platform/bytes'
import { now } from '@/platform/clock'
import { secretsOpen, wipeSecrets, writeSecret } from '@/platform/secret-storage'
import { enterCounter } from '@/stores/counter'
import { blankDraft, fill, saveNow, useDrafts } from '@/stores/drafts'
import { stayIn, useSession } from '@/stores/session'
import CounterPage from '@/pages/counter/index'
import { phone } from './taro'

const ID = '0192c000-0000-7000-8000-000000000009'
const REQUEST = '0192c000-0000-7000-8000-000000000010'
const VIEW: CounterView = {
  id: ID, purpose: 'file', topicId: 'newborn', topicTitle: '新生儿出生', regionCode: '653101',
  applicant: '古丽娜尔·**', queueTicket: 'A012', caseId: null, requestId: ID, pickedUp: false, expiresAt: '2026-11-23T04:00:00Z',
  draftKey: toBase64(new Uint8Array(32)),
  me: {
    id: '0192c000-0000-7000-8000-000000000001', name: '古丽娜尔·艾山', idNumber: '6531**********0008',
    phone: null, verified: true, region: null, elder: false,
  },
}

function network(answers: Readonly<Record<string, unknown>>): string[] {
  const sent: string[] = []
  phone.answer = async ({ url, method = 'GET' }) => {
    const call = `${method} ${url.replace('/v1', '')}`
    sent.push(call)
    const found = answers[call] ?? 'NOT_AT_COUNTER'
    return typeof found === 'string'
      ? { statusCode: found === 'NOT_SIGNED_IN' ? 401 : 403, data: { code: found, detail: {} } }
      : { statusCode: 200, data: found, header: {} }
  }
  return sent
}

const sealed = () => [...phone.stored.keys()].filter((name) => name.startsWith('sealed:'))

beforeEach(() => phone.reset())
afterEach(() => {
  cleanup()
  useDrafts.setState({ byTopic: {} })
  useSession.setState(useSession.getInitialState(), true)
  authorise(undefined, () => undefined)
  wipeSecrets()
})

describe('at the window', () => {
  it('every page says for whom, and the token is on no phone', async () => {
    network({ 'GET /counter': VIEW })
    await enterCounter('counter-token-of-this-tab')
    render(<PageStatus />)
    expect(screen.getByText('窗口代办：申请人 古丽娜尔·** · 排队号 A012')).toBeDefined()
    expect(JSON.stringify([...phone.stored])).not.toContain('counter-token-of-this-tab')
  })

  it('a draft stays here: one case for the session, nothing asked of or sent to the server', async () => {
    const sent = network({ 'GET /counter': VIEW })
    await enterCounter('token')
    const draft = await blankDraft(1, '653101')
    expect(draft.body.requestId).toBe(ID)
    useDrafts.setState({ byTopic: { newborn: { ...draft, changedAt: 1 } } })
    await saveNow('newborn')
    expect(sent).toEqual(['GET /counter'])
    expect(sealed()).toEqual([`sealed:@${ID}:draft-newborn`])
    const kept = useDrafts.getState().byTopic.newborn
    render(<SaveState draft={kept!} signedIn onResolve={() => undefined} />)
    expect(screen.getByText('已存在这个页面，提交后才会上传')).toBeDefined()
  })

  it('结束 asks, then leaves nothing: no token, no draft, no key', async () => {
    const sent = network({ 'GET /counter': VIEW, 'DELETE /session': { ok: true } })
    await enterCounter('token')
    useDrafts.setState({ byTopic: { newborn: await blankDraft(1, '653101') } })
    await writeSecret('draft-newborn', '填了一半', now())
    render(<PageStatus />)
    await userEvent.click(screen.getByRole('button', { name: '结束' }))
    expect(screen.getByText(/没有提交的内容和照片会从这台电脑上清空/)).toBeDefined()
    await userEvent.click(screen.getByRole('button', { name: '结束并清空' }))
    await waitFor(() => expect(phone.pages.at(-1)).toBe('/pages/counter/index'))
    expect(sent.at(-1)).toBe('DELETE /session')
    expect(useSession.getState()).toMatchObject({ token: undefined, counter: undefined, me: undefined })
    expect(useDrafts.getState().byTopic).toEqual({})
    expect(sealed()).toEqual([])
    expect(secretsOpen()).toBe(false)
    expect(screen.queryByText(/窗口代办：申请人/)).toBeNull()
  })

  it('ends the same way when the platform says that it is over', async () => {
    network({ 'GET /counter': VIEW })
    await enterCounter('token')
    await writeSecret('draft-newborn', '填了一半', now())
    network({ 'GET /counter': 'NOT_SIGNED_IN' })
    await expect(stayIn()).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    expect(phone.pages.at(-1)).toBe('/pages/counter/index')
    expect(sealed()).toEqual([])
  })

  it('goes on with the draft the code was for, and leaves what was typed since', async () => {
    const body = {
      requestId: REQUEST, topicVersion: 1, regionCode: '653101', answers: { who: 'mother' },
      form: { 'child.name': '手机上填的' }, materials: {}, page: 'form-1',
    }
    const answers = {
      'GET /counter': { ...VIEW, requestId: REQUEST, pickedUp: true },
      'GET /drafts/newborn': { topicId: 'newborn', revision: 4, savedAt: '', keptUntil: '', draft: body },
    }
    const sent = network(answers)
    await enterCounter('token')
    expect(useDrafts.getState().byTopic.newborn).toMatchObject({ body, revision: 0, saved: 'phone' })
    expect(sent).toEqual(['GET /counter', 'GET /drafts/newborn'])
    fill('newborn', { 'child.name': '窗口改的' })
    await saveNow('newborn')
    // The link once more, in another tab: nothing of this one is there but what it sealed.
    useSession.setState({ counter: undefined })
    useDrafts.setState({ byTopic: {} })
    await enterCounter('token')
    expect(useDrafts.getState().byTopic.newborn?.body.form).toEqual({ 'child.name': '窗口改的' })
    render(<PageStatus />)
    expect(screen.getByText(/排队号 A012 · 接着手机上填的办/)).toBeDefined()
  })

  it('moves on to the phone, says what stands against it, and then leaves nothing here', async () => {
    network({ 'GET /counter': VIEW, 'POST /counter/move': 'DRAFT_OF_THEIR_OWN' })
    await enterCounter('token')
    useDrafts.setState({ byTopic: { newborn: { ...await blankDraft(1, '653101'), changedAt: 1 } } })
    render(<PageStatus />)
    await userEvent.click(screen.getByRole('button', { name: '转到手机上接着办' }))
    await userEvent.click(screen.getByRole('button', { name: '转过去' }))
    await screen.findByText(/申请人手机上另有一份没提交的/)
    expect(useDrafts.getState().byTopic.newborn).toBeDefined()
    const sent = network({ 'POST /counter/move': { keptUntil: '2027-01-22T02:00:00Z' } })
    await userEvent.click(screen.getByRole('button', { name: '转过去' }))
    await waitFor(() => expect(phone.pages.at(-1)).toBe('/pages/counter/index'))
    expect(sent).toEqual(['POST /counter/move'])
    expect(useDrafts.getState().byTopic).toEqual({})
    expect(useSession.getState().token).toBeUndefined()
    expect(sealed()).toEqual([])
  })

  it('the page a link leads to says that it is over when it opens nothing', async () => {
    network({})
    phone.route = { path: '/pages/counter/index', params: {} }
    render(<CounterPage />)
    await screen.findByText('窗口代办已经结束')
    expect(screen.getByText(/没有留下任何个人信息/)).toBeDefined()
  })
})
