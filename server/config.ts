/**
 * Everything the server is told from outside, read once. In a demo what is missing is filled in;
 * NODE_ENV=production starts only with every setting present and none left from a demo (S6).
 */
import { hkdfSync } from 'node:crypto'
import type { KeyRing } from './crypto'
import { type WechatTemplates, readTemplates } from './messages/templates'

export type Env = Record<string, string | undefined>

/** An outside system: where it is and the secret both sides sign with. */
export interface Outside {
  url: string
  secret: string
}

export interface DepartmentSystem extends Outside {
  departmentId: string
  keyId: string
}

export interface Config {
  production: boolean
  /** 培训: invented people and cases to practise on; never in production */
  training: boolean
  host: string
  port: number
  dataDir: string
  /** absent: the embedded PostgreSQL in dataDir */
  databaseUrl?: string
  publicUrl: string
  keys: {
    /** seals fields and files */
    field: KeyRing
    /** blind indexes and blob names; from the lowest key id, which must stay when keys are added */
    index: Buffer
    /** of the newest key id; drafts on phones, links */
    session: Buffer
  }
  wechat: Outside & { appId: string; templates: WechatTemplates }
  identity: Outside
  certificate: Outside
  sms: Outside
  departments: DepartmentSystem[]
  /** PKCS#8 key and certificates (the signer's first) in PEM; a demo makes up its own */
  seal?: { key: string; certificates: string }
}

/** Settings the server can't start with. The text lists every one of them. */
export class ConfigRefused extends Error {
  override name = 'ConfigRefused'
  constructor(readonly problems: string[]) {
    super(`Cannot start with these settings:\n${problems.map((text) => `- ${text}`).join('\n')}`)
  }
}

const NEEDED = ['PUBLIC_URL', 'KEYS', 'WECHAT_URL', 'WECHAT_APP_ID', 'WECHAT_SECRET']
NEEDED.push('IDENTITY_URL', 'IDENTITY_SECRET', 'CERTIFICATE_URL', 'CERTIFICATE_SECRET')
NEEDED.push('SMS_URL', 'SMS_SECRET', 'DEPARTMENT_SYSTEMS')
const LEAST_SECRET_BYTES = 32
const DEMO_MARKS = /demo|change-?me|example|default|password/i

/**
 * @param env  in a demo, with the secrets of demo-secrets.ts beneath
 * @throws ConfigRefused with all problems at once
 */
export function readConfig(env: Env): Config {
  const production = env.NODE_ENV === 'production'
  const problems: string[] = []
  if (production) {
    for (const name of NEEDED) if (!env[name]) problems.push(`${name} is missing`)
    if (env.MOCK_SPEED) problems.push('MOCK_SPEED is for demos only: remove it')
    if (env.TRAINING) problems.push('TRAINING is for training rooms only: remove it')
  }
  const port = readPort(env, problems)
  const config = {
    production,
    training: !production && env.TRAINING === '1',
    host: env.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    port,
    dataDir: dataDirOf(env),
    databaseUrl: env.DATABASE_URL || undefined,
    publicUrl: env.PUBLIC_URL ?? `http://127.0.0.1:${port}`,
    keys: readKeys(env, problems),
    ...readOutside(env, port, problems),
    departments: readDepartments(env, problems),
    seal: readSeal(env, problems),
  }
  checkAddresses(config, problems)
  if (production) checkProduction(config, problems)
  if (problems.length > 0) throw new ConfigRefused(problems)
  return config
}

/** A training room keeps its data apart from a demonstration's. */
export function dataDirOf({ DATA_DIR, TRAINING }: Env): string {
  return DATA_DIR || (TRAINING === '1' ? './data-training' : './data')
}

function readPort({ PORT }: Env, problems: string[]): number {
  const port = Number(PORT || 8080)
  if (!(port >= 0 && port <= 65_535)) problems.push('PORT must be a number from 0 to 65535')
  return port
}

/** Stand-ins of a demo listen together on MOCK_PORT, by default the port after ours. */
function readOutside(env: Env, port: number, problems: string[]) {
  const mocks = `http://127.0.0.1:${env.MOCK_PORT ?? port + 1}`
  const outside = (name: string) => ({
    url: env[`${name}_URL`] ?? `${mocks}/${name.toLowerCase()}`,
    secret: env[`${name}_SECRET`] ?? '',
  })
  return {
    wechat: {
      ...outside('WECHAT'),
      appId: env.WECHAT_APP_ID ?? 'wx0000000000000000',
      templates: readTemplates(env, problems),
    },
    identity: outside('IDENTITY'),
    certificate: outside('CERTIFICATE'),
    sms: outside('SMS'),
  }
}

/** KEYS is `id:base64,id:base64` or one bare base64 (id 1); the highest id seals new values. */
function readKeys(env: Env, problems: string[]): Config['keys'] {
  const masters = new Map<number, Buffer>()
  for (const entry of (env.KEYS ?? '').split(',').filter(Boolean)) {
    const [, id = '1', base64 = ''] = /^(?:(\d{1,5}):)?(.*)$/.exec(entry.trim()) ?? []
    const master = Buffer.from(base64, 'base64')
    if (master.length < LEAST_SECRET_BYTES) {
      problems.push(`KEYS: key ${id} must be base64 of at least ${LEAST_SECRET_BYTES} bytes`)
    } else if (new Set(master).size < 8) problems.push(`KEYS: key ${id} is not random`)
    if (Number(id) > 65_535 || masters.has(Number(id))) {
      problems.push(`KEYS: id ${id} is given twice or over 65535`)
    }
    masters.set(Number(id), master)
  }
  if (masters.size === 0 && env.NODE_ENV !== 'production') problems.push('KEYS is missing')
  const ids = [...masters.keys()].sort((a, b) => a - b)
  const current = ids.at(-1) ?? 0
  const oldest = masters.get(ids[0] ?? 0) ?? Buffer.alloc(0)
  const newest = masters.get(current) ?? Buffer.alloc(0)
  const fields = ids.map((id) => [id, derive(masters.get(id) ?? oldest, 'field')] as const)
  return {
    field: { current, keys: new Map(fields) },
    index: derive(oldest, 'index'),
    session: derive(newest, 'session'),
  }
}

function readSeal({ SEAL_KEY: key, SEAL_CERTIFICATES: certificates }: Env, problems: string[]) {
  if (!key && !certificates) return undefined
  if (key && certificates) return { key, certificates }
  problems.push('SEAL_KEY and SEAL_CERTIFICATES come together')
  return undefined
}

function derive(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `one-thing ${purpose} v1`, 32))
}

function readDepartments(env: Env, problems: string[]): DepartmentSystem[] {
  let list: unknown
  try {
    list = JSON.parse(env.DEPARTMENT_SYSTEMS || '[]')
  } catch {
    // The parser's text quotes the setting, which holds secrets.
    problems.push('DEPARTMENT_SYSTEMS is not JSON')
    return []
  }
  if (Array.isArray(list) && list.every(isDepartmentSystem)) return list
  problems.push('DEPARTMENT_SYSTEMS must be a list of {departmentId, url, keyId, secret}')
  return []
}

function isDepartmentSystem(given: unknown): given is DepartmentSystem {
  if (typeof given !== 'object' || given === null) return false
  const fields = new Map(Object.entries(given))
  return ['departmentId', 'url', 'keyId', 'secret'].every(
    (name) => typeof fields.get(name) === 'string' && fields.get(name) !== '',
  )
}

function checkAddresses(config: Config, problems: string[]): void {
  for (const { name, url } of addresses(config)) {
    if (!/^https?:$/.test(parseUrl(url)?.protocol ?? '')) {
      problems.push(`${name} is not an http(s) address`)
    }
  }
}

function checkProduction(config: Config, problems: string[]): void {
  const present = new Set(problems.map((text) => text.split(' ')[0]))
  for (const { name, url } of addresses(config)) {
    if (present.has(name)) continue
    const host = parseUrl(url)?.hostname ?? ''
    if (isLoopback(host)) problems.push(`${name} points to this machine, as a stand-in would`)
    else if (!url.startsWith('https:')) problems.push(`${name} must be https`)
  }
  for (const { name, secret } of secrets(config)) {
    if (present.has(name)) continue
    if (Buffer.byteLength(secret) < LEAST_SECRET_BYTES) {
      problems.push(`${name} must have at least ${LEAST_SECRET_BYTES} bytes`)
    }
    if (DEMO_MARKS.test(secret)) problems.push(`${name} is a demo or default secret`)
  }
}

function addresses({ wechat, identity, certificate, sms, ...config }: Config) {
  return [
    { name: 'PUBLIC_URL', url: config.publicUrl },
    { name: 'WECHAT_URL', url: wechat.url },
    { name: 'IDENTITY_URL', url: identity.url },
    { name: 'CERTIFICATE_URL', url: certificate.url },
    { name: 'SMS_URL', url: sms.url },
    ...config.departments.map(({ departmentId, url }) => ({
      name: `DEPARTMENT_SYSTEMS[${departmentId}].url`,
      url,
    })),
  ]
}

function secrets({ wechat, identity, certificate, sms, departments }: Config) {
  return [
    { name: 'WECHAT_SECRET', secret: wechat.secret },
    { name: 'IDENTITY_SECRET', secret: identity.secret },
    { name: 'CERTIFICATE_SECRET', secret: certificate.secret },
    { name: 'SMS_SECRET', secret: sms.secret },
    ...departments.map(({ departmentId, secret }) => ({
      name: `DEPARTMENT_SYSTEMS[${departmentId}].secret`,
      secret,
    })),
  ]
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return /^127\./.test(name) || /^(::1?|0\.0\.0\.0|::ffff:7f.*)$/.test(name)
}
