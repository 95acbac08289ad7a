/**
 * The accounts of the three administrators (decision 0015). None of the three may make or reset
 * another's, so that is a command of whoever runs the platform: `create` and `reset`.
 */
import { parseArgs } from 'node:util'
import { ROLE_WORDS, isManaged } from '../../core/account'
import { shanghaiDate, shanghaiTime } from '../../core/clock'
import type { Credentials } from '../../core/contract/admin'
import { STAFF_ROLES, type StaffRole } from '../../core/contract/session'
import { record } from '../audit/store'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { insertStaff } from '../session/staff'
import { endStaffSessions } from '../session/store'
import { accountByLogin, lockAccount, reserveLogin } from './account-store'
import { newCredentials, onceUntil, renewCredentials } from './credentials'

const ROLES = STAFF_ROLES.filter((role) => !isManaged(role))
const USAGE = `Usage:
  npm run admin -- create --role ${ROLES.join('|')} --login LOGIN --name NAME
  npm run admin -- reset --login LOGIN`
const WHY = '在平台所在的服务器上操作'

/** A command that cannot be carried out. The text lists everything that is wrong with it. */
export class CommandRefused extends Error {
  override name = 'CommandRefused'
  constructor(problems: readonly string[]) {
    super([...problems.map((text) => `- ${text}`), USAGE].join('\n'))
  }
}

export type Command =
  | { do: 'create'; role: StaffRole; login: string; name: string }
  | { do: 'reset'; login: string }

/** @throws {CommandRefused} with all problems at once, by the name of the option */
export function readCommand(args: readonly string[]): Command {
  const [what, ...rest] = args
  if (what !== 'create' && what !== 'reset') {
    throw new CommandRefused([`${what ?? 'nothing'}: the commands are create and reset`])
  }
  const given = optionsOf(rest)
  const problems: string[] = []
  const login = given.login ?? ''
  const name = (given.name ?? '').trim()
  const role = ROLES.find((one) => one === given.role)
  if (!/^[a-z][a-z0-9-]{2,39}$/.test(login)) {
    problems.push('--login: 3 to 40 small letters, digits or "-", a letter first')
  }
  if (what === 'create' && !role) {
    problems.push(`--role: one of ${ROLES.join(', ')}; the security administrator makes all other` +
      ' accounts in the console')
  }
  const { length } = [...name]
  if (what === 'create' && (length < 2 || length > 50)) {
    problems.push('--name: of a person, 2 to 50 characters')
  }
  if (what === 'reset' && (given.role !== undefined || given.name !== undefined)) {
    problems.push('reset takes --login alone')
  }
  if (problems.length > 0) throw new CommandRefused(problems)
  return what === 'create' && role ? { do: what, role, login, name } : { do: 'reset', login }
}

function optionsOf(args: readonly string[]): { login?: string; name?: string; role?: string } {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args], options: { login: text, name: text, role: text }, strict: true,
    })
    return values
  } catch {
    // The parser's text quotes what it does not know, which may be a password.
    throw new CommandRefused(['the options are --role, --login and --name, each with a value;' +
      ' no password: one is made'])
  }
}

export interface Made {
  login: string
  role: StaffRole
  credentials: Credentials
  until: Date
}

/** @throws {CommandRefused} for a login that is taken, unknown, or no administrator's */
export function administer(platform: Platform, command: Command): Promise<Made> {
  const until = onceUntil(platform)
  return platform.db.inTx(async (tx) => {
    const made = command.do === 'create' ? await create(tx, platform, command)
      : await reset(tx, platform, command.login)
    return { ...made, login: command.login, until }
  })
}

async function create(
  tx: Tx,
  platform: Platform,
  { role, login, name }: Extract<Command, { do: 'create' }>,
): Promise<Pick<Made, 'role' | 'credentials'>> {
  await reserveLogin(tx, login)
  if (await accountByLogin(tx, login)) {
    throw new CommandRefused([`--login ${login}: there is an account of this login already`])
  }
  const credentials = newCredentials(login)
  const id = await insertStaff(tx, platform, {
    login, name, role, department: null, region: prefectureOf(platform),
    password: credentials.password, passwordOnceUntil: onceUntil(platform),
    totpSecret: credentials.totpSecret,
  })
  await note(tx, platform, { id, what: `新建${ROLE_WORDS[role]}账号 ${login}` })
  return { role, credentials }
}

async function reset(
  tx: Tx,
  platform: Platform,
  login: string,
): Promise<Pick<Made, 'role' | 'credentials'>> {
  const found = await accountByLogin(tx, login)
  const row = found && await lockAccount(tx, found.id)
  if (!row) throw new CommandRefused([`--login ${login}: there is no such account`])
  const { id, role } = row
  if (isManaged(role)) {
    throw new CommandRefused([`--login ${login}: no administrator's account; the security` +
      ' administrator resets it in the console'])
  }
  const credentials = await renewCredentials(tx, platform, row)
  await endStaffSessions(tx, id)
  await note(tx, platform, { id, what: `重置密码和动态口令 ${login}` })
  return { role, credentials }
}

/** Administrators handle no case; the region is where the installation is. */
function prefectureOf({ catalogue: { regions } }: Platform): string {
  const prefecture = regions.find(({ code }) => code.endsWith('00'))
  if (!prefecture) throw new Error('the catalogue has no prefecture')
  return prefecture.code
}

function note(
  tx: Tx,
  platform: Platform,
  { id, what }: { id: string; what: string },
): Promise<void> {
  const by = { kind: 'system' } as const
  return record(tx, {
    at: platform.now(), by, personId: null, what, object: `staff:${id}`, why: WHY,
  })
}

/** For the screen, once: it is kept nowhere. */
export function madeWords({ login, role, credentials, until }: Made): string {
  const iso = until.toISOString()
  return `${ROLE_WORDS[role]} / ${role}
账号 / Login:                 ${login}
一次性密码 / One-time password: ${credentials.password}
动态口令 / Authenticator:      ${credentials.totpUri}
有效到 / Good until:           ${shanghaiDate(iso)} ${shanghaiTime(iso)}（北京时间）
只显示这一次，请当面交给本人；首次登录要设新密码。
Shown this once: hand it over in person. The first sign-in sets another password.
`
}
