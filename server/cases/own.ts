/** 回避: nobody handles a case of their own or of their family (行政机关公务员处分、公务员法 §76). */
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { personIndex } from '../crypto'
import { isStaff } from '../route'
import type { Docket } from './docket'

/**
 * Whoever is the applicant, or stands in the form with their ID number, keeps away from the case.
 * @throws {Refused} OWN_CASE
 */
export async function refuseOwnCase(docket: Docket, by: Actor): Promise<void> {
  if (!isStaff(by)) return
  const { tx, platform, row, topic, content: { form } } = docket
  const member = await tx.selectFrom('staff').select('id_index').where('id', '=', by.id)
    .executeTakeFirst()
  const own = member?.id_index
  if (!own) return
  const applicant = await tx.selectFrom('people').select('id_index')
    .where('id', '=', row.applicant_id).executeTakeFirst()
  const named = Object.entries(form)
    .filter(([key]) => topic.fields.some((field) =>
      field.type === 'idNumber' && key.split('.').at(-1) === field.element))
    .map(([, value]) => personIndex(platform, value))
  const people = applicant?.id_index ? [applicant.id_index, ...named] : named
  if (people.some((index) => index.equals(own))) throw new Refused('OWN_CASE')
}
