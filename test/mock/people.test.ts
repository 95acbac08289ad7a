import { readFileSync, readdirSync } from 'node:fs'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SharedCertificate } from '../../core/contract/session'
import type { ValueSpec } from '../../core/values'
import { judge } from '../../core/values'
import { demoPeople } from '../../mock/people'
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
        for (const { people: { child }, issuedOn } of certificates) {
          if (!child) continue
          const days = (Date.parse(today) - Date.parse(child.bornOn!)) / 86_400_000
          expect(days).toBeGreaterThanOrEqual(8)
          expect(days).toBeLessThanOrEqual(14)
          expect(child.bornAt).toMatch(new RegExp(`^${child.bornOn} \\d\\d:\\d\\d$`))
          expect(issuedOn <= today).toBe(true)
        }
      }
    }
  })
})

describe('the demo staff', () => {
  it('is a window for each region, a handler for each department, a supervisor', () => {
    const { regions } = list<{ regions: { code: string }[] }>('regions.yaml')
    const departments = list<{ id: string }[]>('departments.yaml')
    const of = (wanted: string) => accounts.filter(({ role }) => role === wanted)
    expect(of('window').map(({ region }) => region)).toEqual(regions.map(({ code }) => code))
    expect(of('department').map(({ department }) => department))
      .toEqual(departments.map(({ id }) => id))
    expect(of('supervisor')).toHaveLength(1)
    expect(new Set(accounts.map(({ login }) => login)).size).toBe(accounts.length)
    expect(new Set(accounts.map(({ totpSecret }) => totpSecret)).size).toBe(accounts.length)
    for (const { totpSecret } of accounts) expect(totpSecret).toMatch(/^[A-Z2-7]{32}$/)
  })
})
