import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draftOf, dropDraft, fill, openDraft, saveNow } from '@/stores/drafts'
import { beginSession, forgetSession } from '@/stores/session'
import { phone } from './taro'

const TOPIC = 'some-topic'

/** The wire of the drafts as the platform keeps it: a revision per save, conflicts refused. */
function drafts() {
  const kept = { revision: 0, draft: undefined as unknown }
  const bases: number[] = []
  let lose = 0
  phone.answer = async ({ url, method, data }) => {
    const header = {}
    if (!String(url).includes('/drafts/')) return { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} }, header }
    if (method === 'GET' || method === undefined) {
      return kept.draft
        ? { statusCode: 200, header, data: { topicId: TOPIC, ...kept, savedAt: '', keptUntil: '' } }
        : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} }, header }
    }
    const { draft, basedOn } = data as { draft: unknown; basedOn: number } // what putDraft sends
    bases.push(basedOn)
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (basedOn !== kept.revision) return { statusCode: 409, data: { code: 'DRAFT_CONFLICT', detail: {} }, header }
    kept.revision += 1
    kept.draft = JSON.parse(JSON.stringify(draft))
    if (lose-- > 0) throw new Error('request:fail')
    return { statusCode: 200, header, data: { revision: kept.revision, savedAt: '', keptUntil: '' } }
  }
  return { kept, bases, loseNext: () => { lose = 1 } }
}

beforeEach(async () => {
  phone.reset()
  beginSession({
    token: 't', expiresAt: '2026-12-01T00:00:00Z', draftKey: btoa('0123456789abcdef0123456789abcdef'),
    me: {
      id: '00000000-0000-4000-8000-000000000001', name: '样例', idNumber: null, phone: null,
      verified: true, region: null, elder: false,
    },
  })
})
afterEach(() => {
  dropDraft(TOPIC)
  forgetSession()
})

describe('saving a draft', () => {
  it('sends one save at a time: two in a row are not two devices', async () => {
    const server = drafts()
    await openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
    fill(TOPIC, { 'child.name': '甲' })
    const first = saveNow(TOPIC)
    await expect.poll(() => server.bases).toEqual([0])
    fill(TOPIC, { 'child.name': '乙' })
    await Promise.all([first, saveNow(TOPIC), saveNow(TOPIC)])
    expect(server.bases).toEqual([0, 1])
    expect(draftOf(TOPIC)).toMatchObject({ saved: 'server', revision: 2 })
    expect(server.kept.draft).toMatchObject({ form: { 'child.name': '乙' } })
  })

  it('knows its own save again when only the reply was lost', async () => {
    const server = drafts()
    await openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
    fill(TOPIC, { 'child.name': '甲' })
    server.loseNext()
    await saveNow(TOPIC)
    expect(draftOf(TOPIC)?.saved).toBe('phone')
    fill(TOPIC, { 'child.name': '乙' })
    await saveNow(TOPIC)
    expect(draftOf(TOPIC)).toMatchObject({ saved: 'server', revision: 2 })
    expect(server.kept.draft).toMatchObject({ form: { 'child.name': '乙' } })
  })

  it('still tells a save of another device', async () => {
    const server = drafts()
    await openDraft(TOPIC, { topicVersion: 1, regionCode: '653101' })
    fill(TOPIC, { 'child.name': '甲' })
    await saveNow(TOPIC)
    server.kept.revision += 1
    server.kept.draft = { form: { 'child.name': '别的手机' } }
    fill(TOPIC, { 'child.name': '乙' })
    await saveNow(TOPIC)
    expect(draftOf(TOPIC)?.saved).toBe('conflict')
  })
})
