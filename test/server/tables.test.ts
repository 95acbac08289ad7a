import { describe, expect, it } from 'vitest'
import { sheetXml, workbook } from './workbook'
import { startHarness } from './harness'

const harness = await startHarness()
const who = await harness.citizen()

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** 姓名,手机号 / 阿依努尔·样例,13900000001 as Chinese Excel saves it. */
const GBK = Buffer.from('d0d5c3fb2ccad6bbfabac50d0ab0a2d2c0c5acb6fba1a4d1f9c0fd2c31333930303030303030310d0a', 'hex')
const READ = { header: ['姓名', '手机号'], rows: [['阿依努尔·样例', '13900000001']] }
const LINES = [['姓名', '手机号'], ['阿依努尔·样例', '13900000001']]

const post = (payload: Buffer | string, type = 'text/csv', as: typeof who | undefined = who) =>
  harness.call(as, { method: 'POST', url: '/v1/tables', payload, headers: { 'content-type': type } })
const read = async (...given: Parameters<typeof post>) => {
  const reply = await post(...given)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ header: string[]; rows: string[][] }>()
}
const refusal = async (...given: Parameters<typeof post>) =>
  (await post(...given)).json<{ code: string }>().code

describe('a list as a file', () => {
  it('is read from CSV of every writing Excel knows', async () => {
    const csv = LINES.map((cells) => cells.join(',')).join('\r\n')
    for (const payload of [
      csv, `\uFEFF${csv}\r\n`, GBK, Buffer.from(`\uFEFF${csv}`, 'utf16le'),
      csv.replaceAll(',', ';'), csv.replaceAll(',', '\t'),
      Buffer.from(`\uFEFF${csv.replaceAll(',', '\t')}`, 'utf16le'),
    ]) expect(await read(payload)).toEqual(READ)
    expect(await read(csv, 'application/octet-stream')).toEqual(READ)
  })

  it('keeps quoted commas and line ends, and blank lines so that line numbers stay true', async () => {
    expect(await read('姓名,住址\n\n"样例, 一号","第一行\n第二行"\n,\n\n')).toEqual({
      header: ['姓名', '住址'], rows: [[], ['样例, 一号', '第一行\n第二行']],
    })
  })

  it('is read from XLSX: days as days, numbers as written, gaps as blanks', async () => {
    const rows = [
      ['姓名', '日期', '月工资'], [], ['阿依努尔·样例', new Date('2026-01-05T00:00:00Z'), 4200.5],
    ]
    for (const type of [XLSX, 'application/octet-stream']) {
      expect(await read(workbook(sheetXml(rows)), type)).toEqual({
        header: ['姓名', '日期', '月工资'], rows: [[], ['阿依努尔·样例', '2026-01-05', '4200.5']],
      })
    }
  })

  it('is refused plainly when it is no list', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500)])
    const oldExcel = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(500)])
    const cut = workbook(sheetXml(LINES)).subarray(0, 300)
    const noWorkbook = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)])
    for (const payload of [png, oldExcel, cut, noWorkbook, '', ' \n , \n', Buffer.from([0xff])]) {
      expect(await refusal(payload, 'application/octet-stream')).toBe('BAD_TABLE')
    }
    expect(await refusal('%PDF-1.7 \u0001', 'text/csv')).toBe('BAD_TABLE')
    expect(await refusal('{}', 'application/json')).toBe('MALFORMED')
  })

  it('has at most 100 rows and one megabyte', async () => {
    const rows = (n: number) => `姓名\n${'样例\n'.repeat(n)}`
    expect((await read(rows(100))).rows).toHaveLength(100)
    expect(await refusal(rows(101))).toBe('TABLE_TOO_LONG')
    const reply = await post(Buffer.alloc(1024 * 1024 + 1, 0x61))
    expect([reply.statusCode, reply.json().code]).toEqual([413, 'TABLE_TOO_LARGE'])
  })

  it('cannot be a bomb: neither unpacked size nor far cells cost the server its memory', async () => {
    const large = workbook(sheetXml([['a'.repeat(64 * 1024 * 1024)]]))
    expect(large.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().rss
    expect(await refusal(large, XLSX)).toBe('BAD_TABLE')
    const far = sheetXml([['姓名']]).replace('</sheetData>',
      '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>样</t></is></c></row></sheetData>')
    expect(['BAD_TABLE', 'TABLE_TOO_LONG']).toContain(await refusal(workbook(far), XLSX))
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
  })

  it('is for who is signed in', async () => {
    expect((await harness.call(undefined, {
      method: 'POST', url: '/v1/tables', payload: '姓名', headers: { 'content-type': 'text/csv' },
    })).statusCode).toBe(401)
  })
})
