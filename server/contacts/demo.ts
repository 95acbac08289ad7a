/** The contacts of a demonstration: invented people and numbers, marked as a draft. */
import { CONTACT_ROLE_IDS, type ContactRole } from '../../core/escalation'
import type { Platform } from '../platform'
import { type Line, type Unit, contactsOfUnit, replaceUnit } from './store'

const SURNAMES = ['演示甲', '演示乙', '演示丙']
const WORDS: Record<ContactRole, string> = { handler: '经办', chief: '科长', leader: '领导' }

/**
 * One person on each rung of every department in the prefecture; a unit that has a list keeps it.
 * @throws Error in production
 */
export async function seedDemoContacts(platform: Platform): Promise<void> {
  if (platform.config.production) throw new Error('No demo contacts in production')
  const { departments, regions } = platform.catalogue
  const prefecture = regions.find(({ code }) => code.endsWith('00'))
  if (!prefecture) return
  for (const [n, { id: departmentId }] of departments.entries()) {
    const unit: Unit = { departmentId, regionCode: prefecture.code }
    const lines = CONTACT_ROLE_IDS.map((role, k) => demoLine(role, n * 10 + k))
    await platform.db.inTx(async (tx) => {
      if ((await contactsOfUnit(tx, unit)).length > 0) return
      await replaceUnit(tx, platform, { ...unit, lines, draft: true, savedBy: null })
    })
  }
}

function demoLine(role: ContactRole, n: number): Line {
  return {
    topicId: null, itemId: null, role, stage: null, note: '演示',
    name: `${SURNAMES[n % 10] ?? '演示'}${WORDS[role]}`,
    phone: `1390000${String(1000 + n)}`,
  }
}
