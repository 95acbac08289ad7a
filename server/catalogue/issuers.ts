/** What the shape of catalogue/issuers.yaml cannot tell. */
import type { Region } from '../../core/contract/catalogue'
import type { IssuersSource } from '../../core/contract/issuer'
import type { Department } from '../../core/contract/topic'
import { repeated } from '../../core/lint'
import { judge } from '../../core/values'

interface Known {
  regions: readonly Region[]
  departments: readonly Department[]
}

export function issuerFaults({ status, units }: IssuersSource, known: Known): string[] {
  const faults = units.flatMap(({ region, department, creditCode, sample }, n) => [
    ...(known.regions.some(({ code }) => code === region) ? [] : [`/${n}: no region ${region}`]),
    ...(known.departments.some(({ id }) => id === department)
      ? [] : [`/${n}: no department ${department}`]),
    ...(judge({ type: 'creditCode' }, creditCode)
      ? [`/${n}: ${creditCode} is no credit code`] : []),
    ...(sample && status === 'confirmed' ? [`/${n}: sample data cannot be confirmed`] : []),
  ])
  const named = units.map(({ region, department }) => `${region} ${department}`)
  const codes = units.map(({ creditCode }) => creditCode)
  return [
    ...faults, ...repeated(named).map((unit) => `: ${unit} is there twice`),
    ...repeated(codes).map((code) => `: two units have ${code}`),
  ].map((fault) => `issuers.yaml/units${fault}`)
}
