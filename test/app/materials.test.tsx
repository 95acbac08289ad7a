/** The materials page: who needs a document and by which law, photos of earlier cases, what moved. */
import path from 'node:path'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MyMaterial } from '@core/contract/material'
import type { Session } from '@core/contract/session'
import type { Topic } from '@core/contract/topic'
import { type PlannedMaterial, toSupply } from '@core/materials'
import { makePlan } from '@core/plan'
import { loadCatalogue } from '../../server/catalogue/load'
import { filingOf, readSpecs } from '../catalogue/spec'
import { MaterialLedger } from '@/components/material-ledger'
import Materials from '@/pages/materials'
import { answer, draftOf, dropDraft, openDraft, setDraft } from '@/stores/drafts'
import { beginSession, forgetSession } from '@/stores/session'
import { clearUploads } from '@/stores/uploads'
import Taro, { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const newborn = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
const SESSION: Session = {
  token: 'token-1', expiresAt: '2026-12-01T00:00:00Z',
  draftKey: btoa('0123456789abcdef0123456789abcdef'),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: '阿依努尔·样例', idNumber: '6531**********0008',
    phone: '139****0001', verified: true, region: '653101', elder: false,
  },
}

beforeEach(() => {
  phone.reset()
  Taro.setStorageSync('topic-2-newborn', { topic: newborn, etag: '"1"' })
  beginSession(SESSION)
})
afterEach(() => {
  cleanup()
  clearUploads()
  dropDraft('newborn')
  forgetSession()
})

/** Answers by the end of the address; anything else is not found. */
function online(answers: Readonly<Record<string, unknown>>) {
  phone.answer = async ({ url, method = 'GET' }) => {
    const found = method === 'GET' && Object.entries(answers).find(([end]) => url.endsWith(end))
    return found
      ? { statusCode: 200, data: found[1], header: {} }
      : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} }, header: {} }
  }
}

async function show(topicVersion = newborn.version) {
  await openDraft('newborn', { topicVersion: newborn.version, regionCode: '653101' })
  answer('newborn', ANSWERS)
  if (topicVersion !== newborn.version) setDraft('newborn', { topicVersion })
  phone.route = { path: '/pages/materials/index', params: { topic: 'newborn' } }
  return render(<Materials />)
}
const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

/** Every material that some situation of a topic's spec asks for, as the app shows it. */
function everyMaterial(topic: Topic): PlannedMaterial[] {
  const spec = readSpecs().get(topic.id)!
  const all = spec.情形.flatMap((situation) => {
    const { answers = {}, form = {} } = filingOf(topic, spec, situation)
    return toSupply(makePlan(topic, { answers, form }).materials)
  })
  return [...new Map(all.map((one) => [`${one.key} ${one.askedBy.map(({ itemId }) => itemId)}`, one])).values()]
}

describe('the ledger: who needs a document, why, and by which law', () => {
  it.each(topics.map((topic) => [topic.title, topic] as const))(
    '%s：every document names its items, each with a department, a reason and an article', (_title, topic) => {
      const materials = everyMaterial(topic)
      for (const material of materials) {
        expect(material.askedBy.length, material.key).toBeGreaterThan(0)
        const { container, unmount } = render(
          <MaterialLedger topic={topic} material={material} supply={undefined} onClose={() => undefined} />)
        const cards = [...container.querySelectorAll('.card')].map(({ textContent }) => textContent ?? '')
        expect(cards.length, material.key).toBe(material.askedBy.length)
        material.askedBy.forEach(({ itemId, reason }, n) => {
          const item = topic.items.find(({ id }) => id === itemId)!
          const department = topic.departments.find(({ id }) => id === item.department)!
          expect(item.basis.length, itemId).toBeGreaterThan(0)
          for (const words of [
            item.name, department.name, reason ?? '核对这件事的办理条件', ...item.basis.map(({ law }) => law),
          ]) expect(cards[n], material.key).toContain(words)
        })
        expect(container.textContent).not.toMatch(/undefined|null/)
        unmount()
      }
    })

  it('opens from the card, and says that it is handed in once', async () => {
    await show()
    await tap('谁要用母亲的居民身份证、依据什么')
    const sheet = within(screen.getByRole('dialog'))
    expect(sheet.getByText(/^只交一次，下面 2 件事共用/)).toBeTruthy()
    expect(sheet.getAllByText(/卫生健康/).length).toBeGreaterThan(0)
    expect(sheet.getByText(/照片随办件存档/)).toBeTruthy()
    await userEvent.click(sheet.getByRole('button', { name: '知道了' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('a photo of an earlier case', () => {
  const material = newborn.materials.find(({ key }) => key === 'mother.id-card')!
  const ids = ['a', 'b'].map((end) => `00000000-0000-4000-8000-00000000000${end}`)
  const mine = (over: Partial<MyMaterial> = {}): MyMaterial => ({
    kind: material.id, name: '居民身份证', whose: '阿依努尔·样例', ids, usedOn: '2026-03-05T02:00:00Z',
    usedIn: '公民婚育', ...over,
  })

  it('stands for a new one at two taps, and can be taken out again', async () => {
    online({ '/v1/materials': { materials: [mine()] } })
    await show()
    await waitFor(() => expect(screen.getByRole('button', { name: '用以前拍过的母亲的居民身份证' })).toBeTruthy())
    await tap('用以前拍过的母亲的居民身份证')
    const sheet = within(screen.getByRole('dialog'))
    expect(sheet.getByText('请看清是谁的。证件换过或者过期了，请重新拍。')).toBeTruthy()
    expect(sheet.getByText('2026 年 3 月 5 日用在“公民婚育”，共 2 张')).toBeTruthy()
    await userEvent.click(sheet.getByRole('button', { name: /^用2026 年 3 月 5 日的阿依努尔·样例/ }))
    expect(draftOf('newborn')!.body.materials['mother.id-card']).toEqual({ by: 'photos', ids })
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByRole('button', { name: '用以前拍过的母亲的居民身份证' })).toBeNull()
    await tap('删除母亲的居民身份证 人像面')
    expect(draftOf('newborn')!.body.materials['mother.id-card']).toBeUndefined()
    expect(screen.getByRole('button', { name: '用以前拍过的母亲的居民身份证' })).toBeTruthy()
  })

  it('is not offered with too few sides, nor as another kind of document', async () => {
    online({ '/v1/materials': { materials: [mine({ ids: ids.slice(1) }), mine({ kind: 'no-such-kind' })] } })
    await show()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(screen.queryByRole('button', { name: /^用以前拍过的母亲的居民身份证/ })).toBeNull()
  })
})

describe('a draft of an older version', () => {
  const before = JSON.parse(JSON.stringify(newborn)) as Topic // a topic is data
  before.version -= 1
  before.materials.find(({ key }) => key === 'mother.id-card')!.content = '旧要求'

  it('is told what moved, sees it marked on its card, and puts the list away', async () => {
    online({ [`?version=${before.version}`]: before, '/v1/topics/newborn': newborn })
    await show(before.version)
    expect(await screen.findByText('有变化：母亲：居民身份证。')).toBeTruthy()
    const card = document.getElementById('mother.id-card')!
    expect(within(card).getByText('有变化')).toBeTruthy()
    expect(screen.getAllByText('有变化')).toHaveLength(1)
    await tap('知道了')
    expect(screen.queryByText(/办事要求刚刚更新/)).toBeNull()
    expect(within(card).getByText('有变化')).toBeTruthy()
  })
})
