import { readFileSync, readdirSync } from 'node:fs'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SharedCertificate } from '../../core/contract/session'
import type { ValueSpec } from '../../core/values'
import { judge } from '../../core/values'
import { type KnownPeople, prefill, relationOf } from '../../core/form'
import { makePlan, usualFacts } from '../../core/plan'
import { demoPeople } from '../../mock/people'
import type { DemoPerson } from '../../mock/people/person'
import { linkAll, readCatalogue } from '../../server/catalogue/load'
import accounts from '../../server/demo-accounts.json'

const list = <T>(file: string) => parse(readFileSync(`catalogue/${file}`, 'utf8')) as T // own data
const elements = readdirSync('catalogue/elements')
  .flatMap((file) => list<(ValueSpec & { id: string })[]>(`elements/${file}`))
const people = demoPeople('2026-11-23')

describe('the demo people', () => {
  it('are invented: sequence 000, a right check digit, all different', () => {
    for (const { idNumber } of people) {
      expect(idNumber.slice(14, 17)).toBe('000')
      expect(judge({ type: 'idNumber' }, idNumber)).toBeUndefined()
    }
    expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(people.length)
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length)
  })

  it('have data the form accepts as it is: the codes are those of the catalogue', () => {
    const values = people.flatMap(({ identity, certificates }) => [
      identity, ...certificates.flatMap((one) => Object.values(one.people)),
    ].flatMap((data) => Object.entries(data)))
    // Of a certificate about oneself; the form asks householderRelation about the baby only.
    const asked = values.filter(([element]) => element !== 'householderRelation')
    for (const [element, value] of asked) {
      const spec = elements.find(({ id }) => id === element)
      if (spec) expect(judge(spec, value), `${element} ${value}`).toBeUndefined()
    }
    const known = new Set(asked.map(([element]) => element))
    for (const element of ['name', 'sex', 'ethnicity', 'idType', 'nationality', 'bornAt',
      'gestationWeeks', 'weightGrams', 'lengthCm', 'hukouAddress', 'birthCertificateNumber']) {
      expect(known).toContain(element)
    }
  })

  it('hold certificates of the shape the exchange promises', () => {
    for (const one of people.flatMap(({ certificates }) => certificates)) {
      expect([...Value.Errors(SharedCertificate, one)]).toEqual([])
    }
  })

  it('have babies about ten days old, whatever the day, as an issued certificate says too', () => {
    for (const today of ['2026-11-23', '2028-03-05', '2027-01-03']) {
      for (const { certificates } of demoPeople(today)) {
        for (const { people: { child }, type, issuedOn } of certificates) {
          if (!child || !/birth/.test(type)) continue
          const days = (Date.parse(today) - Date.parse(child.bornOn!)) / 86_400_000
          expect(days).toBeGreaterThanOrEqual(8)
          expect(days).toBeLessThanOrEqual(14)
          expect(child.bornAt).toMatch(new RegExp(`^${child.bornOn} \\d\\d:\\d\\d$`))
          expect(issuedOn <= today).toBe(true)
        }
      }
    }
  })

  it('have a child of six and one of nine, whatever the day', () => {
    for (const today of ['2026-11-23', '2027-01-03', '2028-02-29']) {
      const ages = demoPeople(today).filter(({ shows }) => shows.startsWith('入学'))
        .map(({ certificates }) => ageOn(today, known(certificates).child?.bornOn ?? ''))
      expect(ages).toEqual([6, 9])
    }
  })

  it('have certificates of different names, in which a draft finds its own again', () => {
    for (const { certificates } of people) {
      expect(new Set(certificates.map(({ id }) => id)).size).toBe(certificates.length)
    }
  })
})

/** Elements that an office holds of somebody; the others are wishes, plans and private accounts. */
const TOLD = new Set([
  'name', 'sex', 'ethnicity', 'idType', 'idNumber', 'bornOn', 'nationality', 'hukouAddress',
  'homeAddress', 'phone', 'bornAt', 'birthPlace', 'gestationWeeks', 'weightGrams', 'lengthCm',
  'companyName', 'creditCode', 'companyAddress', 'maritalStatus', 'presentSchool', 'studentCode',
  'collegeName', 'degreeLevel', 'diplomaNumber', 'graduatedOn', 'disabilityKind', 'leftOn',
])
const LEAST_SHARE = 0.6

/** Whoever is meant to show a topic, and the answers of theirs that are not the usual ones. */
const SHOWN: [phone: string, topic: string, answers?: Record<string, string>][] = [
  ['13900000001', 'newborn'],
  ['13900000007', 'school-entry'],
  ['13900000008', 'school-entry', { kind: 'transfer' }],
  ['13900000009', 'company-opening'],
  ['13900000012', 'company-closing'],
  ['13900000012', 'restaurant-opening'],
  ['13900000012', 'staff-hiring'],
  ['13900000012', 'company-property'],
  ['13900000012', 'power-supply'],
  ['13900000012', 'land-revenue'],
  ['13900000013', 'bereavement', { hukou: 'town' }],
  ['13900000016', 'retirement'],
  ['13900000017', 'graduate-settling'],
  ['13900000018', 'disability-support'],
  ['13900000019', 'veteran-return'],
  ['13900000020', 'home-sale'],
  ['13900000020', 'housing-loan'],
  ['13900000022', 'home-sale', { who: 'seller' }],
  ['13900000024', 'marriage'],
  ['13900000026', 'flexible-work'],
]

describe('what data share knows of them', () => {
  const topics = linkAll(readCatalogue('catalogue'))

  it.each(SHOWN)('%s in %s fills at least 60 %% of what offices hold', (phone, id, answers = {}) => {
    const topic = topics.find((one) => one.id === id)!
    const { certificates, identity } = people.find((one) => one.phone === phone)!
    const facts = usualFacts(topic, { answers, form: {} })
    const { form } = makePlan(topic, facts)
    const askable = form.filter(({ element, role, row }) =>
      TOLD.has(element) && relationOf(topic, role, facts, row) !== 'other')
    const all = known(certificates)
    const filled = prefill(topic, askable, { ...all, me: { ...all.me, ...identity } }, facts)
    const missing = askable.filter(({ key }) => !filled[key]).map(({ key }) => key)
    expect(askable.length).toBeGreaterThan(0)
    expect(1 - missing.length / askable.length, missing.join()).toBeGreaterThanOrEqual(LEAST_SHARE)
  })

  it('shows every topic of the catalogue', () => {
    expect(new Set(SHOWN.map(([, id]) => id))).toEqual(new Set(topics.map(({ id }) => id)))
  })
})

function known(certificates: DemoPerson['certificates']): KnownPeople {
  const all: Record<string, Record<string, string>> = {}
  for (const { people: told } of certificates) {
    for (const [relation, data] of Object.entries(told)) all[relation] = { ...data, ...all[relation] }
  }
  return all
}

function ageOn(today: string, bornOn: string): number {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return today.slice(5) < bornOn.slice(5) ? years - 1 : years
}

describe('the demo staff', () => {
  it('is a window for each region, a handler for each department, a supervisor', () => {
    const { regions } = list<{ regions: { code: string }[] }>('regions.yaml')
    const departments = list<{ id: string }[]>('departments.yaml')
    const of = (wanted: string) => accounts.filter(({ role }) => role === wanted)
    expect(of('window').map(({ region }) => region)).toEqual(regions.map(({ code }) => code))
    const handlers = of('department').filter(({ login }) => login.startsWith('handler-'))
    expect(handlers.map(({ department }) => department))
      .toEqual(departments.map(({ id }) => id))
    expect(of('supervisor')).toHaveLength(1)
    expect(new Set(accounts.map(({ login }) => login)).size).toBe(accounts.length)
    expect(new Set(accounts.map(({ totpSecret }) => totpSecret)).size).toBe(accounts.length)
    for (const { totpSecret } of accounts) expect(totpSecret).toMatch(/^[A-Z2-7]{32}$/)
  })
})
