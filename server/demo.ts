/** The staff of a demonstration: invented, public, and never in production. */
import { STAFF_ROLES } from '../core/contract/session'
import { DUTY_IDS } from '../core/duty'
import { seedDemoContacts } from './contacts/demo'
import accounts from './demo-accounts.json'
import type { Platform } from './platform'
import { addStaff, type NewStaff } from './session/staff'

/** @throws Error in production */
export async function seedDemo(platform: Platform): Promise<void> {
  if (platform.config.production) throw new Error('No demo accounts in production')
  for (const account of accounts) {
    const role = STAFF_ROLES.find((one) => one === account.role)
    if (!role) throw new Error(`demo account ${account.login} has no known role`)
    const { duties: named, ...rest } = { duties: undefined, ...account }
    const duties = named && DUTY_IDS.filter((one) => named.includes(one))
    const staff: NewStaff = {
      ...rest, role, department: account.department ?? null, ...(duties ? { duties } : {}),
    }
    await addStaff(platform, staff)
  }
  await seedDemoContacts(platform)
}
