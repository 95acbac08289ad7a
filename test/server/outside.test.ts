import { randomUUID } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OutsideCancel } from '../../core/contract/outside'
import { startTown, type Town } from '../../mock/town'
import { readConfig } from '../../server/config'
import { type Outside, makeOutside } from '../../server/outside'
import { signRequest, verifySignature } from '../../server/outside/signature'

const NOW = new Date('2026-11-23T02:00:00Z')
const KEY = { keyId: 'demo-health', secret: 'a shared secret of more than 32 bytes' }
const secretOf = (keyId: string) => (keyId === KEY.keyId ? KEY.secret : undefined)
const CALL = {
  method: 'POST', path: '/v1/outside/tasks/7.1/feedback?x=1', body: '{"do":"receive"}',
}

const silent = pino({ level: 'silent' })
const rim = { now: () => new Date(), newNonce: randomUUID, log: silent }
const KEYS = Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7)).toString('base64')

describe('signatures (S49)', () => {
  const headers = signRequest(CALL, KEY, { now: NOW, nonce: randomUUID() })

  it('passes what was signed', () => {
    const verdict = verifySignature({ ...CALL, headers: { ...headers } }, secretOf, NOW)
    expect(verdict).toMatchObject({ ok: true, keyId: KEY.keyId, nonce: headers['x-nonce'] })
  })

  it('follows the contract byte for byte', () => {
    const fixed = signRequest({ method: 'GET', path: '/v1/x', body: '' },
      { keyId: 'k', secret: 's' }, { now: new Date(1_700_000_000_000), nonce: 'n'.repeat(16) })
    // printf 'GET\n/v1/x\n1700000000\nnnnnnnnnnnnnnnnn\n<sha256 of nothing>' | openssl … -hmac s
    expect(fixed['x-signature']).toBe(
      'e21c4a613fdd9d720b14722fbeb0ef4e31058125967f017c54e2698792899789',
    )
  })

  it('refuses 1,000 tampered requests', () => {
    const byte = fc.constantFrom('0', '1', 'a', 'f', 'X', '/', ' ', '\n')
    const target = fc.constantFrom('method', 'path', 'body', 'x-key-id', 'x-timestamp', 'x-nonce',
      'x-signature')
    fc.assert(fc.property(target, byte, fc.nat(), (what, to, at) => {
      const given: Record<string, string> = { ...CALL, ...headers }
      const old = given[what]!
      const changed = old.slice(0, at % old.length) + to + old.slice((at % old.length) + 1)
      fc.pre(changed !== old && !(what === 'method' && changed.toUpperCase() === old))
      given[what] = changed
      const { method, path, body, ...rest } = given
      const request = { method: method!, path: path!, body: body!, headers: rest }
      expect(verifySignature(request, secretOf, NOW).ok).toBe(false)
    }), { numRuns: 1000 })
  })

  it('says why: late, early, unknown key, missing header, a header sent twice', () => {
    const why = (changes: Record<string, string | string[] | undefined>, now = NOW) => {
      const request = { ...CALL, headers: { ...headers, ...changes } }
      const verdict = verifySignature(request, secretOf, now)
      return verdict.ok ? 'passed' : verdict.why
    }
    expect(why({}, new Date(NOW.getTime() + 300_000))).toBe('passed')
    expect(why({}, new Date(NOW.getTime() + 301_000))).toBe('late')
    expect(why({}, new Date(NOW.getTime() - 301_000))).toBe('late')
    expect(why({ 'x-key-id': 'demo-tax' })).toBe('unknown-key')
    expect(why({ 'x-nonce': undefined })).toBe('missing')
    expect(why({ 'x-signature': [headers['x-signature'], headers['x-signature']] })).toBe('missing')
    expect(why({ 'x-signature': 'A'.repeat(64) })).toBe('missing')
  })

  it('must be remembered for as long as it could pass again', () => {
    const ahead = new Date(NOW.getTime() + 240_000)
    const early = signRequest(CALL, KEY, { now: ahead, nonce: randomUUID() })
    const first = verifySignature({ ...CALL, headers: { ...early } }, secretOf, NOW)
    if (!first.ok) throw new Error('refused')
    const later = verifySignature({ ...CALL, headers: { ...early } }, secretOf, first.rememberUntil)
    expect(later).toEqual({ ok: false, why: 'late' })
  })
})

describe('with the stand-ins', () => {
  let town: Town
  let outside: Outside
  beforeAll(async () => {
    town = await startTown({
      serverUrl: 'http://127.0.0.1:9', catalogue: 'catalogue', stepSeconds: 0.05,
      today: '2026-11-23', clerk: false,
    })
    outside = makeOutside(readConfig({ ...town.env, KEYS }), rim)
  })
  afterAll(() => town.close())

  it('SMS: a training room says so before each text', async () => {
    const room = makeOutside(readConfig({ ...town.env, KEYS, TRAINING: '1' }), rim)
    await room.sms.send('19900000001', '您的办件已受理。')
    const reply = await fetch(`${town.sms}/messages?phone=19900000001`)
    const { messages } = await reply.json() as { messages: { text: string }[] } // the stand-in's
    expect(messages.map(({ text }) => text)).toEqual(['【培训】您的办件已受理。'])
  })

  it('WeChat: brings a message to whoever allowed it, by a token asked for once', async () => {
    const openId = await outside.wechat.openIdOf('demo-reader')
    const message = {
      template: 'demo-progress', page: 'pages/case/index?id=1',
      data: { thing1: '已受理', thing2: '新生儿出生', time3: '2026-11-23 10:00' },
    }
    expect(await outside.wechat.notify(openId, message)).toBe('sent')
    const { messages } = await (await fetch(`${town.env.WECHAT_URL}/messages`)).json() as
      { messages: { openid: string; page: string }[] }
    expect(messages[0]).toMatchObject({ openid: openId, page: message.page })
    expect(await outside.wechat.notify(openId, { ...message, template: 'none' })).toBe('wrong')
    const long = { ...message.data, thing1: '长'.repeat(21) }
    expect(await outside.wechat.notify(openId, { ...message, data: long })).toBe('wrong')
    await fetch(`${town.env.WECHAT_URL}/admin/refusals`, {
      method: 'POST', body: JSON.stringify({ openid: openId }),
    })
    expect(await outside.wechat.notify(openId, message)).toBe('not-allowed')
  })

  it('WeChat: a demo code is a person, another is WRONG_CODE', async () => {
    const aynur = await outside.wechat.openIdOf('demo-aynur')
    expect(aynur).toMatch(/^o/)
    expect(await outside.wechat.openIdOf('demo-aynur')).toBe(aynur)
    expect(await outside.wechat.openIdOf('demo-ali')).not.toBe(aynur)
    await expect(outside.wechat.openIdOf('other')).rejects.toMatchObject({ code: 'WRONG_CODE' })
  })

  it('identity: matches every invented person, and nobody else', async () => {
    for (const { name, idNumber } of town.people) {
      expect(await outside.identity.check({ name, idNumber }))
        .toMatchObject({ match: true, data: { name, idNumber } })
    }
    const { idNumber } = town.people[0]!
    expect(await outside.identity.check({ name: '别人', idNumber })).toEqual({ match: false })
  })

  it('certificates: of a couple with their baby; none for who has none', async () => {
    const types = async (n: number) => {
      const found = await outside.certificates.of(town.people[n]!, '办理出生登记')
      return found.map(({ type, holder }) => `${holder} ${type}`)
    }
    expect(await types(0)).toEqual([
      'me resident-id', 'me household-register', 'me marriage-certificate',
      'spouse resident-id', 'spouse household-register', 'spouse marriage-certificate',
      'child hospital-birth-record',
    ])
    expect(await types(2)).toContain('child birth-medical-certificate')
    expect(await types(4)).not.toContain('me marriage-certificate')
    expect(await types(5)).toEqual([])
  })

  it('SMS: the text is in the inbox, harmless on its page', async () => {
    await outside.sms.send('13900000001', '验证码 123456，5 分钟内有效。<script>alert(1)</script>')
    const { messages } = await (await fetch(`${town.sms}/messages?phone=13900000001`)).json()
    expect(messages).toMatchObject([{ phone: '13900000001' }])
    const page = await (await fetch(town.sms)).text()
    expect(page).toContain('验证码 123456')
    expect(page).not.toContain('<script>')
  })

  it('a wrong secret opens nothing', async () => {
    const stranger = makeOutside(
      readConfig({ ...town.env, KEYS, SMS_SECRET: 'wrong', WECHAT_SECRET: 'wrong' }), rim)
    await expect(stranger.sms.send('13900000009', 'x'))
      .rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
    await expect(stranger.wechat.openIdOf('demo-aynur'))
      .rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
  })

  it('knows which department works with its own system, and its key', () => {
    expect(outside.departments.has('tax')).toBe(true)
    expect(outside.departments.has('no-such-department')).toBe(false)
    expect(outside.departments.secretOf('demo-tax')).toMatchObject({ department: 'tax' })
    expect(outside.departments.secretOf('nobody')).toBeUndefined()
  })

  it('a stand-in that is told to is down, answers rubbish, and works again', async () => {
    const tell = (then: string) => fetch(`${town.sms}/admin/behaviour`, {
      method: 'POST', body: JSON.stringify({ then }),
    })
    for (const then of ['down', 'junk']) {
      await tell(then)
      await expect(outside.sms.send('13900000002', 'x'))
        .rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
    }
    await tell('normal')
    await outside.sms.send('13900000002', 'x')
  })
})

type Answer = (request: IncomingMessage, response: ServerResponse) => void

describe('with systems that misbehave (S48, S50)', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    }
  })

  async function serve(answer: Answer): Promise<string> {
    const server = createServer(answer)
    servers.push(server)
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // listening on a port
  }

  function outsideAt(url: string): Outside {
    const system = { url, secret: 's' }
    return makeOutside({
      wechat: { ...system, appId: 'wx' }, identity: system, certificate: system, sms: system,
      departments: [{ departmentId: 'health', keyId: 'k', url: `${url}/tasks`, secret: 's' }],
    }, { ...rim, timeoutMs: 200 })
  }

  const cancel: OutsideCancel = {
    taskId: 'x.1', cancelled: true, reason: '申请人撤回', sentAt: '2026-11-23T02:00:00Z',
  }
  const calls: Record<string, (outside: Outside) => Promise<unknown>> = {
    wechat: ({ wechat }) => wechat.openIdOf('code'),
    identity: ({ identity }) => identity.check({ name: '测试', idNumber: '653101199001010005' }),
    certificates: ({ certificates }) =>
      certificates.of({ name: '测试', idNumber: '653101199001010005' }, '测试'),
    sms: ({ sms }) => sms.send('13900000001', '测试'),
    departments: ({ departments }) => departments.send('health', cancel),
  }

  const bad: Record<string, Answer> = {
    'not JSON': (_request, response) => response.end('<html>升级中</html>'),
    'JSON of the wrong shape': (_request, response) => response.end('{"match":"yes","openid":7}'),
    'nothing': (_request, response) => response.end(),
    '503': (_request, response) => response.writeHead(503).end('{"accepted":true,"id":"1"}'),
    'no answer in time': () => {},
    'half an answer': (_request, response) => {
      response.write('{"accepted":')
    },
    'a dead line': (request) => request.socket.destroy(),
    'megabytes': (_request, response) => response.end(`{"id":"${'x'.repeat(2_000_000)}"}`),
  }
  for (const [kind, answer] of Object.entries(bad)) {
    it(`${kind}: every adapter says OUTSIDE_DOWN`, async () => {
      const outside = outsideAt(await serve(answer))
      for (const [name, call] of Object.entries(calls)) {
        await expect(call(outside), name).rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
      }
    })
  }

  it('nobody there: OUTSIDE_DOWN', async () => {
    const outside = outsideAt('http://127.0.0.1:9')
    for (const call of Object.values(calls)) {
      await expect(call(outside)).rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
    }
  })

  it('a redirect is never followed', async () => {
    let visits = 0
    const elsewhere = await serve((_request, response) => {
      visits += 1
      response.end('{"accepted":true,"id":"1"}')
    })
    for (const status of [301, 302, 303, 307, 308]) {
      const outside = outsideAt(await serve((_request, response) =>
        response.writeHead(status, { location: elsewhere }).end()))
      for (const call of Object.values(calls)) {
        await expect(call(outside)).rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
      }
    }
    expect(visits).toBe(0)
  })

  it('whatever JSON comes back, an adapter gives its own shape or OUTSIDE_DOWN', async () => {
    let reply: unknown
    const outside = outsideAt(await serve((_request, response) =>
      response.end(JSON.stringify(reply))))
    const near = fc.record({
      match: fc.constantFrom(true, false, 'true', 1, null),
      data: fc.oneof(fc.object(), fc.constant({ name: 1 }), fc.constant({ name: '测试' })),
      certificates: fc.oneof(fc.array(fc.object(), { maxLength: 3 }), fc.constant([])),
      accepted: fc.constantFrom(true, 'true', false),
      id: fc.oneof(fc.string(), fc.integer()),
      openid: fc.oneof(fc.string(), fc.constant('o123456789012')),
      session_key: fc.oneof(fc.string(), fc.constant(null)),
      errcode: fc.oneof(fc.integer(), fc.constant(0)),
    }, { requiredKeys: [] })
    await fc.assert(fc.asyncProperty(fc.oneof(fc.jsonValue(), near), async (given) => {
      reply = given
      for (const [name, call] of Object.entries(calls)) {
        const end = await call(outside).then(
          (value) => ({ value }),
          (error: { code?: string }) => ({ code: error.code }))
        if ('code' in end) expect(['OUTSIDE_DOWN', 'WRONG_CODE'], name).toContain(end.code)
        else if (name === 'identity') expect(end.value).toHaveProperty('match')
        else if (name === 'certificates') expect(end.value).toEqual([])
        else if (name === 'wechat') expect(end.value).toMatch(/^[\w-]{10,64}$/)
      }
    }), { numRuns: 150 })
  })

  it('a department nobody configured is OUTSIDE_DOWN, not a call somewhere', async () => {
    const outside = outsideAt('http://127.0.0.1:9')
    await expect(outside.departments.send('forestry', cancel))
      .rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
  })

  it('what goes wrong is logged without content or address', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    const url = await serve((_request, response) => response.end('{"name":"阿依努尔"}'))
    const system = { url, secret: 'hidden-secret' }
    const outside = makeOutside({
      wechat: { ...system, appId: 'wx' }, identity: system, certificate: system, sms: system,
      departments: [],
    }, { ...rim, log })
    await outside.wechat.openIdOf('code').catch(() => {})
    await outside.identity.check({ name: '阿依努尔', idNumber: '653101199001010005' }).catch(() => {})
    expect(lines).toHaveLength(2)
    expect(lines.join()).toContain('wrong shape')
    expect(lines.join()).not.toMatch(/hidden-secret|阿依努尔|653101|127\.0\.0\.1/)
  })
})
