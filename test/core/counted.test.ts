import { expect, it } from 'vitest'
import { MOST_COUNTED, countText } from '../../core/counted'

it('says a number that was counted to its end, and of more only that it is more', () => {
  expect([0, 12, MOST_COUNTED - 1].map(countText)).toEqual(['0', '12', '499'])
  expect(countText(MOST_COUNTED)).toBe('500+')
})
