/** 回避: nobody handles a case of their own or of their family (行政机关公务员处分、公务员法 §76). */
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { personIndex } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { isStaff } from '../route'
import type { Docket } from './docket'

/**
 * Whoever is the applicant, or stands in the form with their ID number, keeps away from the case.
 * @throws {Refused} OWN_CASE
 */
export async function refuseOwnCase(docket: Docket, by: Actor): Promise<void> {
  if (!isStaff(by)) return
  const { tx, platform, row, topic, content: { form } } = docket
  await refuseOwn(tx, platform, { staffId: by.id, applicantId: row.applicant_id, topic, form })
}

interface Handling {
  staffId: string
  applicantId: string
  topic: Topic
  form: Readonly<Record<string, string>>
}

/** The same where there is no case yet. @throws {Refused} OWN_CASE */
export async function refuseOwn(
  db: Db,
  platform: Platform,
  { staffId, applicantId, topic, form }: Handling,
): Promise<void> {
  const member = await db.selectFrom('staff').select('id_index').where('id', '=', staffId)
    .executeTakeFirst()
  const own = member?.id_index
  if (!own) return
  const applicant = await db.selectFrom('people').select('id_index')
    .where('id', '=', applicantId).executeTakeFirst()
  const named = Object.entries(form)
    .filter(([key]) => topic.fields.some((field) =>
      field.type === 'idNumber' && key.split('.').at(-1) === field.element))
    .map(([, value]) => personIndex(platform, value))
  const people = applicant?.id_index ? [applicant.id_index, ...named] : named
  if (people.some((index) => index.equals(own))) throw new Refused('OWN_CASE')
}
