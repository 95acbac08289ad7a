/** 接办码 on the phone: the quiet way to it, the page, and what the phone says once it was filed. */
import path from 'node:path'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@core/contract/session'
import { HelpLine } from '@/components/help-line'
import { SaveState } from '@/components/save-state'
import PickUpPage from '@/pages/pick-up/index'
import {
  draftOf, dropDraft, fill, noteTry, openDraft, resolveConflict, saveNow, useDrafts,
} from '@/stores/drafts'
import { beginSession, forgetSession, useSession } from '@/stores/session'
import { loadCatalogue } from '../../server/catalogue/load'
import Taro, { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics[0]!
const FIELD = topic.fields[0]!.key
const SESSION: Session = {
  token: 'token-1', expiresAt: '2026-12-01T00:00:00Z',
  draftKey: btoa('0123456789abcdef0123456789abcdef'),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: '阿依努尔·样例', idNumber: null,
    phone: null, verified: true, region: '653101', elder: false,
  },
}
const CASE = '0192c000-0000-7000-8000-000000000001'
const TIMES = { madeAt: '2026-11-23T02:20:00Z', expiresAt: '2026-11-24T02:20:00Z' }

/** Answers by method and end of the address; a text is the code of a refusal. */
function network(answers: Readonly<Record<string, unknown>>): string[] {
  const sent: string[] = []
  phone.answer = async ({ url, method = 'GET' }) => {
    const call = `${method} ${url.replace('/v1', '')}`
    sent.push(call)
    const found = answers[call] ?? 'NOT_FOUND'
    if (typeof found !== 'string') return { statusCode: 200, data: found, header: {} }
    const [code = '', caseId] = found.split(' ')
    return { statusCode: code === 'NOT_FOUND' ? 404 : 409, data: { code, detail: { caseId } }, header: {} }
  }
  return sent
}

const DRAFT = `/drafts/${topic.id}`
const CODE = `${DRAFT}/pick-up`
const SAVED = { [`PUT ${DRAFT}`]: { revision: 1, savedAt: TIMES.madeAt, keptUntil: TIMES.madeAt } }
const NONE = { [`GET ${CODE}`]: { open: null } }
const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

async function begin(answers: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  network(SAVED)
  await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
  fill(topic.id, { [FIELD]: '古丽' })
  await saveNow(topic.id)
  phone.route = { path: '/pages/pick-up/index', params: { topic: topic.id } }
  return network({ ...SAVED, ...answers })
}

beforeEach(() => {
  phone.reset()
  Taro.setStorageSync(`topic-2-${topic.id}`, { topic, etag: '"1"' })
  beginSession(SESSION)
})
afterEach(() => {
  cleanup()
  dropDraft(topic.id)
  forgetSession()
  useSession.setState(useSession.getInitialState(), true)
})

describe('the way to the code', () => {
  const shown = () => screen.queryByRole('button', { name: /到窗口接着办/ })
  const helpOn = (page: string) => {
    phone.route = { path: `/pages/${page}/index`, params: { topic: topic.id } }
    return render(<HelpLine />)
  }

  it('stands where one fills in, for what is saved on the server', async () => {
    await begin()
    helpOn('form')
    await tap('填不下去？拿个接办码，到窗口接着办')
    expect(phone.pages.at(-1)).toBe(`/pages/pick-up/index?topic=${topic.id}`)
  })

  it('and nowhere else: other pages, nothing saved, nobody known, at the window itself', async () => {
    await begin()
    helpOn('halls')
    expect(shown()).toBeNull()
    cleanup()
    useSession.setState({ atCounter: true })
    helpOn('form')
    expect(shown()).toBeNull()
    cleanup()
    useSession.setState({ atCounter: false, me: { ...SESSION.me, verified: false } })
    helpOn('form')
    expect(shown()).toBeNull()
    cleanup()
    useSession.setState({ me: SESSION.me })
    dropDraft(topic.id)
    helpOn('form')
    expect(shown()).toBeNull()
  })
})

describe('the page', () => {
  it('shows the code once, in groups of four, with its end, and takes it back', async () => {
    const sent = await begin({
      ...NONE, [`POST ${CODE}`]: { code: '04071234', ...TIMES }, [`DELETE ${CODE}`]: { ok: true },
    })
    render(<PickUpPage />)
    await tap('拿接办码')
    expect(await screen.findByText('0407 1234')).toBeDefined()
    expect(screen.getByRole('img', { name: '0 4 0 7 1 2 3 4' })).toBeDefined()
    expect(screen.getByText(/11月24日 10:20 前有效/)).toBeDefined()
    await tap('撤回接办码')
    await waitFor(() => expect(screen.queryByText('0407 1234')).toBeNull())
    expect(sent).toContain(`DELETE ${CODE}`)
    expect(JSON.stringify([...phone.stored])).not.toContain('04071234')
  })

  it('come back to, says until when the last one is good, and gives another', async () => {
    await begin({
      [`GET ${CODE}`]: { open: TIMES }, [`POST ${CODE}`]: { code: '11112222', ...TIMES },
    })
    render(<PickUpPage />)
    await screen.findByText('11月23日 10:20 拿过一个接办码')
    await tap('重新拿一个')
    await screen.findByText('1111 2222')
  })

  it('saves first what the server has not; without that there is no code', async () => {
    const sent = await begin({ ...NONE, [`POST ${CODE}`]: { code: '11112222', ...TIMES } })
    fill(topic.id, { [FIELD]: '古丽娜尔' })
    render(<PickUpPage />)
    await tap('拿接办码')
    await screen.findByText('1111 2222')
    expect(sent.indexOf(`PUT ${DRAFT}`)).toBeLessThan(sent.indexOf(`POST ${CODE}`))
    cleanup()
    const refused = await begin(NONE)
    network({ ...NONE, [`PUT ${DRAFT}`]: 'DRAFT_CONFLICT', [`POST ${CODE}`]: { code: '11112222', ...TIMES } })
    fill(topic.id, { [FIELD]: '古丽' })
    render(<PickUpPage />)
    await tap('拿接办码')
    await screen.findByText(/另一台设备上改过这份草稿/)
    expect(refused).not.toContain(`POST ${CODE}`)
  })

  it('asks whoever is not known by name to prove it first', async () => {
    await begin(NONE)
    useSession.setState({ me: { ...SESSION.me, verified: false } })
    render(<PickUpPage />)
    await waitFor(() => expect(phone.pages.at(-1)).toContain('/pages/identity/index'))
  })
})

describe('once the window has filed it', () => {
  it('a change on the phone is told where the case is, and nothing is sent again', async () => {
    await begin()
    network({ [`PUT ${DRAFT}`]: `REQUEST_REUSED ${CASE}` })
    fill(topic.id, { [FIELD]: '古丽娜尔' })
    await saveNow(topic.id)
    const draft = draftOf(topic.id)!
    expect(draft.filed).toBe(CASE)
    render(<SaveState draft={draft} signedIn onResolve={(keep) => void resolveConflict(topic.id, keep)} />)
    expect(screen.getByText('这份申请已经提交了')).toBeDefined()
    await tap('查看办理进度')
    expect(phone.pages.at(-1)).toBe(`/pages/case/index?id=${CASE}`)
    expect(draftOf(topic.id)).toBeUndefined()
  })

  it('the copy on the phone is not opened again, unless this phone itself tried to file it', async () => {
    await begin()
    const { requestId } = draftOf(topic.id)!.body
    useDrafts.setState({ byTopic: {} })
    network({})
    const opened = await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
    expect(opened.body).toMatchObject({ form: {} })
    expect(opened.body.requestId).not.toBe(requestId)

    await begin()
    const tried = draftOf(topic.id)!.body.requestId
    await noteTry(topic.id)
    useDrafts.setState({ byTopic: {} })
    const kept = await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
    expect(kept.body.requestId).toBe(tried)
  })
})
