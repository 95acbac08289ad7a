/** 签发单位代码, 证照类型代码, 延期: what the law of an item and its unit's code may say. */
import { describe, expect, it } from 'vitest'
import { lawFaults } from '../../core/lint-law'
import { issuerFaults } from '../../server/catalogue/issuers'
import { loadCatalogue } from '../../server/catalogue/load'

const catalogue = loadCatalogue('catalogue')
const { issuers, regions, departments } = catalogue
const [unit] = issuers.units
const faultsWith = (...units: object[]) => issuerFaults(
  { ...issuers, units: units.map((own) => ({ ...unit!, ...own })) }, { regions, departments }).join()

describe('issuers.yaml', () => {
  it('holds, and says of itself what is made up', () => {
    expect(issuerFaults(issuers, { regions, departments })).toEqual([])
    expect(issuers.units.every(({ sample }) => sample)).toBe(issuers.status === 'draft')
  })

  it.each([
    ['no region', { region: '110101' }],
    ['no department', { department: 'ministry' }],
    ['is no credit code', { creditCode: '11653101000000001M' }],
  ])('is told: %s', (fault, own) => {
    expect(faultsWith(own)).toContain(fault)
  })

  it('names a unit once, a code once, and is not confirmed while it is made up', () => {
    expect(faultsWith({}, {})).toMatch(/is there twice.*two units have/)
    expect(issuerFaults({ ...issuers, status: 'confirmed' }, { regions, departments }).join())
      .toContain('sample data cannot be confirmed')
  })
})

describe('an item', () => {
  const items = catalogue.topics.flatMap((topic) => topic.items)
  const item = items.find(({ extension }) => extension)!

  it('is extendable only by a law that counts working days, within ten of them', () => {
    expect(item.extension?.days).toBeLessThanOrEqual(10)
    expect(lawFaults(item)).toEqual([])
    expect(lawFaults({ ...item, statutory: undefined }).join()).toContain('by working days')
    const days = { days: 30, unit: 'day' } as const
    expect(lawFaults({ ...item, statutory: days, promised: days }).join()).toContain('by working days')
    expect(lawFaults({ ...item, extension: { days: 5, law: ' ', article: '第一条' } }).join())
      .toContain('by no law')
  })

  it('that names a type code says whether it is made up', () => {
    const codes = items.flatMap(({ result }) => result.typeCode ?? [])
    expect(codes.length).toBeGreaterThan(0)
    for (const { code, sample } of codes) expect(sample, code).toBe(code.startsWith('SAMPLE'))
  })
})
