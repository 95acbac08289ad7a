/** The staff of a demonstration: invented, public, and never in production. */
import { seedDemoContacts } from './contacts/demo'
import accounts from './demo-accounts.json'
import type { Platform } from './platform'
import { addStaff, type NewStaff } from './session/staff'

const ROLES = ['window', 'department', 'supervisor'] as const

/** @throws Error in production */
export async function seedDemo(platform: Platform): Promise<void> {
  if (platform.config.production) throw new Error('No demo accounts in production')
  for (const account of accounts) {
    const role = ROLES.find((one) => one === account.role)
    if (!role) throw new Error(`demo account ${account.login} has no known role`)
    const staff: NewStaff = { ...account, role, department: account.department ?? null }
    await addStaff(platform, staff)
  }
  await seedDemoContacts(platform)
}
