import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Supply, toSupply } from '../../core/materials'
import { makePlan } from '../../core/plan'
import { checkMaterials } from '../../core/validate'
import { loadCatalogue } from '../../server/catalogue/load'
import { MAIN, USUAL_FORM } from '../catalogue/newborn-form'

const topic = loadCatalogue(path.resolve('catalogue')).topics.find(({ id }) => id === 'newborn')!
const planOf = (answers: Record<string, string> = MAIN) =>
  makePlan(topic, { answers, form: USUAL_FORM })
const photos = (...ids: string[]): Supply => ({ by: 'photos', ids })
const declared: Supply = { by: 'declaration' }
const RIGHT: Record<string, Supply> = {
  'child.first-issue-registration': declared,
  'mother.id-card': { by: 'certificate', certificateId: 'c1' },
  'father.id-card': photos('p1', 'p2'),
  'mother.household-register': photos('p3', 'p4'),
  'mother.marriage-certificate': photos('p5'),
  'mother.guardian-declaration': declared,
}
const codes = (supplies: Record<string, Supply>) =>
  checkMaterials(planOf(), supplies).map(({ field, code }) => [field, code])

describe('the merged materials', () => {
  it('ask for a document once, with every reason', () => {
    const cards = planOf().materials.filter(({ key }) => key === 'mother.id-card')
    expect(cards).toHaveLength(1)
    expect(cards[0]!.askedBy).toHaveLength(2)
    const late = planOf({ ...MAIN, age: 'over' }).materials
      .find(({ key }) => key === 'child.hospital-birth-record')
    expect(late?.askedBy[0]?.reason).toContain('超过 1 年')
  })

  it('leave out what the plan makes and what is shown on site', () => {
    const keys = toSupply(planOf().materials).map(({ key }) => key)
    expect(keys).not.toContain('child.birth-medical-certificate')
    expect(keys).not.toContain('child.first-dose-record')
  })

  it('do not promise what an undecided item would make', () => {
    const { certificate: _open, ...rest } = MAIN
    const paper = planOf(rest).materials
      .find(({ key }) => key === 'child.birth-medical-certificate')
    expect(paper?.fromItem).toBeUndefined()
  })
})

describe('supplied materials', () => {
  it('are right with photos of every side, a certificate or a declaration', () => {
    expect(codes(RIGHT)).toEqual([])
    expect(codes({ ...RIGHT, 'child.card-photo': photos('p9') })).toEqual([])
  })

  it('are told when missing, incomplete, too many or supplied the wrong way', () => {
    const { 'father.id-card': _gone, ...rest } = RIGHT
    expect(codes(rest)).toEqual([['father.id-card', 'MISSING']])
    expect(codes({ ...RIGHT, 'father.id-card': photos('p1') }))
      .toEqual([['father.id-card', 'MISSING']])
    expect(codes({ ...RIGHT, 'father.id-card': photos('1', '2', '3') }))
      .toEqual([['father.id-card', 'TOO_MANY']])
    expect(codes({ ...RIGHT, 'father.id-card': declared })).toEqual([['father.id-card', 'MISSING']])
    expect(codes({ ...RIGHT, 'child.card-photo': { by: 'certificate', certificateId: 'c' } }))
      .toEqual([['child.card-photo', 'MISSING']])
  })

  it('that nobody asked for are refused', () => {
    expect(codes({ ...RIGHT, 'child.household-page': photos('p') }))
      .toEqual([['child.household-page', 'NOT_ASKED']])
  })

  it('name the missing side', () => {
    const [problem] = checkMaterials(planOf(), { ...RIGHT, 'father.id-card': photos('p1') })
    expect(problem?.text).toBe('《居民身份证》还差“国徽面”。')
  })
})
