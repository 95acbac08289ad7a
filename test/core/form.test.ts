import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { inputsAPage, pageAt, pagesOf, prefill, relationOf, suggest } from '../../core/form'
import { lintTopic } from '../../core/lint'
import { makePlan } from '../../core/plan'
import { linkAll, readCatalogue } from '../../server/catalogue/load'
import { MAIN, RIGHT_FORM, USUAL_FORM } from '../catalogue/newborn-form'

const files = readCatalogue(path.resolve('catalogue'))
const topics = linkAll(files)
const topic = topics.find(({ id }) => id === 'newborn')!
const planOf = (form: Record<string, string> = USUAL_FORM, answers = MAIN) =>
  makePlan(topic, { answers, form })

describe('the merged form', () => {
  it('asks a datum once, whoever needs it, and says who', () => {
    const name = planOf().form.filter(({ key }) => key === 'child.name')
    expect(name).toHaveLength(1)
    expect(name[0]!.askedBy).toHaveLength(6)
  })

  it('does not ask for what an item of the plan makes', () => {
    const keys = planOf().form.map(({ key }) => key)
    expect(keys).not.toContain('child.idNumber')
    expect(keys).not.toContain('child.birthCertificateNumber')
  })

  it('keeps a field uncertain until the value that decides it is filled in', () => {
    const id = (form: Record<string, string>) =>
      planOf(form).form.find(({ key }) => key === 'mother.idNumber')?.certain
    expect(id({})).toBe(false)
    expect(id({ 'mother.idType': '111' })).toBe(true)
    expect(id({ 'mother.idType': '414' })).toBeUndefined()
  })

  it('is cut into pages of one role each, evenly', () => {
    const pages = pagesOf(topic, planOf().form)
    expect(pages.map(({ title, fields }) => [title, fields.length])).toEqual([
      ['孩子信息（1/3）', 4], ['孩子信息（2/3）', 4], ['孩子信息（3/3）', 3],
      ['母亲信息（1/2）', 5], ['母亲信息（2/2）', 4], ['父亲信息（1/2）', 5], ['父亲信息（2/2）', 4],
    ])
    expect(pagesOf(topic, [])).toEqual([])
  })

  it('is cut into one input a page in elder mode, in the same order', () => {
    const form = planOf().form
    const pages = pagesOf(topic, form, inputsAPage(true))
    expect(pages.every(({ fields }) => fields.length === 1)).toBe(true)
    expect(pages.map(({ id }) => id))
      .toEqual(pagesOf(topic, form).flatMap(({ fields }) => fields.map(({ key }) => key)))
    expect(pages[0]?.title).toBe('孩子信息（1/11）')
  })

  it('is gone on with at the same place, also after elder mode was turned on or off', () => {
    const form = planOf().form
    const [few, one] = [pagesOf(topic, form), pagesOf(topic, form, 1)]
    expect(pageAt(one, 'mother.phone')?.id).toBe('mother.phone')
    expect(pageAt(few, 'mother.phone')?.fields.some(({ key }) => key === 'mother.phone')).toBe(true)
    expect(pageAt(few, 'mother-2')?.id).toBe('mother-2')
    expect(pageAt(one, 'mother-2')?.id).toBe('mother.name')
    expect(pageAt(few, 'gone')?.id).toBe(few[0]?.id)
    expect(pageAt([], 'gone')).toBeUndefined()
  })
})

describe('prefill', () => {
  const facts = { answers: MAIN, form: {} }
  it('takes each person from what the share knows of the right one', () => {
    const values = prefill(topic, planOf().form, {
      me: { name: '甲', phone: '13900000001' }, spouse: { name: '乙' }, child: { sex: '1' },
    }, facts)
    expect(values).toEqual({
      'mother.name': '甲', 'mother.phone': '13900000001', 'father.name': '乙', 'child.sex': '1',
    })
  })

  it('gives nobody\'s data to an unmarried other parent', () => {
    const answers = { ...MAIN, married: 'no' }
    expect(relationOf(topic, 'father', { answers, form: {} })).toBe('other')
    expect(prefill(topic, planOf({}, answers).form, { me: { name: '甲' }, spouse: { name: '乙' } },
      { answers, form: {} })).toEqual({ 'mother.name': '甲' })
  })

  it('offers only what the form asks', () => {
    const values = prefill(topic, planOf().form, { me: { shoeSize: '39' } }, facts)
    expect(values).toEqual({})
    expect(Object.keys(RIGHT_FORM).sort())
      .toEqual(planOf().form.map(({ key }) => key).sort())
  })
})

describe('suggestions', () => {
  const region = '653121'
  const likely = (answers: Record<string, string>, form: Record<string, string>) =>
    suggest(topic, planOf(form, { ...MAIN, ...answers }).form, {
      facts: { answers: { ...MAIN, ...answers }, form }, region,
    })

  it('take the parents’ people where both are of one, and the county acted in', () => {
    expect(likely({ peoples: 'same' }, { 'mother.ethnicity': '05' }))
      .toEqual({ 'child.ethnicity': '05', 'child.insuranceRegion': region })
  })

  it('say nothing where the parents must choose, or nothing is known yet', () => {
    expect(likely({ peoples: 'different' }, { 'mother.ethnicity': '05' }))
      .not.toHaveProperty('child.ethnicity')
    expect(likely({ peoples: 'same' }, {})).not.toHaveProperty('child.ethnicity')
    expect(likely({ insure: 'elsewhere' }, {})).not.toHaveProperty('child.insuranceRegion')
  })

  it('are only of fields that hold the same kind of thing', () => {
    const [first] = topic.suggestions!
    const faults = (change: object) => lintTopic({ ...topic, suggestions: [{ ...first!, ...change }] })
    expect(faults({})).toEqual([])
    expect(faults({ from: 'mother.name' }).join()).toContain('another kind')
    expect(faults({ field: 'child.none' }).join()).toContain('no field')
  })

  it('come from one place that fits the field, and not from beside it', () => {
    const [first] = topic.suggestions!
    const faults = (change: object) => lintTopic({ ...topic, suggestions: [{ ...first!, ...change }] }).join()
    expect(faults({ value: '05' })).toContain('one source')
    expect(faults({ from: undefined })).toContain('one source')
    expect(faults({ from: undefined, value: '05' })).toBe('')
    expect(faults({ from: undefined, value: '99' })).toContain('no value of it')
    expect(faults({ field: 'mother.idType', from: 'mother.ethnicity' })).toContain('same role')
  })
})

describe('suggestions for a list', () => {
  const firm = topics.find(({ id }) => id === 'company-opening')!
  const answers = { kind: 'company', who: 'me', owners: 'persons', supervisor: 'no', others: 'none',
    address: 'home', staff: 'no', special: 'none' }
  const founder = { 'representative.name': '样例·甲', 'representative.idNumber': '1', 'representative.phone': '2' }
  const likely = (form: Record<string, string>) => suggest(
    firm, makePlan(firm, { answers, form }).form,
    { facts: { answers, form }, region: null, me: { homeAddress: '样例路 1 号' } },
  )
  const of = (start: string, values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key.startsWith(start)))

  it('put one person in the first row alone, a usual choice in every row somebody stands in', () => {
    const values = likely({ ...founder, 'shareholder.2.name': '样例·乙', 'shareholder.3.name': '' })
    expect(of('shareholder.1', values)).toEqual({
      'shareholder.1.name': '样例·甲', 'shareholder.1.idNumber': '1', 'shareholder.1.phone': '2',
      'shareholder.1.contributionKind': 'money', 'shareholder.1.contributionYears': '5',
    })
    expect(of('shareholder.2', values)).toEqual({
      'shareholder.2.contributionKind': 'money', 'shareholder.2.contributionYears': '5',
    })
    expect(of('shareholder.3', values)).toEqual({})
  })

  it('do not give one person the number of another', () => {
    const values = likely({ ...founder, 'shareholder.1.name': '样例·丙' })
    expect(values).not.toHaveProperty(['shareholder.1.idNumber'])
    expect(values).not.toHaveProperty(['shareholder.1.phone'])
  })

  it('take what is known of whoever fills in, though no field asks it of them', () => {
    expect(likely(founder)['company.companyAddress']).toBe('样例路 1 号')
    expect(() => linkAll({
      ...files, topics: files.topics.map((one) => ({ ...one, suggestions: one.suggestions?.map(
        (each) => (each.mine ? { ...each, mine: 'bornOn' } : each)) })),
    })).toThrow(/bornOn.*another kind/)
  })

  it('never are a fact the founders must state', () => {
    const told = Object.keys(likely(founder)).map((key) => key.split('.').at(-1))
    for (const stated of ['registeredCapital', 'capitalShare', 'businessScope', 'companyName']) {
      expect(told).not.toContain(stated)
    }
  })
})
