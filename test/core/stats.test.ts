import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Group, told } from '../../core/stats'

const anyGroups = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 20 })
  .map((sizes) => sizes.map((size, n): Group => ({ id: String(n), size })))
const sum = (groups: readonly Group[]) => groups.reduce((all, { size }) => all + size, 0)

describe('公开数据', () => {
  it('tells no group of few, and none that could be found by subtracting', () => {
    fc.assert(fc.property(anyGroups, fc.integer({ min: 1, max: 10 }), (groups, smallest) => {
      const shown = told(groups, smallest)
      expect(shown.every(({ size }) => size >= smallest)).toBe(true)
      const hidden = sum(groups) - sum(shown)
      // Where everything is hidden and small, the whole is not told either: see server/stats.
      expect(hidden === 0 || hidden >= smallest || shown.length === 0).toBe(true)
    }))
  })

  it('tells everything where no group is small', () => {
    const groups = [{ id: 'a', size: 5 }, { id: 'b', size: 9 }]
    expect(told(groups, 5).map(({ id }) => id)).toEqual(['b', 'a'])
  })

  it('leaves out the next smallest with a lone small one', () => {
    const groups = [{ id: 'a', size: 2 }, { id: 'b', size: 7 }, { id: 'c', size: 9 }]
    expect(told(groups, 5).map(({ id }) => id)).toEqual(['c'])
    const two = [{ id: 'a', size: 2 }, { id: 'b', size: 3 }, { id: 'c', size: 9 }]
    expect(told(two, 5).map(({ id }) => id)).toEqual(['c'])
  })
})
