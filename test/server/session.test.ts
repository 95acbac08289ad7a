import { generateSync, generateSecret } from 'otplib'
import { describe, expect, it } from 'vitest'
import { addStaff } from '../../server/session/staff'
import { anyAddress, anyPhone, codeFor, PASSWORD, startHarness } from './harness'

const MINUTE = 60_000
const harness = await startHarness()
const { call, pass, world } = harness

const ask = (phone: string, remoteAddress = anyAddress()) =>
  call(undefined, { method: 'POST', url: '/v1/session/otp', payload: { phone }, remoteAddress })
const enter = (payload: object, remoteAddress = anyAddress()) =>
  call(undefined, { method: 'POST', url: '/v1/session', payload, remoteAddress })

async function askCode(phone: string) {
  const { challenge } = (await ask(phone)).json<{ challenge: string }>()
  await harness.deliver()
  return { kind: 'sms', phone, challenge, otp: codeFor(harness, phone) }
}

const getMe = (token: string) =>
  call(undefined, { method: 'GET', url: '/v1/me', headers: { authorization: `Bearer ${token}` } })

describe('signing in by SMS', () => {
  it('makes an account once and finds it again', async () => {
    const phone = anyPhone()
    const first = await enter(await askCode(phone))
    expect(first.statusCode).toBe(200)
    pass(2 * MINUTE)
    const second = await enter(await askCode(phone))
    expect(second.json().me.id).toBe(first.json().me.id)
    expect(second.json().draftKey).toBe(first.json().draftKey)
    expect(Buffer.from(second.json().draftKey, 'base64')).toHaveLength(32)
    const restarted = await getMe(second.json().token)
    expect(restarted.json().draftKey, 'a phone started again').toBe(first.json().draftKey)
    expect(second.json().token).not.toBe(first.json().token)
  })

  it('S1: a code lives five minutes and counts once, for its phone and challenge', async () => {
    const phone = anyPhone()
    const late = await askCode(phone)
    pass(5 * MINUTE + 1000)
    expect((await enter(late)).json()).toEqual({ code: 'WRONG_CODE', detail: {} })
    const code = await askCode(phone)
    expect((await enter({ ...code, phone: anyPhone() })).statusCode).toBe(401)
    expect((await enter({ ...code, challenge: late.challenge })).statusCode).toBe(401)
    expect((await enter(code)).statusCode).toBe(200)
    expect((await enter(code)).statusCode).toBe(401)
  })

  it('S2: five wrong tries kill a code, also when sent all at once', async () => {
    const code = await askCode(anyPhone())
    const wrong = code.otp === '000000' ? '000001' : '000000'
    const guesses = Array.from({ length: 20 }, () => enter({ ...code, otp: wrong }))
    const tries = await Promise.all(guesses)
    expect(new Set(tries.map(({ statusCode }) => statusCode))).toEqual(new Set([401]))
    expect((await enter(code)).statusCode).toBe(401)
  })

  it('S2: one code a minute and ten a day for a phone, a limit for an address', async () => {
    const phone = anyPhone()
    expect((await ask(phone)).statusCode).toBe(200)
    const soon = await ask(phone)
    expect(soon.statusCode).toBe(429)
    expect(soon.headers['retry-after']).toBe('60')
    expect(soon.json()).toEqual({ code: 'TOO_MANY_REQUESTS', detail: { seconds: 60 } })
    for (let n = 1; n < 10; n++) {
      pass(MINUTE)
      expect((await ask(phone)).statusCode).toBe(200)
    }
    pass(MINUTE)
    expect((await ask(phone)).statusCode).toBe(429)
    const address = anyAddress()
    const many = await Promise.all(Array.from({ length: 61 }, () => ask(anyPhone(), address)))
    expect(many.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1)
  })

  it('R19: an SMS outage delays the code, it refuses nobody', async () => {
    const phone = anyPhone()
    world.down.add('sms')
    expect((await ask(phone)).statusCode).toBe(200)
    await expect(harness.deliver()).rejects.toThrow('SMS gateway')
    world.down.delete('sms')
    await harness.deliver()
    expect(codeFor(harness, phone)).toMatch(/^\d{6}$/)
  })

  it('keeps neither code nor phone in the clear', async () => {
    const phone = anyPhone()
    const { otp } = await askCode(phone)
    const rows = await harness.asOwner(`
      select (select string_agg(o::text, ' ') from otps o) || (select string_agg(b::text, ' ')
        from outbox b) || (select string_agg(a::text, ' ') from attempts a) as all`)
    const hex = (text: string) => Buffer.from(text).toString('hex')
    for (const secret of [phone, hex(phone), `验证码 ${otp}`, hex(`验证码 ${otp}`)]) {
      expect(rows[0]!.all).not.toContain(secret)
    }
  })
})

it('signs in by WeChat, and says so when WeChat does not answer', async () => {
  const one = await enter({ kind: 'wechat', code: 'a' })
  const same = await enter({ kind: 'wechat', code: 'a' })
  expect(same.json().me.id).toBe(one.json().me.id)
  world.down.add('wechat')
  expect((await enter({ kind: 'wechat', code: 'a' })).json().code).toBe('OUTSIDE_DOWN')
  world.down.delete('wechat')
})

describe('a session', () => {
  it('S10: is dead at once after signing out; its token is not in the database', async () => {
    const { token, headers } = await harness.citizen()
    expect((await call(undefined, { method: 'DELETE', url: '/v1/session', headers })).statusCode)
      .toBe(200)
    expect((await getMe(token)).json().code).toBe('NOT_SIGNED_IN')
    const rows = await harness.asOwner("select encode(token_hash, 'hex') as hash from sessions")
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
  })

  it('S11: a citizen is out after 30 idle minutes, and after 12 busy hours', async () => {
    const { token } = await harness.citizen()
    pass(29 * MINUTE)
    expect((await getMe(token)).statusCode).toBe(200)
    pass(29 * MINUTE)
    expect((await getMe(token)).statusCode).toBe(200)
    pass(31 * MINUTE)
    expect((await getMe(token)).statusCode).toBe(401)
    let busy = (await harness.citizen()).token
    const renewed = await call(undefined, {
      method: 'POST', url: '/v1/session/renew', headers: { authorization: `Bearer ${busy}` },
    })
    expect((await getMe(busy)).statusCode).toBe(401)
    busy = renewed.json().token
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      pass(20 * MINUTE)
      expect((await getMe(busy)).statusCode).toBe(200)
    }
    pass(20 * MINUTE)
    expect((await getMe(busy)).statusCode).toBe(401)
  })

  it('S11: staff are out after 15 idle minutes; S28: a disabled account at once', async () => {
    const clerk = await harness.window()
    const out = () => call(clerk, { method: 'DELETE', url: '/v1/session' })
    pass(16 * MINUTE)
    expect((await out()).statusCode).toBe(401)
    const disabled = await harness.window()
    await harness.asOwner('update staff set disabled_at = now() where id = $1', [disabled.id])
    expect((await call(disabled, { method: 'DELETE', url: '/v1/session' })).statusCode).toBe(401)
  })

  it('refuses a bad token even where nobody needs one', async () => {
    for (const authorization of ['Bearer x', `Bearer ${'a'.repeat(43)}`, 'Basic eDp5', '']) {
      const response = await call(undefined, {
        method: 'GET', url: '/v1/topics', headers: { authorization },
      })
      expect(response.json().code).toBe('NOT_SIGNED_IN')
    }
  })
})

describe('S4: staff', () => {
  const totpSecret = generateSecret()
  const totp = () =>
    generateSync({ secret: totpSecret, epoch: Math.floor(harness.clock.now.getTime() / 1000) })
  const staff = (payload: object, remoteAddress = anyAddress()) =>
    call(undefined, { method: 'POST', url: '/v1/staff/session', payload, remoteAddress })
  const right = () => ({ login: 'zhao', password: PASSWORD, totp: totp() })
  const account = {
    login: 'zhao', name: '窗口', role: 'window', department: null, region: '653101',
    password: PASSWORD, totpSecret,
  } as const

  it('need both factors, and the refusal does not tell which was wrong', async () => {
    await addStaff(harness.platform, account)
    const wrongTotp = totp() === '000000' ? '000001' : '000000'
    const refusals = await Promise.all([
      staff({ ...right(), password: 'wrong password' }),
      staff({ ...right(), totp: wrongTotp }),
      staff({ ...right(), login: 'nobody' }),
    ])
    expect(new Set(refusals.map(({ body }) => body)))
      .toEqual(new Set(['{"code":"WRONG_PASSWORD","detail":{}}']))
    expect((await staff({ login: 'zhao', password: PASSWORD })).statusCode).toBe(400)
  })

  it('S5: get no weak password, and what is refused is not quoted', async () => {
    const weak = [
      'short7!', 'aaaaaaaaab', '123456789', 'PassWord1', 'Kashgar-2026-window', 'x-Zhao.Li-2026',
      'long'.repeat(33),
    ]
    for (const password of weak) {
      const made = addStaff(harness.platform, { ...account, login: 'zhao.li', password })
      await expect(made).rejects.toThrow(/^the password of zhao\.li is weak: (?!.*-2026)/)
    }
    expect(await harness.asOwner("select from staff where login = 'zhao.li'")).toEqual([])
  })

  it('use a code once', async () => {
    pass(MINUTE)
    const given = right()
    const both = await Promise.all([staff(given), staff(given)])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401])
    expect(both.find(({ statusCode }) => statusCode === 200)?.json().staff)
      .toMatchObject({ role: 'window', department: null, region: '653101' })
  })

  it('S3: hostile tries from elsewhere lock nobody out', async () => {
    const address = anyAddress()
    const tries = []
    const wrong = () => ({ ...right(), password: 'x'.repeat(9) })
    for (let n = 0; n < 7; n++) tries.push(await staff(wrong(), address))
    expect(tries.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401, 429, 429])
    pass(MINUTE)
    expect((await staff(right())).statusCode).toBe(200)
  })

  it('store the password as argon2id and the second factor sealed', async () => {
    const [row] = await harness.asOwner(
      "select password_hash, encode(totp_sealed, 'escape') as totp from staff where login = 'zhao'")
    expect(row!.password_hash).toMatch(/^\$argon2id\$/)
    expect(row!.totp).not.toContain(totpSecret)
  })
})
