/** 附件2 责任人联系表: kept by supervision, sealed at rest, in and out as the seed's own table. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ContactPage, ContactsSaved } from '../../core/contract/contact'
import { readSheet } from '../../server/tables/sheet'
import { XLSX } from '../../server/tables/workbook'
import { seedDemoContacts } from '../../server/contacts/demo'
import { startHarness } from './harness'
import { type Cell, sheetXml, workbook } from './workbook'

const harness = await startHarness()
const supervisor = await harness.supervisor()
const police = await harness.department('public-security')
const { topics } = harness.platform.catalogue
const topic = topics.find(({ items }) => items.some(({ department }) => department === 'public-security'))!
const item = topic.items.find(({ department }) => department === 'public-security')!
const someone = { topicId: null, itemId: null, role: 'handler', stage: null, name: '艾力·测试', phone: '13900000001' }

const put = (who: typeof supervisor, contacts: object[], unit: object = {}) => harness.call(who, {
  method: 'PUT', url: '/v1/contacts',
  payload: { requestId: randomUUID(), departmentId: 'public-security', regionCode: '653101', contacts, ...unit },
})
const list = async (who: typeof supervisor, query = '') =>
  (await harness.call(who, { method: 'GET', url: `/v1/contacts?${query}` })).json<ContactPage>()
const send = (payload: Buffer, who = supervisor) => harness.call(who, {
  method: 'POST', url: '/v1/contacts/import', payload, headers: { 'content-type': XLSX },
})
const HEADER = ['序号', '单位\n名称', '“一件事”\n名称', '涉及本单位\n事项名称', '组织领导', '姓名', '联系电话', '备注']
const sheet = (...rows: Cell[][]) =>
  workbook(sheetXml([[' 附件2'], ['“一件事一次办”主题集成服务责任人联系表'], HEADER, ...rows]))

describe('the contact table', () => {
  it('is saved unit by unit, once per request, with nothing readable in the database', async () => {
    const requestId = randomUUID()
    const lines = [
      { ...someone, topicId: topic.id, itemId: item.id, stage: 'review', note: '主办' },
      { ...someone, role: 'leader', name: '古丽·测试', phone: '0998-2820000' },
    ]
    for (let n = 0; n < 2; n += 1) {
      const reply = await put(supervisor, lines, { requestId })
      expect(reply.json<ContactsSaved>()).toEqual({ units: 1, contacts: 2 })
    }
    const { contacts } = await list(police)
    expect(contacts).toMatchObject([
      { unit: '喀什市公安局', topicTitle: topic.title, itemName: item.name, stage: 'review',
        name: '艾力·测试', phone: '13900000001', note: '主办', masked: false, draft: false },
      { topicTitle: null, itemName: null, role: 'leader', phone: '0998-2820000', note: '' },
    ])
    const stored = JSON.stringify(await harness.asOwner('select * from contacts'))
    expect(stored).not.toMatch(/艾力|13900000001|主办/)
    const [entry] = await harness.asOwner(
      `select actor_kind, object from audit where what = '修改责任人联系表'`)
    expect(entry).toEqual({ actor_kind: 'supervisor', object: 'contacts:653101.public-security' })
  })

  it('shows the window whom there is, not their numbers; another unit and county nothing', async () => {
    const { contacts } = await list(await harness.window())
    expect(contacts[0]).toMatchObject({ name: '艾力·**', phone: '139****0001', note: '', masked: true })
    expect((await list(await harness.department('tax'))).contacts).toEqual([])
    expect((await list(await harness.department('public-security', '653125'))).contacts).toEqual([])
    expect((await list(await harness.supervisor('653125'))).contacts).toEqual([])
    expect((await put(await harness.supervisor('653125'), [])).statusCode).toBe(404)
    expect((await put(police, [])).statusCode).toBe(403)
  })

  it('refuses lines nobody could call, items of others, topics that are none; and changes nothing', async () => {
    const other = topics.flatMap(({ items }) => items).find(({ department }) => department === 'tax')!
    const reply = await put(supervisor, [
      { ...someone, phone: '12345' }, { ...someone, itemId: other.id }, { ...someone, topicId: 'none' },
      { ...someone, name: ' ' }, { ...someone, role: 'chief', stage: 'review' },
    ])
    expect(reply.statusCode).toBe(422)
    const { detail } = reply.json<{ detail: { problems: { field: string }[] } }>()
    expect(detail.problems.map(({ field }) => field)).toEqual([
      'contacts.1.phone', 'contacts.2.itemId', 'contacts.3.topicId', 'contacts.4.name', 'contacts.5.stage',
    ])
    expect((await list(police)).contacts).toHaveLength(2)
  })

  it('is read page by page, each line once', async () => {
    await put(supervisor, Array.from({ length: 25 }, () => someone), { departmentId: 'tax' })
    const seen: string[] = []
    for (let after = ''; ;) {
      const page = await list(supervisor, `limit=10${after}`)
      seen.push(...page.contacts.map(({ id }) => id))
      if (!page.next) break
      after = `&after=${page.next}`
    }
    expect([seen.length, new Set(seen).size]).toEqual([27, 27])
  })
})

describe('annex 2 as a workbook', () => {
  it('comes back as it went out', async () => {
    const before = await list(supervisor)
    const { rawPayload, headers } = await harness.call(supervisor, { method: 'GET', url: '/v1/contacts.xlsx' })
    expect(headers['content-type']).toBe(XLSX)
    const [header, first] = await readSheet(rawPayload)
    expect(header?.[2]).toBe('“一件事”名称')
    expect(first?.slice(1, 7)).toEqual(
      ['喀什市公安局', topic.title, item.name, '业务经办人员（审核）', '艾力·测试', '13900000001'])
    expect((await send(rawPayload)).json()).toEqual({ units: 2, contacts: 27 })
    const tidy = ({ contacts }: ContactPage) => contacts.map(({ id: _new, ...rest }) => rest)
    expect(tidy(await list(supervisor))).toEqual(tidy(before))
  })

  it('is read as departments fill it in: title lines, merged cells, several topics in one', async () => {
    const [one, two] = topics.filter(({ items }) => items.some(({ id }) => id === item.id))
    const titles = [one, two].flatMap((each) => (each ? [`${each.title}一件事`] : []))
    const reply = await send(sheet(
      [1, '例:喀什地区公安局', titles.join('\n'), item.name, '分管领导', '司马测试', '139 0000 0002', ''],
      ['', '', '', '', '科室负责人', '欧阳测试', 13900000003, ''],
      ['', '', '', '', '业务经办人员', '诸葛测试', '13900000004', '窗口'],
      ['', '', '', '', '', '', '', ''],
    ))
    expect(reply.json()).toEqual({ units: 1, contacts: 3 * titles.length })
    const { contacts } = await list(supervisor, 'department=public-security&region=653100')
    expect(new Set(contacts.map(({ role }) => role))).toEqual(new Set(['leader', 'chief', 'handler']))
    expect(contacts.every(({ itemId }) => itemId === item.id)).toBe(true)
    expect(contacts.map(({ phone }) => phone)).toContain('13900000002')
  })

  it('tells every wrong line by its number, and takes none of the others', async () => {
    const before = await list(supervisor)
    const reply = await send(sheet(
      [1, '喀什市公安局', '', '', '分管领导', '司马测试', '13900000005', ''],
      [2, '喀什市没有局', '', '', '分管领导', '司马测试', '13900000005', ''],
      [3, '喀什市公安局', '没有这件事', '', '分管领导', '司马测试', '13900000005', ''],
      [4, '喀什市公安局', '', '没有这一项', '分管领导', '司马测试', '13900000005', ''],
      [5, '喀什市公安局', '', '', '首长', '司马测试', '13900000005', ''],
      [6, '喀什市公安局', '', '', '分管领导', '司马测试', '110', ''],
    ))
    expect(reply.statusCode).toBe(422)
    const { detail } = reply.json<{ detail: { problems: { field: string; text: string }[] } }>()
    expect(detail.problems.map(({ field }) => field)).toEqual([5, 6, 7, 8, 9].map((n) => `line.${n}`))
    expect(detail.problems[0]?.text).toContain('第 5 行')
    expect(await list(supervisor)).toEqual(before)
  })

  it('of another county, without its header, or no workbook at all is refused', async () => {
    const row = [1, '喀什市公安局', '', '', '分管领导', '司马测试', '13900000005', '']
    expect((await send(sheet(row), await harness.supervisor('653125'))).statusCode).toBe(422)
    expect((await send(workbook(sheetXml([['姓名'], ['某某']])))).json())
      .toMatchObject({ code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'line.1' }] } })
    expect((await send(Buffer.from('单位名称\n公安局'))).json()).toMatchObject({ code: 'BAD_TABLE' })
    expect((await send(sheet(row), police)).statusCode).toBe(403)
  })
})

describe('the demonstration', () => {
  it('has somebody on each rung of each department, marked as a draft, and keeps what was edited', async () => {
    const edited = (await list(supervisor, 'department=tax')).contacts.length
    await seedDemoContacts(harness.platform)
    const { contacts } = await list(supervisor, 'department=health&limit=1000')
    expect(contacts.map(({ role, draft }) => [role, draft])).toEqual(expect.arrayContaining(
      [['handler', true], ['chief', true], ['leader', true]]))
    expect(contacts.every(({ phone }) => phone.startsWith('139'))).toBe(true)
    expect((await list(supervisor, 'department=tax&region=653101')).contacts).toHaveLength(edited)
  })
})
