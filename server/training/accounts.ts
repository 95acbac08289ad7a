/** The invented staff with password and code: in a training room everybody may be any of them. */
import { generateSync } from 'otplib'
import type { TrainingAccounts } from '../../core/contract/training'
import demo from '../demo-accounts.json'
import type { Platform } from '../platform'
import { TOTP_STEP_S } from '../session/staff'

/** In the order of demo-accounts.json, without those a security administrator has shut or reset. */
export async function trainingAccounts({ db: { db }, now }: Platform): Promise<TrainingAccounts> {
  const rows = await db.selectFrom('staff').select(['login', 'name', 'role', 'totp_last'])
    .where('disabled_at', 'is', null).where('password_once_until', 'is', null).execute()
  const step = Math.floor(now().getTime() / 1000 / TOTP_STEP_S)
  return {
    accounts: demo.flatMap(({ login, password, totpSecret: secret }) => {
      const row = rows.find((one) => one.login === login)
      if (!row) return []
      // A code counts once: after a colleague's sign-in the next one, which is good early.
      const next = Math.min(Math.max(step, Number(row.totp_last) + 1), step + 1)
      const totp = generateSync({ secret, epoch: next * TOTP_STEP_S })
      return [{ login, name: row.name, role: row.role, password, totp }]
    }),
  }
}
