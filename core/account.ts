/**
 * 账号: what an account of each role needs, and which ones the security administrator may make. The
 * three administrators watch one another, so none of their accounts is in the hand of one of them:
 * those are made where the platform is run.
 */
import type { StaffRole } from './contract/session'
import type { Duty } from './duty'

export const MANAGED_ROLES = ['window', 'department', 'supervisor', 'editor', 'publisher'] as const
export type ManagedRole = (typeof MANAGED_ROLES)[number]

export const ROLE_WORDS: Record<StaffRole, string> = {
  window: '综合窗口', department: '部门经办', supervisor: '效能监督', editor: '目录编辑',
  publisher: '目录发布', 'system-admin': '系统管理员', 'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
}

/** The duties one can have in a role; empty: it has none to divide. */
export const ROLE_DUTIES: Record<ManagedRole, readonly Duty[]> = {
  window: ['accept', 'examine', 'dispatch', 'urge', 'hand-over'],
  department: ['handle', 'approve'],
  supervisor: [], editor: [], publisher: [],
}

export const isManaged = (role: StaffRole): role is ManagedRole =>
  MANAGED_ROLES.some((one) => one === role)

export const needsDepartment = (role: StaffRole): boolean =>
  role === 'department' || role === 'editor'

/** What an account is to be; duties null: all of the role. */
export interface AccountFacts {
  role: ManagedRole
  department: string | null
  region: string
  duties: readonly Duty[] | null
}

export interface AccountFault {
  field: 'department' | 'region' | 'duties'
  text: string
}

/** What cannot be so, by field. */
export function accountFaults(
  { role, department, region, duties }: AccountFacts,
  known: { departments: readonly string[]; regions: readonly string[] },
): AccountFault[] {
  const faults: AccountFault[] = []
  if (needsDepartment(role) ? !department || !known.departments.includes(department) : department) {
    faults.push({
      field: 'department',
      text: department ? '这个角色不属于部门，或者没有这个部门。' : '请选择部门。',
    })
  }
  if (!known.regions.includes(region)) faults.push({ field: 'region', text: '没有这个县市。' })
  if (duties && (duties.length === 0 || duties.some((one) => !ROLE_DUTIES[role].includes(one)))) {
    faults.push({ field: 'duties', text: '请选择这个角色有的岗位，或者不分岗位。' })
  }
  return faults
}
