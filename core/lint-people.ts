/** Lists and signers: what a rule may say of one of many people, and who can be asked to sign. */
import type { Topic } from './contract/topic'
import { fieldsOf } from './must'
import { type Rule, atoms } from './rule'

/** Faults in the lists, the signers and the alternatives of a topic. */
export function lintPeople(topic: Topic): string[] {
  return [...listFaults(topic), ...signerFaults(topic), ...alternativeFaults(topic)]
}

const roleOf = (key: string) => key.split('.')[0] ?? ''

/** A rule on a field of a list is about one row: only that row's own parts can depend on it. */
function listFaults(topic: Topic): string[] {
  const lists = new Set(topic.roles.flatMap(({ id, many }) => (many ? [id] : [])))
  const strange = (where: string, rule: Rule, own?: string) => rolesIn(rule)
    .filter((role) => lists.has(role) && role !== own)
    .map((role) => `${where}: depends on one row of the list "${role}"`)
  return [
    ...topic.roles.filter(({ many }) => many && many.min > many.max)
      .map(({ id }) => `role ${id}: its limits are the wrong way round`),
    ...topic.items.flatMap((item) => [
      ...strange(`item ${item.id}`, item.when),
      ...[...item.fields, ...item.materials].flatMap(({ key, when }) =>
        strange(`${item.id}: ${key}`, when, roleOf(key))),
      ...item.onsite.flatMap(({ id, when }) => strange(`${item.id}: step ${id}`, when)),
      ...[...item.result.gives, item.result.material ?? ''].filter((key) => lists.has(roleOf(key)))
        .map((key) => `item ${item.id}: gives ${key}, of a list`),
    ]),
    ...topic.checks.flatMap(({ field, when, must }) => [
      ...strange(`check on ${field}`, when, roleOf(field)),
      ...('sumOf' in must ? [] : fieldsOf(must).map(roleOf))
        .filter((role) => lists.has(role) && role !== roleOf(field))
        .map((role) => `check on ${field}: refers to one row of the list "${role}"`),
    ]),
    ...(topic.suggestions ?? []).flatMap(({ field, when }) =>
      strange(`suggestion of ${field}`, when, roleOf(field))),
    ...[...topic.notices, ...topic.deadlines, ...topic.stops].flatMap(({ id, when }) =>
      strange(id, when)),
  ]
}

function rolesIn(rule: Rule): string[] {
  return atoms(rule).flatMap((atom) => {
    if (!('field' in atom)) return []
    return 'equals' in atom ? [atom.field, atom.equals].map(roleOf) : [roleOf(atom.field)]
  })
}

/** An invitation to sign needs a name, an ID number to match and a phone to reach. */
function signerFaults({ roles, fields }: Topic): string[] {
  return roles.filter(({ signs }) => signs).flatMap(({ id }) =>
    ['name', 'idNumber', 'phone']
      .filter((element) => !fields.some(({ key }) => key === `${id}.${element}`))
      .map((element) => `role ${id}: signs, but has no ${element}`))
}

function alternativeFaults({ alternatives, items }: Topic): string[] {
  return alternatives
    .filter(({ id }) => !items.some(({ alternative }) => alternative === id))
    .map(({ id }) => `alternative ${id}: no item belongs to it`)
}
