import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { makeGuide } from '../../core/guide'
import { sheetOf } from '../../core/guide-sheet'
import { missingLetters } from '../../server/print/fonts'
import { textOf } from './fixtures/pdf-text'
import { startHarness } from './harness'

const { call, platform } = await startHarness()
const { topics } = platform.catalogue
const topic = topics.find(({ id }) => id === 'newborn')!

const get = (url: string, headers = {}) => call(undefined, { method: 'GET', url, headers })

describe('a printed guide', () => {
  it('is a PDF of some pages whose text can be selected', async () => {
    const reply = await get(`/v1/topics/${topic.id}/guide.pdf`)
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(reply.headers['content-disposition'])
      .toBe(`inline; filename="guide.pdf"; filename*=UTF-8''${encodeURIComponent(`${topic.title}办事指南.pdf`)}`)
    const doc = await PDFDocument.load(reply.rawPayload, { updateMetadata: false })
    expect(doc.getTitle()).toBe(`${topic.title}办事指南`)
    const pages = doc.getPages()
    expect(pages.length).toBeGreaterThan(3)
    const text = pages.map(textOf)
    expect(text[0]!.startsWith(`${topic.title}办事指南\n`)).toBe(true)
    text.forEach((one, n) => expect(one).toContain(`第 ${n + 1} 页，共 ${pages.length} 页`))
    expect(text.join('')).not.toContain('?')
    const bare = text.join('').replace(/\s/g, '')
    for (const { name, short } of topic.items) {
      expect(bare).toContain(name)
      expect(bare).toContain(short.replace(/\s/g, ''))
    }
  })

  for (const one of topics) {
    it(`of ${one.title} loses no line where tables go on over a page`, async () => {
      const reply = await get(`/v1/topics/${one.id}/guide.pdf`)
      const doc = await PDFDocument.load(reply.rawPayload, { updateMetadata: false })
      const printed = doc.getPages().map(textOf).join('').replace(/\s/g, '')
      const count = (text: string) => Array.from(text).reduce((counted, letter) =>
        counted.set(letter, (counted.get(letter) ?? 0) + 1), new Map<string, number>())
      const there = count(printed)
      const said: string[] = []
      JSON.stringify(sheetOf(makeGuide(one)), (key, value: unknown) => {
        const isRead = typeof value === 'string' && !['is', 'mark'].includes(key)
        if (isRead) said.push(value)
        return value
      })
      const short = [...count(said.join('').replace(/\s/g, ''))]
        .filter(([letter, times]) => times > (there.get(letter) ?? 0))
      expect(short).toEqual([])
    })
  }

  it('has letters for all it says', async () => {
    for (const one of topics) {
      const text = JSON.stringify(sheetOf(makeGuide(one)))
      expect([one.id, ...await missingLetters(text)]).toEqual([one.id])
    }
  })

  it('follows the answers, and is the same bytes each time', async () => {
    const url = `/v1/topics/${topic.id}/guide.pdf`
    const whole = await get(url)
    const mine = await get(`${url}?answers=${encodeURIComponent('married:no;hukou:father')}`)
    const doc = await PDFDocument.load(mine.rawPayload, { updateMetadata: false })
    expect(doc.getTitle()).toBe(`${topic.title}办事指南（按所选情况）`)
    expect(doc.getPages().map(textOf).join('')).toContain('亲子鉴定意见书')
    expect(mine.headers.etag).not.toBe(whole.headers.etag)
    const again = await get(url, { 'if-none-match': String(whole.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ''])
    // Answers to nothing are no answers.
    expect((await get(`${url}?answers=nothing:at-all`)).headers.etag).toBe(whole.headers.etag)
  })

  it('refuses what it cannot read and what there is not', async () => {
    const refusals = await Promise.all([
      get(`/v1/topics/${topic.id}/guide.pdf?answers=who`),
      get(`/v1/topics/${topic.id}/guide.pdf?a=b`),
      get('/v1/topics/nothing/guide.pdf'),
    ])
    expect(refusals.map((reply) => reply.json<{ code: string }>().code))
      .toEqual(['MALFORMED', 'MALFORMED', 'NOT_FOUND'])
  })
})
