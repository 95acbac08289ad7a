import path from 'node:path'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Countersigning, Signing } from '@core/contract/signing'
import { contentToSign, sheetFor } from '@core/signing'
import CheckPage from '@/pages/check/index'
import CountersignPage from '@/pages/countersign/index'
import SignersPage from '@/pages/signers/index'
import { toBase64 } from '@/platform/bytes'
import { openSecrets, wipeSecrets } from '@/platform/secret-storage'
import { useDrafts } from '@/stores/drafts'
import { useSession } from '@/stores/session'
import { useTopics } from '@/stores/topics'
import { fillTopic, supplyAll } from '../../server/training/filling'
import { loadCatalogue } from '../../server/catalogue/load'
import { contentHash } from '../../server/signings/content'
import { phone } from './taro'

const { topics, regions } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'marriage')!
const REQUEST = '0192c000-0000-4000-8000-0000000000aa'
const CODE = 'c'.repeat(43)
const AT = '2026-11-23T02:20:00Z'
const filled = fillTopic(topic, { today: '2026-11-23', seed: 7, answers: { who: 'groom' } })
const content = contentToSign(topic, filled.plan, { regionCode: '653101', form: filled.form })

/** The server's word: what it holds for signed is what this hash stands for. */
const signing = (state: Signing['signers'][number]['state'], hash = contentHash(content)): Signing => ({
  contentHash: hash,
  signers: [{
    id: 'bride', label: '女方', state, code: CODE, toldAt: AT, answeredAt: null, expiresAt: AT,
    reason: state === 'declined' ? '地址写错了' : null,
  }],
})

function network(answers: Record<string, unknown>) {
  const sent: { path: string; body: unknown }[] = []
  phone.answer = async ({ url, method = 'GET', data }) => {
    const [where = ''] = url.split('?')
    sent.push({ path: `${method} ${where}`, body: data })
    const made = answers[`${method} ${where}`]
    if (made === undefined) throw { errMsg: 'request:fail' }
    return { statusCode: 200, data: made, header: { etag: '"1"' } }
  }
  return sent
}

const common = { [`GET /v1/topics/${topic.id}`]: topic, 'PUT /v1/drafts/marriage': { revision: 2 } }

function open(page: string, params: Record<string, string> = { topic: topic.id }) {
  phone.route = { path: `/pages/${page}/index`, params }
}

beforeEach(() => {
  phone.reset()
  openSecrets(toBase64(new Uint8Array(32)))
  useSession.setState({
    token: 'token', shared: undefined,
    me: {
      id: REQUEST, name: '热依汗', idNumber: null, phone: null, verified: true, region: null,
      elder: false,
    },
  })
  useTopics.setState({ byId: { [topic.id]: { topic, etag: '"1"' } } })
  const materials = supplyAll(filled.plan, ({ key }, side) => `${key} ${side}`)
  useDrafts.setState({
    byTopic: {
      [topic.id]: {
        body: {
          requestId: REQUEST, topicVersion: topic.version, regionCode: '653101',
          answers: filled.answers, form: filled.form, page: 'check',
          materials: materials as never, // ids of no upload: nothing is sent here
        },
        revision: 1, saved: 'server', changedAt: 1,
      },
    },
  })
})

afterEach(() => {
  cleanup()
  useDrafts.setState({ byTopic: {} })
  useSession.setState({ token: undefined })
  wipeSecrets()
})

describe('asking others to sign', () => {
  it('comes after the check page', async () => {
    network(common)
    open('check')
    render(<CheckPage />)
    await userEvent.click(await screen.findByRole('button', { name: '确认无误，去签名' }))
    expect(phone.pages.at(-1)).toBe('/pages/signers/index?topic=marriage')
  })

  it('invites for exactly what the draft says, then waits and says for whom', async () => {
    const sent = network({
      ...common, 'GET /v1/signings': { contentHash: null, signers: [] },
      'POST /v1/signings': signing('waiting'),
    })
    open('signers')
    render(<SignersPage />)
    expect(await screen.findByText(filled.form['bride.name'] ?? '')).toBeTruthy()
    await userEvent.click(await screen.findByRole('button', { name: '发短信邀请签名' }))
    const wait = await screen.findByRole('button', { name: '等女方签名后才能提交' })
    expect(wait.getAttribute('aria-disabled') ?? wait.hasAttribute('disabled')).toBeTruthy()
    expect(sent.find(({ path: where }) => where === 'POST /v1/signings')?.body).toMatchObject({
      requestId: REQUEST, answers: filled.answers, form: filled.form,
    })
  })

  it('leads on when all have signed what the draft says now', async () => {
    network({ ...common, 'GET /v1/signings': signing('signed') })
    open('signers')
    render(<SignersPage />)
    await userEvent.click(await screen.findByRole('button', { name: '都签好了，去提交' }))
    expect(phone.pages.at(-1)).toBe('/pages/sign/index?topic=marriage')
  })

  it('asks again when the draft has changed since, and shows why somebody declined', async () => {
    network({ ...common, 'GET /v1/signings': signing('signed', '0'.repeat(64)) })
    open('signers')
    render(<SignersPage />)
    expect(await screen.findByText('内容改过，签名要重签')).toBeTruthy()
    expect(screen.getByRole('button', { name: '发短信邀请签名' })).toBeTruthy()
    cleanup()
    network({ ...common, 'GET /v1/signings': signing('declined') })
    render(<SignersPage />)
    expect(await screen.findByText('原因：地址写错了')).toBeTruthy()
  })
})

describe('being asked to sign', () => {
  const shown: Countersigning = {
    topicId: topic.id, topicTitle: topic.title, state: 'waiting', expiresAt: AT, answeredAt: null,
    labels: ['女方'], applicant: '艾力·**', region: '喀什市', seen: contentHash(content),
    sheet: sheetFor(topic, filled.plan, { form: filled.form, as: ['bride'], regions }) as
      Countersigning['sheet'], // the same shape, writable
  }

  it('shows own data in full, others masked, and signs nothing before all is agreed', async () => {
    const sent = network({ [`GET /v1/signings/${CODE}`]: shown })
    open('countersign', { code: CODE })
    render(<CountersignPage />)
    expect(await screen.findByText(filled.form['bride.idNumber'] ?? '')).toBeTruthy()
    expect(screen.queryByText(filled.form['groom.idNumber'] ?? '')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: '签署' }))
    expect(within(screen.getAllByRole('alert')[0]!).getAllByRole('button')).toHaveLength(3)
    expect(sent.every(({ path: where }) => where.startsWith('GET'))).toBe(true)
  })

  it('declines only with a reason, and may think again', async () => {
    const sent = network({
      [`GET /v1/signings/${CODE}`]: shown,
      [`POST /v1/signings/${CODE}/decline`]: { ...shown, state: 'declined', answeredAt: AT },
    })
    open('countersign', { code: CODE })
    render(<CountersignPage />)
    await userEvent.click(await screen.findByRole('button', { name: '我不同意，不签' }))
    await userEvent.click(screen.getByRole('button', { name: '确定不同意' }))
    expect(screen.getByText('请写一句原因，对方才知道怎么改。')).toBeTruthy()
    await userEvent.type(screen.getByLabelText('为什么不同意'), '地址写错了')
    await userEvent.click(screen.getByRole('button', { name: '确定不同意' }))
    expect(await screen.findByText('您没有同意签名')).toBeTruthy()
    expect(sent.at(-1)?.body).toMatchObject({ reason: '地址写错了' })
    await userEvent.click(screen.getByRole('button', { name: '商量好了，重新看内容签名' }))
    expect(screen.getByRole('button', { name: '签署' })).toBeTruthy()
  })

  it('sends whoever is not signed in to the login and back', async () => {
    useSession.setState({ token: undefined, me: undefined })
    network({})
    open('countersign', { code: CODE })
    render(<CountersignPage />)
    expect(phone.pages.at(-1)).toBe(`/pages/login/index?code=${CODE}&next=countersign`)
  })
})
