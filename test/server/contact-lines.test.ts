/** 附件2 changed line by line: by whom, not over one another, and each change written down. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Contact, ContactPage, ContactSaved, ContactScopes } from '../../core/contract/contact'
import { type SignedIn, startHarness } from './harness'

const harness = await startHarness()
const supervisor = await harness.supervisor()
const head = await harness.department('public-security')
const { topics } = harness.platform.catalogue
const topic = topics.find(({ items }) => items.some(({ department }) => department === 'public-security'))!
const item = topic.items.find(({ department }) => department === 'public-security')!
const someone = { topicId: null, itemId: null, role: 'handler', stage: null, name: '艾力·测试', phone: '13900000001' }
const list = async (who: SignedIn, query = '') =>
  (await harness.call(who, { method: 'GET', url: `/v1/contacts?${query}` })).json<ContactPage>()

describe('a line of the contact table', () => {
  const lines = async (who = supervisor) =>
    (await list(who, 'department=civil-affairs&limit=1000')).contacts
  const add = (who: SignedIn, change: object = {}, unit: object = {}) => harness.call(who, {
    method: 'POST', url: '/v1/contacts', payload: {
      requestId: randomUUID(), departmentId: 'civil-affairs', regionCode: '653101', ...unit,
      contact: { ...someone, ...change },
    },
  })
  const act = (who: SignedIn, { id, revision }: Contact, body: object) => harness.call(who, {
    method: 'POST', url: `/v1/contacts/${id}/actions`, payload: { requestId: randomUUID(), revision, ...body },
  })
  const change = (who: SignedIn, line: Contact, to: object) =>
    act(who, line, { do: 'change', contact: { ...someone, ...to } })
  const code = (reply: { json: () => { code: string } }) => reply.json().code

  it('is added at the end, changed and taken out, once each, and each is written down', async () => {
    const requestId = randomUUID()
    for (let n = 0; n < 2; n += 1) expect((await add(supervisor, {}, { requestId })).statusCode).toBe(200)
    const added = (await add(supervisor, { role: 'leader', phone: '139 0000 0007' })).json<ContactSaved>()
    expect(added.contact).toMatchObject({
      unit: '喀什市民政局', role: 'leader', phone: '13900000007', draft: false, revision: 1, editable: true,
    })
    const [first, second] = await lines()
    const changed = await change(supervisor, first!, { name: '欧阳测试', phone: '13900000008' })
    expect(changed.json<ContactSaved>().contact).toMatchObject({ id: first!.id, name: '欧阳测试', revision: 2 })
    expect((await act(supervisor, second!, { do: 'remove' })).json()).toEqual({ contact: null })
    expect((await lines()).map(({ name }) => name)).toEqual(['欧阳测试'])
    const logged = await harness.asOwner(
      `select what, why from audit where object = 'contacts:653101.civil-affairs' order by id`)
    expect(logged).toEqual([
      { what: '添加责任人', why: '业务经办人员' }, { what: '添加责任人', why: '分管领导' },
      { what: '修改责任人', why: '改了姓名、联系电话' }, { what: '删除责任人', why: '分管领导' },
    ])
  })

  it('is not written over by whoever has not seen it so; they are shown it as it is', async () => {
    const [line] = await lines()
    expect((await change(supervisor, line!, { name: '诸葛测试' })).statusCode).toBe(200)
    for (const late of [await change(supervisor, line!, { name: '司马测试' }),
      await act(supervisor, line!, { do: 'remove' })]) {
      expect(late.json()).toMatchObject({
        code: 'EDITED_MEANWHILE', detail: { contact: { name: '诸葛测试', revision: line!.revision + 1 } },
      })
    }
    expect((await lines()).map(({ name }) => name)).toEqual(['诸葛测试'])
    await harness.call(supervisor, {
      method: 'PUT', url: '/v1/contacts', payload: {
        requestId: randomUUID(), departmentId: 'civil-affairs', regionCode: '653101', contacts: [someone],
      },
    })
    expect(code(await change(supervisor, line!, {}))).toBe('NOT_FOUND')
  })

  it('by two at once: one wins, the other is told', async () => {
    const [line] = await lines()
    const replies = await Promise.all(['甲测试', '乙测试', '丙测试'].map((name) =>
      change(supervisor, line!, { name })))
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409])
    const added = await Promise.all(Array.from({ length: 8 }, () => add(supervisor)))
    expect(added.every(({ statusCode }) => statusCode === 200)).toBe(true)
  })

  it('says beside each field what is wrong, and changes nothing', async () => {
    const before = await lines()
    const reply = await add(supervisor, { name: ' ', phone: '12345', topicId: 'none', stage: 'review', role: 'chief' })
    const { detail } = reply.json<{ detail: { problems: { field: string }[] } }>()
    expect(detail.problems.map(({ field }) => field)).toEqual(
      ['contact.name', 'contact.phone', 'contact.topicId', 'contact.stage'])
    expect((await add(supervisor, {}, { departmentId: 'none' })).statusCode).toBe(422)
    expect(await lines()).toEqual(before)
  })

  it('is in the hand of supervision, and of the department’s own head', async () => {
    const own = (await add(head, {}, { departmentId: 'public-security' })).json<ContactSaved>().contact!
    expect((await change(head, own, { name: '尉迟测试' })).statusCode).toBe(200)
    const handler = await harness.department('public-security', '653101', { duties: ['handle'] })
    const elsewhere = await harness.department('public-security', '653125')
    for (const who of [handler, elsewhere, await harness.department('tax'), await harness.supervisor('653125')]) {
      expect(code(await change(who, { ...own, revision: 2 }, {}))).toBe('NOT_FOUND')
      expect(code(await add(who, {}, { departmentId: 'public-security' }))).toBe('NOT_FOUND')
    }
    const rows = (await list(handler, 'limit=1000')).contacts
    expect(new Set(rows.map(({ editable }) => editable))).toEqual(new Set([false]))
    expect((await act(head, { ...own, revision: 2 }, { do: 'remove' })).statusCode).toBe(200)
    const scopes = async (who: SignedIn) =>
      (await harness.call(who, { method: 'GET', url: '/v1/contacts/scopes' })).json<ContactScopes>()
    expect((await scopes(handler)).departments).toEqual([])
    const [mine, ...others] = (await scopes(head)).departments
    expect([mine?.id, others.length]).toEqual(['public-security', 0])
    expect(mine?.topics.find(({ id }) => id === topic.id)?.items.map(({ id }) => id)).toContain(item.id)
    expect((await scopes(supervisor)).departments.length)
      .toBe(harness.platform.catalogue.departments.length)
  })
})
