/**
 * What each county states of its own: halls, and of an item its address, phone, hours and window.
 * The shape refuses everything else (三级十二同); here the rest is told: unknown names, double ones,
 * hours nobody can keep.
 */
import type { ItemSource, Region as RegionRow } from '../../core/contract/catalogue'
import type { HallHours, LocalSource } from '../../core/contract/hall'
import type { Region } from '../../core/contract/home'
import { hoursFaults } from '../../core/hours'
import { repeated } from '../../core/lint'

/** A file of catalogue/local. */
export interface LocalFile {
  /** with .yaml, below the catalogue's folder */
  file: string
  source: LocalSource
}

interface Known {
  regions: readonly RegionRow[]
  items: readonly Pick<ItemSource, 'id'>[]
}

const placeId = ({ zone, region }: LocalSource) => zone?.id ?? region

/** Everything wrong in the files together, each with its file and place. */
export function localFaults(files: readonly LocalFile[], known: Known): string[] {
  const faults = files.flatMap(({ file, source }) =>
    faultsOf(source, known).concat(nameFaults(file, source)).map((fault) => `${file}${fault}`))
  const hallIds = files.flatMap(({ source }) => source.halls.map(({ id }) => id))
  return [...faults, ...repeated(hallIds).map((id) => `local: two halls have the id ${id}`)]
}

function nameFaults(file: string, source: LocalSource): string[] {
  const wanted = `local/${placeId(source)}.yaml`
  return file === wanted ? [] : [`/region: this place belongs into ${wanted}`]
}

function faultsOf(source: LocalSource, { regions, items }: Known): string[] {
  const faults: string[] = []
  const { region, zone, halls, status } = source
  const locals = Object.entries(source.items)
  if (!regions.some(({ code }) => code === region)) faults.push(`/region: no region ${region}`)
  if (zone && regions.some(({ name }) => name === zone.name)) {
    faults.push(`/zone/name: ${zone.name} is a region with a code`)
  }
  const samples = [...halls, ...locals.map(([, fields]) => fields)].some(({ sample }) => sample)
  if (status === 'confirmed' && samples) faults.push('/status: sample data cannot be confirmed')
  halls.forEach(({ hours, windows }, n) => {
    faults.push(...inPlace(hours, `/halls/${n}/hours`))
    repeated(windows.map(({ no }) => no))
      .forEach((no) => faults.push(`/halls/${n}/windows: two windows have the number ${no}`))
  })
  const numbers = new Set(halls.flatMap(({ windows }) => windows.map(({ no }) => no)))
  for (const [id, { address, window, hours }] of locals) {
    if (!items.some((item) => item.id === id)) faults.push(`/items/${id}: no item ${id}`)
    if (hours) faults.push(...inPlace(hours, `/items/${id}/hours`))
    if (window !== undefined && address === undefined && !numbers.has(window)) {
      faults.push(`/items/${id}/window: no hall here has a window ${window}`)
    }
  }
  return faults
}

function inPlace(hours: HallHours, place: string): string[] {
  return hoursFaults(hours).map((fault) => `${place}: ${fault}`)
}

/** The places one can act in: every region with what is known of it, then the zones. */
export function placesOf(
  regions: readonly RegionRow[],
  local: readonly LocalSource[],
): Region[] {
  const zones = local.flatMap(({ region, zone, halls, items }) =>
    (zone ? [{ code: region, zone: zone.id, name: zone.name, nameUg: null, halls, items }] : []))
  const coded = regions.map(({ code, name, uyghur }) => {
    const own = local.find(({ region, zone }) => region === code && !zone)
    return {
      code, zone: null, name, nameUg: uyghur ?? null,
      halls: own?.halls ?? [], items: own?.items ?? {},
    }
  })
  return [...coded, ...zones]
}
