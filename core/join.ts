/** 联办: another topic to go on with, and what was told here that need not be told again there. */
import type { Join, Topic } from './contract/topic'
import { rowKey } from './rows'
import { type Facts, evaluate } from './rule'

type Values = Readonly<Record<string, string>>

/** The topics this case leads on to, by its own answers and form. */
export function joinsOf({ joins }: Topic, facts: Facts): Join[] {
  return joins.filter(({ when }) => evaluate(when, facts) === 'yes')
}

/**
 * What goes along into a form of the other topic, by its own keys. Of a list only the first row
 * goes, and nothing goes to a role of which something is there already: two people's data must not
 * be mixed.
 */
export function carriedOver(
  { as }: Pick<Join, 'as'>,
  from: { topic: Topic; form: Values },
  to: { topic: Topic; form: Values },
): Record<string, string> {
  const isBegun = (role: string) => Object.keys(to.form).some((key) => key.startsWith(`${role}.`))
  return Object.fromEntries(to.topic.fields.flatMap(({ role, element }) => {
    const here = as[role]
    if (here === undefined || isBegun(role)) return []
    const value = from.form[firstKey(from.topic, here, element)]
    return value ? [[firstKey(to.topic, role, element), value]] : []
  }))
}

function firstKey({ roles }: Topic, role: string, element: string): string {
  const list = roles.find(({ id }) => id === role)?.many
  return list ? rowKey(`${role}.${element}`, 1) : `${role}.${element}`
}
