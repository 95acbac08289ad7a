/** 三员分立: accounts, health and the access log, each in the hand of somebody else. */
import { randomUUID } from 'node:crypto'
import { generateSync } from 'otplib'
import { describe, expect, it } from 'vitest'
import type {
  Account, AccountPage, AccountSaved, AuditPage, Credentials, SystemHealth,
} from '../../core/contract/admin'
import type { StaffSession } from '../../core/contract/session'
import { dispatched, staffed, startTrial } from './fixtures/filing'
import { type SignedIn, anyAddress, anyIdNumber } from './harness'

const harness = await startTrial()
const of = { region: '653100' }
const [system, security, auditor] = [
  await harness.staff('system-admin', of), await harness.staff('security-admin', of),
  await harness.staff('audit-admin', of),
]
const crew = await staffed(harness)

const get = async <T>(who: SignedIn, path: string) =>
  (await harness.call(who, { method: 'GET', url: `/v1/admin/${path}` })).json<T>()
const post = (who: SignedIn, path: string, payload: object) =>
  harness.call(who, { method: 'POST', url: `/v1/admin/${path}`, payload })

let n = 0
const body = (change: object = {}) => ({
  requestId: randomUUID(), reason: '新入职', login: `clerk-${++n}`, name: '新来·测试', role: 'window',
  department: null, region: '653101', duties: null, ...change,
})
const create = (change: object = {}) => post(security, 'accounts', body(change))
async function made(change: object = {}): Promise<{ account: Account; credentials: Credentials }> {
  const reply = await create(change)
  expect(reply.statusCode).toBe(200)
  const { account, credentials } = reply.json<AccountSaved>()
  if (!credentials) throw new Error('no credentials')
  return { account, credentials }
}
const act = (id: string, action: object) => post(security, `accounts/${id}/actions`, {
  requestId: randomUUID(), reason: '岗位调整', ...action,
})

const signIn = (login: string, { password, totpSecret }: Credentials, newPassword?: string) => {
  harness.pass(31_000) // a code counts once
  const epoch = Math.floor(harness.clock.now.getTime() / 1000)
  return harness.call(undefined, {
    method: 'POST', url: '/v1/staff/session', remoteAddress: anyAddress(),
    payload: { login, password, totp: generateSync({ secret: totpSecret, epoch }), newPassword },
  })
}
const CHOSEN = 'luotuo qiao shui kafei'
async function signedIn(login: string, credentials: Credentials) {
  const reply = await signIn(login, credentials, CHOSEN)
  expect(reply.statusCode).toBe(200)
  const { token, staff } = reply.json<StaffSession>()
  return { id: staff.id, token, staff, headers: { authorization: `Bearer ${token}` } }
}
const counts = (who: SignedIn) => harness.call(who, { method: 'GET', url: '/v1/desk/counts' })

describe('the system administrator', () => {
  it('sees versions, migrations and queue', async () => {
    const health = await get<SystemHealth>(system, 'health')
    expect(health.migrations.map(({ number }) => number)).toEqual(
      health.migrations.map(({ number }) => number).sort((a, b) => a - b))
    expect(health.migrations[0]?.name).toBe('0000_roles.sql')
    expect(health.postgres).toMatch(/^1[5-9]/)
    expect(health.connections).toBeGreaterThan(0)
    expect(health.queue).toMatchObject({ dead: 0 })
  })
})

describe('the audit administrator', () => {
  it('reads what staff did, by person, role and day, never whose data it was', async () => {
    const view = await dispatched(harness, crew)
    const [row] = await harness.asOwner('select login from staff where id = $1', [crew.clerk.id])
    const { lines } = await get<AuditPage>(auditor, `audit?login=${row?.login}`)
    expect(lines.length).toBeGreaterThan(1)
    expect(new Set(lines.map(({ login }) => login))).toEqual(new Set([row?.login]))
    expect(lines.map(({ about }) => about)).toContain(`case:…${view.id.slice(-4)}`)
    const all = await harness.call(auditor, { method: 'GET', url: '/v1/admin/audit?limit=100' })
    for (const secret of [view.id, crew.owner.id, crew.owner.name, crew.owner.phone]) {
      expect(all.body).not.toContain(secret)
    }
    const security = await get<AuditPage>(auditor, 'audit?kind=security-admin')
    expect(security.lines.length).toBeGreaterThan(0)
    expect(new Set(security.lines.map(({ kind }) => kind))).toEqual(new Set(['security-admin']))
    expect((await get<AuditPage>(auditor, 'audit?to=2020-01-01')).lines).toEqual([])
    const today = await get<AuditPage>(auditor, 'audit?from=2026-11-23&to=2026-11-24')
    expect(today.lines.length).toBeGreaterThan(0)
    expect((await get<AuditPage>(auditor, 'audit?login=none-such')).lines).toEqual([])
  })

  it('reads each line once, page by page, and leaves a line each time', async () => {
    const seen: number[] = []
    let after = ''
    let pages = 0
    do {
      const page = await get<AuditPage>(auditor, `audit?limit=50&kind=window${after}`)
      pages += 1
      seen.push(...page.lines.map(({ id }) => id))
      after = page.next ? `&after=${encodeURIComponent(page.next)}` : ''
    } while (after)
    const [{ count } = {}] = await harness.asOwner(
      `select count(*) from audit where actor_kind = 'window'`)
    expect(seen).toHaveLength(Number(count))
    expect(new Set(seen).size).toBe(seen.length)
    const own = await get<AuditPage>(auditor, 'audit?kind=audit-admin&limit=100')
    expect(own.lines.filter(({ about }) => about === 'audit:window')).toHaveLength(pages)
  })

  it.each(['from=2026-13-01', 'from=2026-02-30', 'after=x', 'kind=boss'])('refuses %s', async (query) => {
    const reply = await harness.call(auditor, { method: 'GET', url: `/v1/admin/audit?${query}` })
    expect(reply.statusCode).toBe(400)
  })
})

describe('an account', () => {
  it('is made with a password for one sign-in, which sets another', async () => {
    const { account, credentials } = await made()
    expect(account).toMatchObject({ role: 'window', unit: '喀什市', signedInAt: null })
    expect((await signIn(account.login, credentials)).json()).toMatchObject({ code: 'NEW_PASSWORD' })
    for (const weak of ['12345678', `${account.login}-1`, credentials.password]) {
      expect((await signIn(account.login, credentials, weak)).json())
        .toMatchObject({ code: 'WEAK_PASSWORD' })
    }
    const who = await signedIn(account.login, credentials)
    expect((await counts(who)).statusCode).toBe(200)
    expect((await signIn(account.login, credentials)).json())
      .toMatchObject({ code: 'WRONG_PASSWORD' })
    expect((await signIn(account.login, { ...credentials, password: CHOSEN })).statusCode).toBe(200)
  })

  it('nobody has signed in to for three days must be given another password', async () => {
    const { account, credentials } = await made()
    await harness.asOwner('update staff set password_once_until = $2 where id = $1',
      [account.id, harness.clock.now])
    expect((await signIn(account.login, credentials, CHOSEN)).json())
      .toMatchObject({ code: 'WRONG_PASSWORD' })
  })

  it('is made once, and shows its credentials once; nothing readable is stored', async () => {
    const asked = { ...body(), idNumber: anyIdNumber() }
    const first = (await post(security, 'accounts', asked)).json<AccountSaved>()
    const again = (await post(security, 'accounts', asked)).json<AccountSaved>()
    expect(again.account.id).toBe(first.account.id)
    expect(again.credentials).toBeNull()
    const stored = JSON.stringify(await harness.asOwner('select * from staff where id = $1', [first.account.id]))
    for (const secret of [first.credentials?.password, first.credentials?.totpSecret, asked.idNumber]) {
      expect(stored).not.toContain(secret)
    }
    const other = await create({ login: asked.login })
    expect(other.json()).toMatchObject({ detail: { problems: [{ field: 'login' }] } })
  })

  it('is made by one of two who want the same login at once, and the other is told', async () => {
    for (let round = 0; round < 5; round += 1) {
      const login = `both-${round}`
      const replies = await Promise.all([create({ login }), create({ login }), create({ login })])
      const made = replies.filter(({ statusCode }) => statusCode === 200)
      expect(made).toHaveLength(1)
      for (const reply of replies.filter((one) => !made.includes(one))) {
        expect(reply.json()).toMatchObject({ detail: { problems: [{ field: 'login' }] } })
      }
    }
  })

  it.each([
    ['a department none has', { role: 'department', department: 'none-such' }, 'department'],
    ['no department', { role: 'editor' }, 'department'],
    ['a window in a department', { department: 'health' }, 'department'],
    ['a county none knows', { region: '110101' }, 'region'],
    ['a duty of another role', { duties: ['approve'] }, 'duties'],
    ['a duty where there is none', { role: 'supervisor', duties: ['accept'] }, 'duties'],
    ['a wrong ID number', { idNumber: '653121199001010001' }, 'idNumber'],
  ])('cannot have %s', async (_what, change, field) => {
    const reply = await create(change)
    expect(reply.statusCode).toBe(422)
    expect(reply.json()).toMatchObject({ detail: { problems: [{ field }] } })
  })

  it.each(['system-admin', 'security-admin', 'audit-admin'])('is no %s', async (role) => {
    expect((await create({ role })).statusCode).toBe(400)
  })

  it('disabled is signed out at once, and in again only when enabled', async () => {
    const { account, credentials } = await made()
    const who = await signedIn(account.login, credentials)
    const off = await act(account.id, { do: 'disable', reason: '离职' })
    expect(off.json<AccountSaved>().account.actions).toEqual(['change', 'enable'])
    expect((await counts(who)).statusCode).toBe(401)
    const own = { ...credentials, password: CHOSEN }
    expect((await signIn(account.login, own)).statusCode).toBe(401)
    expect((await act(account.id, { do: 'disable' })).statusCode).toBe(409)
    await act(account.id, { do: 'enable' })
    expect((await counts(who)).statusCode).toBe(401)
    expect((await signIn(account.login, own)).statusCode).toBe(200)
  })

  it('moved to another county and duty sees that one, after signing in anew', async () => {
    const { account, credentials } = await made()
    const who = await signedIn(account.login, credentials)
    const facts = { name: account.name, role: 'window', department: null, region: '653125' }
    const moved = await act(account.id, { do: 'change', ...facts, duties: ['accept'] })
    expect(moved.json<AccountSaved>().account).toMatchObject({ unit: '莎车县', duties: ['accept'] })
    expect((await counts(who)).statusCode).toBe(401)
    const reply = await signIn(account.login, { ...credentials, password: CHOSEN })
    expect(reply.json<StaffSession>().staff).toMatchObject({ region: '653125', duties: ['accept'] })
    expect((await act(account.id, { do: 'change', ...facts, duties: null, reason: ' ' })).json())
      .toMatchObject({ code: 'REASON_REQUIRED' })
    expect((await act(account.id, { do: 'change', ...facts, duties: ['handle'] })).statusCode).toBe(422)
  })

  it('reset has another password and another code, the old ones open nothing', async () => {
    const { account, credentials } = await made()
    const who = await signedIn(account.login, credentials)
    const reply = await act(account.id, { do: 'reset', reason: '手机遗失，本人到场' })
    const fresh = reply.json<AccountSaved>().credentials
    if (!fresh) throw new Error('no credentials')
    expect((await counts(who)).statusCode).toBe(401)
    for (const old of [
      { ...fresh, password: CHOSEN }, { ...fresh, totpSecret: credentials.totpSecret },
    ]) expect((await signIn(account.login, old, CHOSEN)).statusCode).toBe(401)
    expect((await signIn(account.login, fresh, `${CHOSEN} tang`)).statusCode).toBe(200)
  })

  it('of an administrator is in nobody\'s hand, one\'s own neither', async () => {
    for (const { id } of [system, security, auditor]) {
      for (const what of ['disable', 'reset', 'enable']) {
        expect((await act(id, { do: what })).statusCode).toBe(403)
      }
    }
    const { accounts } = await get<AccountPage>(security, 'accounts?role=security-admin')
    expect(accounts.map(({ actions }) => actions)).toEqual([[]])
  })

  it('is listed by login, page by page, by role and by state', async () => {
    const seen: string[] = []
    let after = ''
    do {
      const page = await get<AccountPage>(security, `accounts?limit=5${after}`)
      seen.push(...page.accounts.map(({ login }) => login))
      after = page.next ? `&after=${page.next}` : ''
    } while (after)
    const [{ count } = {}] = await harness.asOwner('select count(*) from staff')
    expect(seen).toHaveLength(Number(count))
    expect(new Set(seen).size).toBe(seen.length)
    const { account } = await made()
    await act(account.id, { do: 'disable' })
    const off = await get<AccountPage>(security, 'accounts?disabled=true&role=window')
    expect(off.accounts.map(({ login }) => login)).toEqual([account.login])
  })
})
