import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CONTACT_ROLE_IDS, CONTACT_STAGE_IDS, type ContactScope, LEVELS, type Matter, SIGNAL_ACTIONS, SIGNAL_ALLOWED,
  SIGNAL_STATES, type SignalState, actOnSignal, contactsFor, rankOf, signalActions, stageOf, toldOf,
} from '../../core/escalation'

const REGIONS = ['653100', '653101', '653125', '650100']
const either = <T>(...values: T[]) => fc.constantFrom(...values)
const anyScope: fc.Arbitrary<ContactScope> = fc.record({
  departmentId: either('a', 'b'), regionCode: either(...REGIONS), topicId: either(null, 't1', 't2'),
  itemId: either(null, 'i1', 'i2'), role: either(...CONTACT_ROLE_IDS), stage: either(null, ...CONTACT_STAGE_IDS),
})
const anyMatter: fc.Arbitrary<Matter> = fc.record({
  departmentId: either('a', 'b'), regionCode: either('653101', '653125'), topicId: either('t1', 't2'),
  itemId: either('i1', 'i2'), role: either(...CONTACT_ROLE_IDS), stage: either(...CONTACT_STAGE_IDS),
})
const own = (matter: Matter, change: Partial<ContactScope> = {}): ContactScope =>
  ({ ...matter, topicId: null, itemId: null, stage: null, ...change })

describe('the contact table', () => {
  it('names only who answers for the matter, and somebody whenever anybody does', () => {
    fc.assert(fc.property(fc.array(anyScope, { maxLength: 20 }), anyMatter, (contacts, matter) => {
      const found = contactsFor(contacts, matter)
      const may = contacts.filter((one) =>
        one.departmentId === matter.departmentId && one.role === matter.role &&
        ['653100', matter.regionCode].includes(one.regionCode) &&
        [null, matter.topicId].includes(one.topicId) && [null, matter.itemId].includes(one.itemId) &&
        [null, matter.stage].includes(one.stage))
      expect(may).toEqual(expect.arrayContaining(found))
      expect(found.length > 0).toBe(may.length > 0)
    }))
  })

  it('does not depend on the order of its lines, nor on lines of other matters', () => {
    fc.assert(fc.property(fc.array(anyScope, { maxLength: 20 }), anyMatter, (contacts, matter) => {
      const set = (found: ContactScope[]) => new Set(found)
      expect(set(contactsFor([...contacts].reverse(), matter))).toEqual(set(contactsFor(contacts, matter)))
      const others = contacts.filter(({ departmentId }) => departmentId === matter.departmentId)
      expect(contactsFor(others, matter)).toEqual(contactsFor(contacts, matter))
    }))
  })

  it('prefers item over topic over unit, a stage over all, the county over the prefecture', () => {
    fc.assert(fc.property(anyMatter, (matter) => {
      const { topicId, itemId, stage } = matter
      const ladder = [
        own(matter, { regionCode: '653100' }), own(matter, { regionCode: '653100', topicId, itemId, stage }),
        own(matter), own(matter, { stage }), own(matter, { topicId }), own(matter, { topicId, stage }),
        own(matter, { itemId }), own(matter, { topicId, itemId }), own(matter, { topicId, itemId, stage }),
      ]
      ladder.forEach((one, n) => expect(contactsFor(ladder.slice(0, n + 1), matter)).toEqual([one]))
    }))
  })

  it('has several people answer together', () => {
    fc.assert(fc.property(anyMatter, fc.integer({ min: 1, max: 5 }), (matter, count) => {
      expect(contactsFor(Array.from({ length: count }, () => own(matter)), matter)).toHaveLength(count)
    }))
  })
})

describe('the ladder', () => {
  it('tells the handler of 预警, the chief too of 黄牌, the leader too of 红牌', () => {
    expect(LEVELS.map(toldOf)).toEqual([
      ['handler'], ['handler', 'chief'], ['handler', 'chief', 'leader'],
    ])
    expect((['none', ...LEVELS] as const).map(rankOf)).toEqual([0, 1, 2, 3])
    expect((['dispatched', 'received', 'reviewed'] as const).map(stageOf)).toEqual(['receive', 'review', 'approve'])
  })
})

describe('a signal', () => {
  it('moves only as the table says, for whom it says, and never out of its end', () => {
    const roles = ['supervisor', 'department', 'system'] as const
    fc.assert(fc.property(
      fc.array(fc.tuple(either(...SIGNAL_ACTIONS), either(...roles)), { maxLength: 30 }), (steps) => {
        let state: SignalState = 'open'
        for (const [action, by] of steps) {
          const move = SIGNAL_ALLOWED[state][action]
          expect(signalActions(state, by).includes(action)).toBe(move?.by === by)
          if (move?.by === by) state = actOnSignal(state, action, by)
          else expect(() => actOnSignal(state, action, by)).toThrow('ACTION_NOT_ALLOWED')
        }
        expect(SIGNAL_STATES).toContain(state)
      }))
    expect(roles.flatMap((by) => signalActions('closed', by))).toEqual([])
    expect(signalActions('open', 'supervisor')).toEqual(['order', 'close'])
    expect(signalActions('open', 'department')).toEqual(['explain'])
  })
})
