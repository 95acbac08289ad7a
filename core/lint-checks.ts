/** Whether the checks and deadlines of a topic compare what can be compared. */
import type { Suggestion, Topic } from './contract/topic'
import { fieldsOf, referencesOf } from './must'
import { judge } from './values'

type Check = Topic['checks'][number]

/** Faults in the checks between fields and in the deadlines. */
export function lintChecks(topic: Topic): string[] {
  const types = new Map(topic.fields.map(({ key, type }) => [key, type]))
  return [
    ...topic.checks.flatMap((check) =>
      checkFaults(topic, check, types).map((fault) => `check on ${check.field}: ${fault}`)),
    ...(topic.suggestions ?? []).flatMap((one) => suggestionFaults(topic, one)),
    ...topic.deadlines.flatMap((deadline) => deadlineFaults(topic, deadline, types)),
  ]
}

type Types = ReadonlyMap<string, string>

const isDate = (types: Types, name: string) =>
  name === 'today' || ['date', 'datetime'].includes(types.get(name) ?? '')

function suggestionFaults(topic: Topic, { field, from, mine, value }: Suggestion): string[] {
  const typeOf = (name: string) => topic.fields.find(({ key }) => key === name)?.type
  const target = topic.fields.find(({ key }) => key === field)
  if (!target) return [`suggestion: no field "${field}"`]
  const at = `suggestion of ${field}:`
  if ([from, mine, value].filter((source) => source !== undefined).length !== 1) {
    return [`${at} needs one source`]
  }
  if (value !== undefined) return judge(target, value) ? [`${at} "${value}" is no value of it`] : []
  if (from === undefined) return []
  if (isList(topic, from)) return [`${at} "${from}" is one of a list`]
  // it would follow letter by letter what is typed above it
  if (from.split('.')[0] === target.role) return [`${at} "${from}" is of the same role`]
  const given = from === 'region' ? 'region' : typeOf(from)
  return given === target.type ? [] : [`${at} "${from}" is of another kind`]
}

function checkFaults(topic: Topic, { field, must }: Check, types: Types): string[] {
  const missing = [field, ...fieldsOf(must)].filter((key) => !types.has(key))
  if (missing.length > 0) return missing.map((key) => `no field "${key}"`)
  if ('differFrom' in must) return []
  if ('unique' in must) return isList(topic, field) ? [] : ['unique, but no list']
  if ('matchIdNumber' in must) {
    return types.get(must.matchIdNumber) === 'idNumber' ? [] : ['matches what is no ID number']
  }
  if ('atMost' in must || 'sumOf' in must) {
    const other = 'atMost' in must ? must.atMost : must.sumOf
    if ('sumOf' in must && !isList(topic, other)) return [`"${other}" is no list`]
    return [field, other].every((key) => types.get(key) === 'number')
      ? [] : ['compares what is no number']
  }
  if ('aged' in must) return agedFaults(must.aged, field, types)
  return [field, ...referencesOf(must)].every((name) => isDate(types, name))
    ? [] : ['compares what is no date']
}

function agedFaults(
  { on, least, below, staged }: Extract<Check['must'], { aged: unknown }>['aged'],
  field: string,
  types: Types,
): string[] {
  const isBirth = isDate(types, field) || types.get(field) === 'idNumber'
  return [
    ...(isBirth ? [] : ['the age of what is no birth date']),
    ...(isDate(types, on) || /^\d\d-\d\d$/.test(on) ? [] : [`"${on}" is no day`]),
    ...(least === undefined && below === undefined ? ['an age without a limit'] : []),
    ...(staged && (least === undefined || staged.most < least) ? ['stages without a least'] : []),
  ]
}

function isList({ roles }: Topic, key: string): boolean {
  return roles.some(({ id, many }) => many !== undefined && id === key.split('.')[0])
}

function deadlineFaults(topic: Topic, deadline: Topic['deadlines'][number], types: Types) {
  const { id, from, items, within } = deadline
  return [
    ...(isDate(types, from) && from !== 'today' && !isList(topic, from)
      ? [] : [`deadline ${id}: "${from}" is no date field`]),
    ...(within.n > 0 ? [] : [`deadline ${id}: no time`]),
    ...(items.length > 0 ? [] : [`deadline ${id}: for no item`]),
    ...items.filter((item) => !topic.items.some((one) => one.id === item))
      .map((item) => `deadline ${id}: no item "${item}"`),
  ]
}
