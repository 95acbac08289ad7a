import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emWidth, wrap } from '../../core/wrap'

const letters = (text: string) => Array.from(text).length

describe('a text cut into lines', () => {
  it('begins no line with a closing mark and ends none with an opening one', () => {
    expect(wrap('一二三，四五六', letters, 3)).toEqual(['一二', '三，四', '五六'])
    expect(wrap('一二（三四）', letters, 3)).toEqual(['一二', '（三', '四）'])
  })

  it('keeps words and numbers whole where a line can hold them', () => {
    expect(wrap('公告 2025-09 起', letters, 8)).toEqual(['公告', '2025-09', '起'])
    expect(wrap('AAAAAA', letters, 4)).toEqual(['AAAA', 'AA'])
  })

  it('loses nothing but spaces at the ends of lines, and keeps to the width', () => {
    const any = fc.string({ unit: fc.constantFrom(...'一二三，。（）“”ab1 '), maxLength: 60 })
    fc.assert(fc.property(any, fc.integer({ min: 4, max: 20 }), (text, most) => {
      const lines = wrap(text, emWidth, most)
      const bare = (all: string) => all.replace(/\s/g, '')
      expect(bare(lines.join(''))).toBe(bare(text))
      const tooWide = lines.filter((line) => emWidth(line) > most)
      // Only marks that had to stay with their neighbours.
      for (const line of tooWide) expect(line).toMatch(/[，。（）“”]/)
    }))
  })
})
