import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blindIndex,
  type KeyRing,
  openJson,
  openText,
  type Place,
  SealBroken,
  sameSecret,
  sealJson,
  sealText,
  token,
  tokenHash,
} from '../../../server/crypto'

const oldKey = randomBytes(32)
const ring: KeyRing = { current: 2, keys: new Map([[1, oldKey], [2, randomBytes(32)]]) }
const place: Place = { table: 'cases', column: 'form', rowId: 'c1' }

describe('sealed fields (S52)', () => {
  it('open to what was sealed, for every text and value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.jsonValue(), (text, value) => {
        expect(openText(ring, place, sealText(ring, place, text))).toBe(text)
        const json: unknown = JSON.parse(JSON.stringify(value))
        expect(openJson(ring, place, sealJson(ring, place, value))).toEqual(json)
      }),
    )
  })

  it('never open when any one bit was flipped, nor when cut', () => {
    const sealed = sealText(ring, place, '艾力·买买提')
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const altered = Buffer.from(sealed)
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => openText(ring, place, altered)).toThrow(SealBroken)
      }),
      { numRuns: 300 },
    )
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openText(ring, place, sealed.subarray(0, length))).toThrow(SealBroken)
    }
  })

  it.each([
    ['another row', { ...place, rowId: 'c2' }],
    ['another column', { ...place, column: 'answers' }],
    ['another table', { ...place, table: 'drafts' }],
  ])('do not open in %s', (_, elsewhere) => {
    const sealed = sealText(ring, place, 'x')
    expect(() => openText(ring, elsewhere, sealed)).toThrow(SealBroken)
  })

  it('do not open with a wrong key or without the key', () => {
    const sealed = sealText(ring, place, 'x')
    const wrong = { current: 2, keys: new Map([[2, randomBytes(32)]]) }
    const none = { current: 1, keys: new Map([[1, oldKey]]) }
    expect(() => openText(wrong, place, sealed)).toThrow(SealBroken)
    expect(() => openText(none, place, sealed)).toThrow('no key 2')
  })

  it('still open after the current key has moved on (S53)', () => {
    const before = sealText({ ...ring, current: 1 }, place, 'x')
    expect(before.readUInt16BE(1)).toBe(1)
    expect(openText(ring, place, before)).toBe('x')
    expect(sealText(ring, place, 'x').readUInt16BE(1)).toBe(2)
  })

  it('are different each time and say nothing of their content in an error', () => {
    const one = sealText(ring, place, 'secret')
    expect(one.equals(sealText(ring, place, 'secret'))).toBe(false)
    expect(one.includes('secret')).toBe(false)
  })
})

describe('blind index', () => {
  it('is equal for equal values of one purpose and key only', () => {
    const index = blindIndex(oldKey, 'id-number', 'a')
    expect(blindIndex(oldKey, 'id-number', 'a')).toEqual(index)
    expect(blindIndex(oldKey, 'phone', 'a')).not.toEqual(index)
    expect(blindIndex(oldKey, 'id-number', 'b')).not.toEqual(index)
    expect(blindIndex(randomBytes(32), 'id-number', 'a')).not.toEqual(index)
    expect(blindIndex(oldKey, 'id-numbera', '')).not.toEqual(index)
  })
})

describe('tokens (S10)', () => {
  it('have 256 bits, are all different, and are stored as a hash', () => {
    const tokens = Array.from({ length: 1000 }, token)
    expect(new Set(tokens).size).toBe(1000)
    expect(tokens.every((one) => /^[\w-]{43}$/.test(one))).toBe(true)
    expect(tokenHash(tokens[0] ?? '')).toHaveLength(32)
  })

  it('are compared whole', () => {
    expect(sameSecret('abc', Buffer.from('abc'))).toBe(true)
    expect(sameSecret('abc', 'abd')).toBe(false)
    expect(sameSecret('abc', 'abcd')).toBe(false)
  })
})
