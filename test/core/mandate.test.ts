/** 委托: who may do what, and that it ends by its day alone. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../core/clock'
import {
  ACTS, CODE_ALPHABET, CODE_LENGTH, type Term, actsCover, codeOf, coversTopic, guardedUntil, latestEnd,
  mandateState, needsGuardianConsent, readMandateCode, showMandateCode, termProblem, yearsAfter,
} from '../../core/mandate'

const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('1990-01-01', n))
const anyTopics = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
const anyAct = fc.constantFrom(...ACTS)
const anyCode = fc.array(fc.nat({ max: CODE_ALPHABET.length - 1 }), {
  minLength: CODE_LENGTH, maxLength: CODE_LENGTH,
}).map(codeOf)
const noon = (day: string) => `${day}T12:00:00+08:00`
const anyTerm = fc.record({
  startsOn: anyDay, days: fc.nat({ max: 400 }), agreed: fc.boolean(), revoked: fc.boolean(),
  codeUntil: fc.option(anyDay.map(noon)),
}).map(({ days, ...term }): Term => ({ ...term, endsOn: addDays(term.startsOn, days) }))
const stateOn = (term: Term, today: string) => mandateState(term, { now: noon(today), today })

describe('who may do what', () => {
  it('whoever may do more may do all that is less, and nobody more than was said', () => {
    fc.assert(fc.property(anyAct, anyAct, (have, need) => {
      expect(actsCover(have, need)).toBe(ACTS.indexOf(need) <= ACTS.indexOf(have))
    }))
    expect(actsCover('read', 'fill')).toBe(false)
    expect(actsCover('fill', 'file')).toBe(false)
  })

  it('a mandate for some topics covers them and nothing else, not even what has no topic', () => {
    fc.assert(fc.property(anyTopics, fc.constantFrom('a', 'b', 'c', 'd'), (topics, topic) => {
      expect(coversTopic({ topics }, topic)).toBe(topics.includes(topic))
      expect(coversTopic({ topics }, undefined)).toBe(false)
      expect(coversTopic({ topics: null }, topic)).toBe(true)
    }))
    expect(coversTopic({ topics: null }, undefined)).toBe(true)
  })
})

describe('ended is ended', () => {
  it('is live only between its days, agreed by both and not revoked', () => {
    fc.assert(fc.property(anyTerm, anyDay, (term, today) => {
      const { agreed, revoked, startsOn, endsOn } = term
      expect(stateOn(term, today) === 'live')
        .toBe(agreed && !revoked && startsOn <= today && today <= endsOn)
    }))
  })

  it('never comes back: what is over on a day is over on every later one', () => {
    fc.assert(fc.property(anyTerm, anyDay, fc.nat({ max: 800 }), (term, today, more) => {
      const over = ['ended', 'revoked', 'lapsed']
      if (over.includes(stateOn(term, today))) {
        expect(over).toContain(stateOn(term, addDays(today, more)))
      }
    }))
  })

  it('ends by one side alone, whatever else is true of it', () => {
    fc.assert(fc.property(anyTerm, anyDay, (term, today) => {
      expect(stateOn({ ...term, revoked: true }, today)).toBe('revoked')
    }))
  })

  it('holds on its last day and not on the next', () => {
    const term = {
      startsOn: '2026-11-23', endsOn: '2026-11-30', agreed: true, revoked: false, codeUntil: null,
    }
    expect(stateOn(term, '2026-11-30')).toBe('live')
    expect(stateOn(term, '2026-12-01')).toBe('ended')
  })

  it('a code opens nothing once its hour is past', () => {
    const term = {
      startsOn: '2026-11-23', endsOn: '2026-11-30', agreed: false, revoked: false,
      codeUntil: '2026-11-24T10:00:00+08:00',
    }
    const at = (now: string) => mandateState(term, { now, today: now.slice(0, 10) })
    expect(at('2026-11-24T09:59:59+08:00')).toBe('offered')
    expect(at('2026-11-24T10:00:00+08:00')).toBe('lapsed')
  })
})

describe('terms', () => {
  it('of a guardian end the day before the eighteenth birthday', () => {
    fc.assert(fc.property(anyDay, (bornOn) => {
      expect(addDays(guardedUntil(bornOn), 1)).toBe(yearsAfter(bornOn, 18))
    }))
    expect(guardedUntil('2018-05-06')).toBe('2036-05-05')
    // Nobody is 18 before a day that is there: born on the 29th, on the 1st of March.
    expect(guardedUntil('2008-02-29')).toBe('2026-02-28')
  })

  it('the guardian’s own consent is wanted until the day the child is fourteen', () => {
    expect(needsGuardianConsent('2012-11-24', '2026-11-23')).toBe(true)
    expect(needsGuardianConsent('2012-11-23', '2026-11-23')).toBe(false)
  })

  it('of a code: from today on, and at most a year', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -400, max: 800 }), (today, days) => {
      const [endsOn, latest] = [addDays(today, days), latestEnd(today)]
      const fine = days >= 0 && endsOn < yearsAfter(today, 1)
      expect(termProblem(endsOn, { today, latest }) === undefined).toBe(fine)
    }))
  })
})

describe('a code', () => {
  it('is read as it is shown, typed small, in wide letters or with blanks', () => {
    const wide = (text: string) => text.replace(/[!-~]/g, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    fc.assert(fc.property(anyCode, (code) => {
      const shown = showMandateCode(code)
      for (const typed of [code, shown, shown.toLowerCase(), shown.replaceAll('-', ' '), wide(shown)]) {
        expect(readMandateCode(typed)).toBe(code)
      }
    }))
  })

  it('is nothing else: too short, too long, or with a letter that could be another', () => {
    fc.assert(fc.property(anyCode, (code) => {
      expect(readMandateCode(code.slice(1))).toBeUndefined()
      expect(readMandateCode(`${code}A`)).toBeUndefined()
      for (const alike of '01OI') expect(readMandateCode(alike + code.slice(1))).toBeUndefined()
    }))
    expect(() => codeOf([CODE_ALPHABET.length])).toThrow(RangeError)
  })
})
