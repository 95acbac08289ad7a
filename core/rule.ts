/**
 * Conditions as data, three-valued. A catalogue author writes them in YAML; the phone, the server
 * and the checker evaluate the same tree.
 */
export type Verdict = 'yes' | 'no' | 'unknown'

/** The smallest thing a rule can ask: an answer, a form value, two form values, or a named fact. */
export type Atom =
  | { q: string; is: string | string[] }
  | { field: string; is: string | string[] }
  | { field: string; equals: string }
  | { fact: string }

export type Rule = Atom | { all: Rule[] } | { any: Rule[] } | { not: Rule }

/** What the citizen has told us so far. Answers by question id, form values by `role.element`. */
export interface Facts {
  answers: Readonly<Record<string, string>>
  form: Readonly<Record<string, string>>
}

export const ALWAYS: Rule = { all: [] }

const OPPOSITE = { yes: 'no', no: 'yes', unknown: 'unknown' } as const

/**
 * The verdict of a rule over what is known.
 * Three-valued (Kleene): a question not yet answered is "unknown", never "no", so a settled verdict
 * survives every further answer.
 * @throws {Error} on a `fact` atom: facts belong to items and are replaced when a topic binds them
 */
export function evaluate(rule: Rule, facts: Facts): Verdict {
  if ('all' in rule) return fold(rule.all, facts, { settledBy: 'no', otherwise: 'yes' })
  if ('any' in rule) return fold(rule.any, facts, { settledBy: 'yes', otherwise: 'no' })
  if ('not' in rule) return OPPOSITE[evaluate(rule.not, facts)]
  if ('fact' in rule) throw new Error(`unbound fact "${rule.fact}"`)
  if ('q' in rule) return among(facts.answers[rule.q], rule.is)
  if ('equals' in rule) return same(facts.form[rule.field], facts.form[rule.equals])
  return among(facts.form[rule.field], rule.is)
}

function fold(
  rules: readonly Rule[],
  facts: Facts,
  { settledBy, otherwise }: { settledBy: Verdict; otherwise: Verdict },
): Verdict {
  let verdict = otherwise
  for (const rule of rules) {
    const one = evaluate(rule, facts)
    if (one === settledBy) return settledBy
    if (one === 'unknown') verdict = 'unknown'
  }
  return verdict
}

/** A question with several choices holds its values joined by commas: one of them is enough. */
function among(value: string | undefined, options: string | string[]): Verdict {
  if (isBlank(value)) return 'unknown'
  const wanted = typeof options === 'string' ? [options] : options
  return value.split(',').some((one) => wanted.includes(one)) ? 'yes' : 'no'
}

function same(left: string | undefined, right: string | undefined): Verdict {
  if (isBlank(left) || isBlank(right)) return 'unknown'
  return left === right ? 'yes' : 'no'
}

/** A cleared field is as unanswered as one never touched. */
function isBlank(value: string | undefined): value is undefined | '' {
  return value === undefined || value === ''
}

/** Every atom of a rule, left to right. */
export function atoms(rule: Rule): Atom[] {
  if ('all' in rule) return rule.all.flatMap(atoms)
  if ('any' in rule) return rule.any.flatMap(atoms)
  if ('not' in rule) return atoms(rule.not)
  return [rule]
}

/** The same rule with every atom replaced; how a topic binds an item's facts and roles. */
export function mapAtoms(rule: Rule, replace: (atom: Atom) => Rule): Rule {
  if ('all' in rule) return { all: rule.all.map((part) => mapAtoms(part, replace)) }
  if ('any' in rule) return { any: rule.any.map((part) => mapAtoms(part, replace)) }
  if ('not' in rule) return { not: mapAtoms(rule.not, replace) }
  return replace(rule)
}

/** 'yes' or 'no' for a rule that no answer can change; 'unknown' for all others. */
export function constant(rule: Rule): Verdict {
  if ('not' in rule) return OPPOSITE[constant(rule.not)]
  if (!('all' in rule) && !('any' in rule)) return 'unknown'
  const isAll = 'all' in rule
  const parts = (isAll ? rule.all : rule.any).map(constant)
  const settledBy = isAll ? 'no' : 'yes'
  if (parts.includes(settledBy)) return settledBy
  return parts.includes('unknown') ? 'unknown' : OPPOSITE[settledBy]
}

/** Both rules at once, without nesting what is always true. */
export function both(left: Rule, right: Rule): Rule {
  const parts = [left, right].flatMap((rule) => ('all' in rule ? rule.all : [rule]))
  return parts.length === 1 ? parts[0]! : { all: parts }
}
