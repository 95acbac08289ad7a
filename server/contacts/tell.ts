/** Telling the people of annex 2 by SMS, in a lane of their own: codes never queue behind them. */
import { type ContactRole, type ContactStage, contactsFor } from '../../core/escalation'
import type { Tx } from '../db/pool'
import { hint } from '../outbox/store'
import type { Platform } from '../platform'
import { queueSms } from '../session/sms'
import { isMobile } from './lines'
import { contactsOfUnit, openContact } from './store'

export const CONTACTS_LANE = 'sms-contacts'

interface About {
  department_id: string
  region_code: string
  topic_id: string
  item_id: string
  stage: ContactStage
}

export interface Telling {
  about: About
  roles: readonly ContactRole[]
  /** without personal data */
  text: string
  /** of what is told: nobody is told it twice */
  key: string
}

/** The roles of whom somebody is told. A landline gets no SMS; nor does whoever is not listed. */
export async function tellContacts(
  tx: Tx,
  platform: Platform,
  { about, roles, text, key }: Telling,
): Promise<ContactRole[]> {
  const unit = { departmentId: about.department_id, regionCode: about.region_code }
  const all = (await contactsOfUnit(tx, unit)).map((row) => ({
    departmentId: row.department_id, regionCode: row.region_code, topicId: row.topic_id,
    itemId: row.item_id, role: row.role, stage: row.stage, row,
  }))
  const told = new Map<string, ContactRole[]>()
  for (const role of roles) {
    const matter = {
      ...unit, topicId: about.topic_id, itemId: about.item_id, stage: about.stage, role,
    }
    for (const { row } of contactsFor(all, matter)) {
      const { phone } = openContact(platform.keys, row)
      if (isMobile(phone)) told.set(phone, [...told.get(phone) ?? [], role])
    }
  }
  let n = 0
  for (const phone of told.keys()) {
    n += 1
    const sms = { key: `${key}:${n}`, phone, text, lane: CONTACTS_LANE }
    await queueSms(tx, platform, sms)
  }
  if (n > 0) await hint(tx)
  const reached = new Set([...told.values()].flat())
  return roles.filter((role) => reached.has(role))
}
