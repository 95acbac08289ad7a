import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerLabels, answersTo, tidyAnswer, toggled } from '../../core/question'
import { evaluate } from '../../core/rule'
import { roundFor } from '../../core/season'

const MANY = {
  id: 'route', ask: '会碰到哪些？', when: { all: [] }, many: true,
  options: [
    { value: 'road', label: '道路' }, { value: 'green', label: '绿地' },
    { value: 'forest', label: '林地' }, { value: 'none', label: '都没有', alone: true },
  ],
}
const taps = fc.array(fc.constantFrom('road', 'green', 'forest', 'none'), { maxLength: 12 })

describe('a question with several answers', () => {
  it('has every set of its options, and the lonely one by itself', () => {
    expect(answersTo(MANY)).toHaveLength(2 ** 3 - 1 + 1)
    expect(new Set(answersTo(MANY)).size).toBe(8)
    for (const answer of answersTo(MANY)) expect(tidyAnswer(MANY, answer)).toBe(answer)
  })

  it('stays a possible answer, or none, however one taps', () => {
    fc.assert(fc.property(taps, (values) => {
      const answer = values.reduce((raw, value) => toggled(MANY, raw, value), '')
      expect(answer === '' || answersTo(MANY).includes(answer)).toBe(true)
    }))
  })

  it('a second tap on the same takes it away', () => {
    fc.assert(fc.property(fc.constantFrom(...answersTo(MANY)), (answer) => {
      const free = ['road', 'green', 'forest'].find((value) => !answer.split(',').includes(value))
      if (!free || answer === 'none') return
      expect(toggled(MANY, toggled(MANY, answer, free), free)).toBe(answer)
    }))
  })

  it('refuses what is no option, and none beside others', () => {
    for (const wrong of ['', 'river', 'road,river', 'road,none', 'road,', undefined]) {
      expect(tidyAnswer(MANY, wrong)).toBeUndefined()
    }
    expect(tidyAnswer(MANY, 'forest,road')).toBe('road,forest')
    expect(answerLabels(MANY, 'road,forest')).toEqual(['道路', '林地'])
  })

  it('meets a rule on any of its choices', () => {
    const verdict = (is: string | string[], answer: string) =>
      evaluate({ q: 'route', is }, { answers: { route: answer }, form: {} })
    expect(verdict('forest', 'road,forest')).toBe('yes')
    expect(verdict(['green', 'none'], 'road,forest')).toBe('no')
    expect(verdict('road', '')).toBe('unknown')
  })
})

describe('a season', () => {
  const season = {
    id: 's', name: '报名', status: 'draft' as const, source: '样例', checkedOn: '2026-01-01',
    rounds: [
      { opens: '06-01', closes: '07-15', results: '08-20' },
      { region: '653101', opens: '11-01', closes: '01-15', results: '01-31' },
    ],
  }

  it('is this year’s until it closes, then next year’s', () => {
    expect(roundFor(season, '653125', '2026-07-15').closes).toBe('2026-07-15')
    expect(roundFor(season, '653125', '2026-07-16').opens).toBe('2027-06-01')
    expect(roundFor(season, null, '2026-01-01').results).toBe('2026-08-20')
  })

  it('may run over the new year', () => {
    expect(roundFor(season, '653101', '2026-12-01'))
      .toEqual({ opens: '2026-11-01', closes: '2027-01-15', results: '2027-01-31' })
    expect(roundFor(season, '653101', '2027-01-10').closes).toBe('2027-01-15')
  })
})
