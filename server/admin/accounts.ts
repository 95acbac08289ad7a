/** 账号: made, changed and shut by the security administrator; each change with its reason. */
import { type AccountFacts, accountFaults, isManaged } from '../../core/account'
import type {
  Account, AccountAction, AccountActionBody, AccountBody, AccountPage, AccountSaved, Credentials,
} from '../../core/contract/admin'
import type { StaffRole } from '../../core/contract/session'
import { prefectureOf } from '../../core/escalation'
import { Refused } from '../../core/refusal'
import { judge, normalise } from '../../core/values'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { formProblems } from '../cases/filled'
import { isFirst } from '../cases/request'
import { departmentName } from '../cases/topic'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { insertStaff } from '../session/staff'
import { endStaffSessions } from '../session/store'
import {
  type AccountRow, accountById, accountByLogin, accountRows, lockAccount, reserveLogin,
  saveAccount,
} from './account-store'
import { newCredentials, onceUntil, renewCredentials } from './credentials'

export async function listAccounts(
  platform: Platform,
  { by, role, disabled, after, limit }: {
    /** says which actions each row offers */
    by: StaffMember
    role: StaffRole | undefined
    disabled: boolean | undefined
    after: string | undefined
    limit: number
  },
): Promise<AccountPage> {
  const rows = await accountRows(platform.db.db, { role, disabled, after, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    accounts: rows.slice(0, limit).map((row) => viewOf(platform, by, row)),
    next: last?.login ?? null,
  }
}

/**
 * A new account. A repeated request finds it there, and its credentials gone: they are shown once.
 * @throws {Refused} FORM_PROBLEMS for what cannot be so, also a login that is taken
 */
export async function createAccount(
  platform: Platform,
  { by, body }: { by: StaffMember; body: AccountBody },
): Promise<AccountSaved> {
  const { requestId, reason, login, name, idNumber, ...facts } = body
  const why = said(reason)
  refuseFaults(platform, facts)
  const credentials = newCredentials(login)
  const request = { create: login, name, idNumber, facts, why }
  const account = await platform.db.inTx(async (tx) => {
    const first = await isFirst(tx, platform, { by, requestId, request })
    await reserveLogin(tx, login)
    const there = await accountByLogin(tx, login)
    if (!first && there) return { row: there, first }
    if (there) throw fault('login', '这个账号已有人用，请换一个。')
    const id = await insertStaff(tx, platform, {
      ...facts, login, name, duties: facts.duties ?? undefined, idNumber: idNumberOf(idNumber),
      password: credentials.password, passwordOnceUntil: onceUntil(platform),
      totpSecret: credentials.totpSecret,
    })
    await note(tx, platform, { by, id, what: `新建账号 ${login}`, why })
    return { row: await mustAccount(tx, id), first: true }
  })
  return {
    account: viewOf(platform, by, account.row), credentials: account.first ? credentials : null,
  }
}

const WHAT: Record<AccountAction, string> = {
  change: '修改账号权限', reset: '重置密码和动态口令', disable: '停用账号', enable: '启用账号',
}

/**
 * Whatever changes who somebody is signs them out everywhere.
 * @throws {Refused} NOT_FOUND, FORM_PROBLEMS; NOT_ALLOWED about oneself and about administrators;
 * ACTION_NOT_ALLOWED if it is so already
 */
export async function actOnAccount(
  platform: Platform,
  { id, by, body }: { id: string; by: StaffMember; body: AccountActionBody },
): Promise<AccountSaved> {
  const why = said(body.reason)
  if (body.do === 'change') refuseFaults(platform, body)
  return platform.db.inTx(async (tx) => {
    const row = await lockAccount(tx, id)
    if (!row) throw new Refused('NOT_FOUND')
    if (!mayBeTouched(row, by)) throw new Refused('NOT_ALLOWED', { reason: 'administrator' })
    const request = { account: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) {
      return { account: viewOf(platform, by, row), credentials: null }
    }
    if (!actionsOf(row, by).includes(body.do)) throw new Refused('ACTION_NOT_ALLOWED')
    const credentials = await carryOut(tx, platform, { row, body })
    await endStaffSessions(tx, id)
    await note(tx, platform, { by, id, what: `${WHAT[body.do]} ${row.login}`, why })
    return { account: viewOf(platform, by, await mustAccount(tx, id)), credentials }
  })
}

async function carryOut(
  tx: Tx,
  platform: Platform,
  { row, body }: { row: AccountRow; body: AccountActionBody },
): Promise<Credentials | null> {
  switch (body.do) {
    case 'change': {
      const { name, role, department, region, duties } = body
      await saveAccount(tx, row.id, {
        name, role, department_id: department, region_code: region, duties,
      })
      return null
    }
    case 'disable':
    case 'enable':
      await saveAccount(tx, row.id, {
        disabled_at: body.do === 'disable' ? platform.now() : null,
      })
      return null
    case 'reset': return renewCredentials(tx, platform, row)
  }
}

/** Not oneself, and none of those who watch one another. */
function mayBeTouched({ id, role }: AccountRow, by: StaffMember): boolean {
  return id !== by.id && isManaged(role)
}

function actionsOf(row: AccountRow, by: StaffMember): AccountAction[] {
  if (!mayBeTouched(row, by)) return []
  return row.disabled_at ? ['change', 'enable'] : ['change', 'reset', 'disable']
}

function refuseFaults({ catalogue }: Platform, facts: AccountFacts): void {
  const regions = catalogue.regions.map(({ code }) => code)
  const faults = accountFaults(facts, {
    departments: catalogue.departments.map(({ id }) => id),
    regions: [...regions, ...regions.map(prefectureOf)],
  })
  if (faults.length > 0) throw formProblems(faults.map((one) => ({ ...one, code: 'RULE' })))
}

const fault = (field: string, text: string) => formProblems([{ field, code: 'RULE', text }])

/** @throws {Refused} FORM_PROBLEMS */
function idNumberOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const plain = normalise('idNumber', given)
  if (plain === '' || judge({ type: 'idNumber' }, plain)) throw fault('idNumber', '身份证号不对，请核对。')
  return plain
}

async function mustAccount(tx: Tx, id: string): Promise<AccountRow> {
  const row = await accountById(tx, id)
  if (!row) throw new Refused('NOT_FOUND')
  return row
}

function note(
  tx: Tx,
  platform: Platform,
  { by, id, what, why }: { by: StaffMember; id: string; what: string; why: string },
): Promise<void> {
  return record(tx, { at: platform.now(), by, personId: null, what, object: `staff:${id}`, why })
}

function viewOf(platform: Platform, by: StaffMember, row: AccountRow): Account {
  const { id, login, name, role, department_id: department, region_code: region, duties } = row
  const iso = (at: Date | null) => at?.toISOString() ?? null
  return {
    id, login, name, role, department, region, duties,
    unit: unitOf(platform, row),
    disabledAt: iso(row.disabled_at),
    createdAt: row.created_at.toISOString(),
    signedInAt: iso(row.signed_in_at),
    passwordOnceUntil: iso(row.password_once_until),
    actions: actionsOf(row, by),
  }
}

function unitOf(platform: Platform, { department_id: department, region_code: code }: AccountRow) {
  if (department) return departmentName(platform, department, code)
  return platform.catalogue.regions.find((one) => one.code === code)?.name ?? code
}
