/**
 * The catalogue on disk, checked for shape and linked.
 *
 *   *.yaml ──parse──▶ shape (TypeBox) ──link──▶ Topic, with a hash of its content
 *
 * Whether a topic makes sense is proved by core/prove.ts, before publication, not here.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { type WorkCalendar, readCalendar } from '../../core/clock'
import {
  CalendarFile, ItemSource, type Region, RegionsSource, SeasonsSource, TopicSource,
} from '../../core/contract/catalogue'
import {
  type Department, DepartmentSchema, ElementSchema, MaterialSchema, type Topic,
} from '../../core/contract/topic'
import { IconsSource } from '../../core/contract/home'
import { FindSource } from '../../core/contract/find'
import { HelpRules } from '../../core/contract/ticket'
import { BookingSource } from '../../core/contract/booking'
import { LocalSource } from '../../core/contract/hall'
import { LanguageSource } from '../../core/contract/language'
import { IssuersSource } from '../../core/contract/issuer'
import { RatingSource } from '../../core/contract/rating'
import { languageFaults } from '../../core/language-check'
import { helpFaults } from '../../core/ticket'
import { CatalogueFault, type CatalogueSource, link } from '../../core/topic'
import { issuerFaults } from './issuers'
import { type LocalFile, localFaults } from './local'
import { ratingFaults } from './rating'

/** A catalogue without find.yaml is found by its own words alone. */
const NO_WORDS: FindSource = { lookalikes: [], fillers: [], words: [], life: [] }

/** Results then name their department by our own id. */
const NO_ISSUERS: IssuersSource =
  { status: 'draft', source: '-', checkedOn: '2026-11-23', units: [] }

/** The files as written: what core/prove.ts judges beside the linked topics. */
export interface CatalogueFiles extends CatalogueSource {
  topics: readonly TopicSource[]
  regions: readonly Region[]
  calendar: WorkCalendar
  /** halls and local fields, a file a place */
  local: readonly LocalSource[]
  find: FindSource
  icons: IconsSource
  help: HelpRules
  rating: RatingSource
  booking: BookingSource
  /** 语言帮助 */
  languages: readonly LanguageSource[]
  issuers: IssuersSource
}

export interface LoadedCatalogue {
  topics: readonly Topic[]
  regions: readonly Region[]
  calendar: WorkCalendar
  departments: readonly Department[]
  local: readonly LocalSource[]
  find: FindSource
  icons: IconsSource
  help: HelpRules
  /** 好差评 */
  rating: RatingSource
  /** 预约取号 */
  booking: BookingSource
  /** 语言帮助 */
  languages: readonly LanguageSource[]
  /** 统一社会信用代码 of whoever issues results */
  issuers: IssuersSource
  /** topic id → SHA-256 of its linked content; equal content gives an equal hash */
  hashes: ReadonlyMap<string, string>
  /** what the topics were linked from */
  files: CatalogueFiles
}

/**
 * Every file of a catalogue folder, checked for shape.
 * @throws {CatalogueFault} naming file and place of everything malformed or missing
 */
export function readCatalogue(dir: string): CatalogueFiles {
  const faults: string[] = []
  const read = <T extends TSchema>(schema: T, file: string): Static<T> | undefined => {
    const found = readYaml(schema, path.join(dir, file), file)
    if ('faults' in found) faults.push(...found.faults)
    return 'value' in found ? found.value : undefined
  }
  const readIfThere = <T extends TSchema>(schema: T, file: string, none: Static<T>): Static<T> =>
    existsSync(path.join(dir, file)) ? read(schema, file) ?? none : none
  const readAll = <T extends TSchema>(schema: T, folder: string): Static<T>[] =>
    yamlFiles(path.join(dir, folder)).flatMap((name) => read(schema, `${folder}/${name}`) ?? [])
  const files = {
    elements: readAll(Type.Array(ElementSchema), 'elements').flat(),
    materials: readAll(Type.Array(MaterialSchema), 'materials').flat(),
    departments: read(Type.Array(DepartmentSchema), 'departments.yaml') ?? [],
    items: readAll(ItemSource, 'items'),
    topics: readAll(TopicSource, 'topics'),
    languages: readAll(LanguageSource, 'language'),
    seasons: readIfThere(SeasonsSource, 'seasons.yaml', []),
    find: readIfThere(FindSource, 'find.yaml', NO_WORDS),
    icons: readIfThere(IconsSource, 'icons.yaml', {}),
    issuers: readIfThere(IssuersSource, 'issuers.yaml', NO_ISSUERS),
  }
  const regions = read(RegionsSource, 'regions.yaml')
  const rating = read(RatingSource, 'rating.yaml')
  const booking = read(BookingSource, 'booking.yaml')
  const help = read(HelpRules, 'help.yaml')
  faults.push(...files.languages.flatMap(languageFaults))
  if (rating) faults.push(...ratingFaults(rating))
  faults.push(...Object.keys(files.icons)
    .filter((topic) => !files.topics.some(({ id }) => id === topic))
    .map((topic) => `icons.yaml: no topic "${topic}"`))
  if (help) faults.push(...helpFaults(help).map((fault) => `help.yaml: ${fault}`))
  const calendars = readAll(CalendarFile, 'calendar')
  const [calendar] = calendars
  if (calendars.length !== 1) faults.push(`calendar: one file expected, found ${calendars.length}`)
  const places = yamlFiles(path.join(dir, 'local')).flatMap((name): LocalFile[] => {
    const file = `local/${name}`
    const source = read(LocalSource, file)
    return source ? [{ file, source }] : []
  })
  if (regions) faults.push(...localFaults(places, { ...regions, items: files.items }))
  if (regions) faults.push(...issuerFaults(files.issuers, { ...files, ...regions }))
  if (faults.length > 0 || !regions || !calendar || !help || !rating || !booking) {
    throw new CatalogueFault(faults)
  }
  const local = places.map(({ source }) => source)
  return {
    ...files, regions: regions.regions, calendar: readCalendar(calendar), local, help, rating,
    booking,
  }
}

/**
 * A catalogue folder, every topic linked.
 * @throws {CatalogueFault} naming everything malformed, missing or unbound, over all files
 */
export function loadCatalogue(dir: string): LoadedCatalogue {
  const files = readCatalogue(dir)
  const topics = linkAll(files)
  return {
    topics,
    regions: files.regions,
    calendar: files.calendar,
    departments: files.departments,
    local: files.local,
    find: files.find,
    icons: files.icons,
    help: files.help,
    rating: files.rating,
    booking: files.booking,
    languages: files.languages,
    issuers: files.issuers,
    hashes: new Map(topics.map((topic) => [topic.id, contentHash(topic)])),
    files,
  }
}

/** @throws {CatalogueFault} with the faults of all topics together */
export function linkAll(files: CatalogueFiles): Topic[] {
  const faults: string[] = []
  const topics = files.topics.flatMap((source) => {
    try {
      return link(source, files)
    } catch (error) {
      if (!(error instanceof CatalogueFault)) throw error
      faults.push(...error.faults)
      return []
    }
  })
  if (faults.length > 0) throw new CatalogueFault(faults)
  return topics.sort((a, b) => a.number - b.number)
}

/** The same content gives the same hash, whatever order its keys were written in. */
export function contentHash(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content, sortKeys)).digest('hex')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort()
}

function readYaml<T extends TSchema>(
  schema: T,
  file: string,
  shown: string,
): { value: Static<T> } | { faults: string[] } {
  if (!existsSync(file)) return { faults: [`${shown}: the file is missing`] }
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return { faults: [`${shown}: not YAML: ${String(error)}`] }
  }
  if (Value.Check(schema, value)) return { value }
  return {
    faults: [...Value.Errors(schema, value)].map((error) =>
      `${shown}${error.path || '/'}: ${error.message}`),
  }
}
