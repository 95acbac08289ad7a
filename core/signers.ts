/** 签署人: who must sign with their own account beside the person filling in. */
import type { Topic } from './contract/topic'
import { type PlannedField, labelOf, relationOf } from './form'
import { rowKey } from './rows'
import { type Facts, evaluate } from './rule'

export interface Signer {
  /** `shareholder`, or `shareholder.2` of a list */
  id: string
  role: string
  row: number | undefined
  label: string
  /** form keys of who they are and where the invitation goes */
  name: string
  idNumber: string
  phone: string
}

/**
 * The signers of a plan. Who fills in signs on submission and is not among them; a role of which
 * nothing is asked has nobody to sign. Someone named twice, by ID number, signs once.
 */
export function signersOf(topic: Topic, form: readonly PlannedField[], facts: Facts): Signer[] {
  const idOf = ({ idNumber }: Pick<Signer, 'idNumber'>) => facts.form[idNumber] ?? ''
  const signed = new Set(topic.roles
    .filter(({ id }) => relationOf(topic, id, facts) === 'me')
    .map(({ id, many }) => idOf({ idNumber: many ? `${id}.1.idNumber` : `${id}.idNumber` })))
  return candidates(topic, form, facts).filter((signer) => {
    const id = idOf(signer)
    if (id !== '' && signed.has(id)) return false
    signed.add(id)
    return true
  })
}

function candidates(topic: Topic, form: readonly PlannedField[], facts: Facts): Signer[] {
  return topic.roles.flatMap(({ id: role, label, signs }) => {
    if (!signs || evaluate(signs, facts) !== 'yes') return []
    const rows = [...new Set(form.flatMap((field) => (field.role === role ? [field.row] : [])))]
    return rows
      .filter((row) => relationOf(topic, role, facts, row) !== 'me')
      .map((row): Signer => {
        const key = (element: string) =>
          row === undefined ? `${role}.${element}` : rowKey(`${role}.${element}`, row)
        return {
          id: row === undefined ? role : `${role}.${row}`,
          role, row, label: labelOf(label, row),
          name: key('name'), idNumber: key('idNumber'), phone: key('phone'),
        }
      })
  })
}
