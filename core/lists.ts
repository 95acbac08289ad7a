/** A topic with its lists written out, so that everything behind it sees plain fields. */
import type { Check, Suggestion, Topic } from './contract/topic'
import { renamed } from './must'
import { keyParts, rowCount, rowKey } from './rows'
import { type Rule, mapAtoms } from './rule'

type Values = Readonly<Record<string, string>>

const MOST_KEPT = 20
const kept = new WeakMap<Topic, Map<string, Topic>>()

/** The topic with every field, material and check of its lists written out for each row. */
export function rowed(topic: Topic, form: Values): Topic {
  const lists = topic.roles.filter(({ many }) => many)
  if (lists.length === 0) return topic
  const counts = new Map(lists.map((role) => [role.id, rowCount(role, form)]))
  const known = kept.get(topic) ?? new Map<string, Topic>()
  kept.set(topic, known)
  const situation = [...counts].join()
  const there = known.get(situation)
  if (there) return there
  const made = writtenOut(topic, counts)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(situation, made)
  return made
}

function writtenOut(topic: Topic, counts: ReadonlyMap<string, number>): Topic {
  const rows = <T>(key: string, make: (row: number | undefined) => T): T[] => {
    const count = counts.get(keyParts(key).role)
    if (count === undefined) return [make(undefined)]
    return Array.from({ length: count }, (_, n) => make(n + 1))
  }
  const named = <T extends { key: string }>(part: T) =>
    rows(part.key, (row) => (row ? { ...part, key: rowKey(part.key, row), row } : part))
  const used = <T extends { key: string; when: Rule }>(use: T) => rows(use.key, (row) => (row
    ? { ...use, key: rowKey(use.key, row), when: ofRow(use.when, keyParts(use.key).role, row) }
    : use))
  return {
    ...topic,
    fields: byRow(topic.fields.flatMap(named)),
    materials: topic.materials.flatMap(named),
    items: topic.items.map((item) => ({
      ...item,
      fields: item.fields.flatMap(used),
      materials: item.materials.flatMap(used),
    })),
    checks: topic.checks.flatMap((check) =>
      rows(check.field, (row) => (row ? checkOfRow(check, row) : check))),
    suggestions: topic.suggestions?.flatMap((one) =>
      rows(one.field, (row) => (row ? suggestionOfRow(one, row) : [one])).flat()),
  }
}

/** All fields of a row together, rows in order; roles stay where they first appear. */
function byRow<T extends { role: string; row?: number }>(parts: readonly T[]): T[] {
  const roles = [...new Set(parts.map(({ role }) => role))]
  return roles.flatMap((role) => parts.filter((part) => part.role === role)
    .sort((a, b) => (a.row ?? 0) - (b.row ?? 0)))
}

function checkOfRow(check: Check, row: number): Check {
  const { role } = keyParts(check.field)
  const here = (key: string) => (keyParts(key).role === role ? rowKey(key, row) : key)
  return {
    ...check,
    field: rowKey(check.field, row),
    when: ofRow(check.when, role, row),
    must: renamed(check.must, here),
  }
}

/** What comes from elsewhere is one person: the first. */
function suggestionOfRow(one: Suggestion, row: number): Suggestion[] {
  if (row > 1 && one.value === undefined) return []
  const { role } = keyParts(one.field)
  return [{ ...one, field: rowKey(one.field, row), when: ofRow(one.when, role, row) }]
}

/** A condition on the same role's fields is judged row by row. */
function ofRow(rule: Rule, role: string, row: number): Rule {
  const here = (key: string) => (keyParts(key).role === role ? rowKey(key, row) : key)
  return mapAtoms(rule, (atom) => {
    if (!('field' in atom)) return atom
    return 'equals' in atom
      ? { field: here(atom.field), equals: here(atom.equals) }
      : { field: here(atom.field), is: atom.is }
  })
}
