import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseNumber, isCaseNumber } from '../../core/number'

const number = fc.record({
  regionCode: fc.integer({ min: 653100, max: 653131 }).map(String),
  topicNumber: fc.integer({ min: 1, max: 99 }),
  day: fc.constantFrom('2026-11-23', '2027-01-01', '2028-02-29'),
  sequence: fc.nat(10_000_000),
}).map(caseNumber)
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

describe('a case number', () => {
  it('says region, topic, day and sequence', () => {
    const parts = { regionCode: '653125', topicNumber: 6, day: '2026-11-23', sequence: 300_042 }
    expect(caseNumber(parts).slice(0, -1)).toBe('YJS653125062026112300042')
    expect(() => caseNumber({ ...parts, regionCode: '65' })).toThrow(RangeError)
    expect(() => caseNumber({ ...parts, topicNumber: 100 })).toThrow(RangeError)
  })

  it('is refused with any one character wrong', () => {
    fc.assert(fc.property(number, fc.nat(23), fc.constantFrom(...CHARACTERS), (good, at, other) => {
      fc.pre(good.charAt(at) !== other)
      expect(isCaseNumber(good)).toBe(true)
      expect(isCaseNumber(good.slice(0, at) + other + good.slice(at + 1))).toBe(false)
    }))
  })

  it('is refused with two neighbours swapped', () => {
    fc.assert(fc.property(number, fc.nat(22), (good, at) => {
      const [one, two] = [good.charAt(at), good.charAt(at + 1)]
      fc.pre(one !== two)
      expect(isCaseNumber(good.slice(0, at) + two + one + good.slice(at + 2))).toBe(false)
    }), { numRuns: 1000 })
  })
})
