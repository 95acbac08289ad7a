import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigRefused, type Env, readConfig } from '../../../server/config'
import { loadDemoSecrets } from '../../../server/demo-secrets'

const folder = await mkdtemp(join(tmpdir(), 'one-thing-keys-'))
afterAll(() => rm(folder, { recursive: true }))

const master = (n: number) =>
  Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 7 + n) % 256)).toString('base64')
const secret = (n: number) => `${n}f3b6c1d9a7e24085b6f1c3d2e9a80417`

const PRODUCTION: Env = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://yijianshi.kashi.gov.cn',
  KEYS: `1:${master(1)}`,
  WECHAT_URL: 'https://api.weixin.qq.com',
  WECHAT_APP_ID: 'wx1234567890abcdef',
  WECHAT_SECRET: secret(1),
  IDENTITY_URL: 'https://identity.gov.cn',
  IDENTITY_SECRET: secret(2),
  CERTIFICATE_URL: 'https://certificate.gov.cn',
  CERTIFICATE_SECRET: secret(3),
  SMS_URL: 'https://sms.gov.cn',
  SMS_SECRET: secret(4),
  DEPARTMENT_SYSTEMS: JSON.stringify([
    { departmentId: 'health', url: 'https://health.gov.cn', keyId: 'k1', secret: secret(5) },
  ]),
}

function problemsOf(env: Env): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigRefused) return error.problems
    throw error
  }
}

describe('a training room', () => {
  const room = { KEYS: `1:${master(1)}`, TRAINING: '1' }

  it('keeps its data apart from a demonstration', () => {
    expect(readConfig(room)).toMatchObject({ training: true, dataDir: './data-training' })
    expect(readConfig({ ...room, TRAINING: '' })).toMatchObject({ training: false, dataDir: './data' })
    expect(readConfig({ ...room, DATA_DIR: 'here' })).toMatchObject({ dataDir: 'here' })
  })

  it('is never a production', () => {
    expect(problemsOf({ ...PRODUCTION, TRAINING: '1' })).toEqual([expect.stringContaining('TRAINING')])
  })
})

describe('production (S6)', () => {
  it('starts with every setting in place', () => {
    expect(problemsOf(PRODUCTION)).toEqual([])
    expect(readConfig(PRODUCTION)).toMatchObject({ production: true, port: 8080 })
  })

  it('lists everything that is missing at once, by name', () => {
    const { problems } = new ConfigRefused(problemsOf({ NODE_ENV: 'production' }))
    for (const name of Object.keys(PRODUCTION).filter((key) => key !== 'NODE_ENV')) {
      expect(problems.some((text) => text === `${name} is missing`), name).toBe(true)
    }
    expect(problems).toHaveLength(12)
  })

  const department = (change: object) =>
    JSON.stringify([
      { departmentId: 'health', url: 'https://h.gov.cn', keyId: 'k', secret: secret(5), ...change },
    ])
  it.each<[string, Env, string]>([
    ['a demo secret', { SMS_SECRET: `demo-${secret(1)}` }, 'SMS_SECRET is a demo'],
    ['a default secret', { WECHAT_SECRET: `change-me-${secret(1)}` }, 'WECHAT_SECRET is a demo'],
    ['a short secret', { IDENTITY_SECRET: 'f3b6c1d9' }, 'IDENTITY_SECRET must have at least 32'],
    ['a stand-in', { IDENTITY_URL: 'https://127.0.0.1:8081' }, 'IDENTITY_URL points to this'],
    ['localhost', { SMS_URL: 'https://LOCALHOST./sms' }, 'SMS_URL points to this'],
    ['IPv6 loopback', { SMS_URL: 'https://[::1]/sms' }, 'SMS_URL points to this'],
    ['mapped loopback', { SMS_URL: 'https://[::ffff:127.0.0.1]/' }, 'SMS_URL points to this'],
    ['a number as loopback', { SMS_URL: 'https://2130706433/' }, 'SMS_URL points to this'],
    ['plain http', { CERTIFICATE_URL: 'http://c.gov.cn' }, 'CERTIFICATE_URL must be https'],
    ['no address', { CERTIFICATE_URL: 'nowhere' }, 'CERTIFICATE_URL is not an http(s) address'],
    ['a demo clock', { MOCK_SPEED: '60' }, 'MOCK_SPEED is for demos only'],
    ['a short key', { KEYS: 'c2hvcnQ=' }, 'KEYS: key 1 must be base64 of at least 32'],
    ['an all-zero key', { KEYS: Buffer.alloc(32).toString('base64') }, 'KEYS: key 1 is not random'],
    ['a key id twice', { KEYS: `1:${master(1)},1:${master(2)}` }, 'KEYS: id 1 is given twice'],
    ['a bad port', { PORT: 'http' }, 'PORT must be a number'],
    ['a broken list', { DEPARTMENT_SYSTEMS: '{' }, 'DEPARTMENT_SYSTEMS is not JSON'],
    ['a wrong list', { DEPARTMENT_SYSTEMS: '[{}]' }, 'DEPARTMENT_SYSTEMS must be a list'],
    [
      'a department stand-in',
      { DEPARTMENT_SYSTEMS: department({ url: 'https://localhost:1' }) },
      'DEPARTMENT_SYSTEMS[health].url points',
    ],
    [
      'a department demo secret',
      { DEPARTMENT_SYSTEMS: department({ secret: `demo-${secret(5)}` }) },
      'DEPARTMENT_SYSTEMS[health].secret is a demo',
    ],
  ])('refuses %s, and says which', (_, change, problem) => {
    const problems = problemsOf({ ...PRODUCTION, ...change })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it('refuses the secrets of a demo', async () => {
    const { KEYS: _, ...demo } = await loadDemoSecrets(folder)
    expect(problemsOf({ ...PRODUCTION, ...demo })).toHaveLength(4)
  })

  it('never quotes a secret', () => {
    const problems = problemsOf({ ...PRODUCTION, SMS_SECRET: 'demo-hunter2' })
    expect(problems.join()).not.toContain('hunter2')
  })
})

describe('demo', () => {
  it('needs nothing but the secrets it makes itself, which stay the same', async () => {
    const secrets = await loadDemoSecrets(folder)
    expect(await loadDemoSecrets(folder)).toEqual(secrets)
    expect((await stat(join(folder, 'keys.json'))).mode & 0o777).toBe(0o600)
    expect(readConfig({ ...secrets, PORT: '9000' })).toMatchObject({
      production: false,
      publicUrl: 'http://127.0.0.1:9000',
      sms: { url: 'http://127.0.0.1:9001/sms', secret: secrets.SMS_SECRET },
    })
  })
})

describe('keys', () => {
  it('are derived apart, and a new key seals while the index stays', () => {
    const one = readConfig(PRODUCTION).keys
    const two = readConfig({ ...PRODUCTION, KEYS: `1:${master(1)},2:${master(2)}` }).keys
    expect(two.field.current).toBe(2)
    expect(two.field.keys.get(1)).toEqual(one.field.keys.get(1))
    expect(two.index).toEqual(one.index)
    expect(two.session).not.toEqual(one.session)
    expect(one.index).not.toEqual(one.field.keys.get(1))
  })
})
