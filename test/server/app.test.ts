import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../server/app'
import { POLICIES } from '../../server/policies'
import { startHarness } from './harness'

const harness = await startHarness()
const { app, call, platform } = harness
const json = { 'content-type': 'application/json' }
const otp = (more: object) =>
  app.inject({ method: 'POST', url: '/v1/session/otp', headers: json, ...more })

describe('S16: every route has a policy', () => {
  it('and a row of the table that is missing stops the start', async () => {
    const { getMe: _dropped, ...policies } = POLICIES
    await expect(buildApp(platform, { policies })).rejects.toThrow('/v1/me has no policy')
  })

  it('and every policy has a route', async () => {
    const { paths } = (await app.inject('/v1/openapi.json')).json()
    const operations = Object.values<Record<string, { operationId: string }>>(paths)
      .flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(operations.sort()).toEqual(Object.keys(POLICIES).sort())
  })

  it('names who may call in the OpenAPI, with the refusals', async () => {
    const document = (await app.inject('/v1/openapi.json')).json()
    expect(document.openapi).toBe('3.1.0')
    const getMe = document.paths['/v1/me'].get
    expect(getMe['x-policy']).toEqual(['citizen'])
    expect(getMe.responses['4XX'].content['application/json'].schema.$ref)
      .toBe('#/components/schemas/Refusal')
    expect(Object.keys(document.components.schemas)).toContain('Topic')
    expect(JSON.stringify(document)).not.toContain('"$ref":"Rule')
  })

  it('by kind: nobody, somebody else', async () => {
    const me = { method: 'GET', url: '/v1/me' } as const
    expect((await call(undefined, me)).json()).toEqual({ code: 'NOT_SIGNED_IN', detail: {} })
    expect((await call(await harness.window(), me)).json().code).toBe('NOT_ALLOWED')
  })
})

describe('S33: nonsense is refused with its field, never with 500', () => {
  it.each([
    ['no JSON', { payload: '{"phone":' }, undefined],
    ['nothing', { payload: '' }, ''],
    ['another type', { payload: { phone: 13800000000 } }, 'phone'],
    ['an unknown field', { payload: { phone: '13800000000', status: 1 } }, 'status'],
    ['a missing field', { payload: {} }, 'phone'],
    ['an array', { payload: [] }, ''],
    ['text as plain text', { payload: 'x', headers: { 'content-type': 'text/plain' } }, undefined],
    ['a form', { payload: 'phone=1', headers: {
      'content-type': 'application/x-www-form-urlencoded' } }, undefined],
    ['__proto__', { payload: '{"phone":"13800000000","__proto__":{"a":1}}' }, undefined],
  ])('%s', async (_name, more, field) => {
    const response = await otp(more)
    expect([response.statusCode, response.json().code]).toEqual([400, 'MALFORMED'])
    expect(response.json().detail.ref).toBe(response.headers['x-request-id'])
    expect(response.json().detail.field).toBe(field)
  })

  it('NUL, lone surrogates and depth', async () => {
    const who = await harness.citizen({ verified: false })
    const identity = (payload: string) =>
      call(who, { method: 'POST', url: '/v1/me/identity', headers: json, payload })
    for (const name of ['"ab\\u0000"', '"ab\\ud800"']) {
      const response = await identity(`{"name":${name},"idNumber":"653101199001010009"}`)
      expect(response.json().detail).toMatchObject({ field: 'name', problem: 'text' })
    }
    const deep = await identity('{"a":'.repeat(30) + '1' + '}'.repeat(30))
    expect(deep.statusCode).toBe(400)
    const url = '/v1/topics/x%00'
    expect((await app.inject(url)).statusCode).toBe(400)
    expect((await app.inject('/v1/topics/%E0%A4%A')).json().code).toBe('MALFORMED')
    expect((await app.inject('/v1/topics/x?version=1&version=2')).statusCode).toBe(400)
  })

  it('S36: a body over 1 MB', async () => {
    const big = await otp({ payload: { phone: 'x'.repeat(1024 * 1024) } })
    expect([big.statusCode, big.json().code]).toEqual([413, 'TOO_LARGE'])
  })

  it('addresses that do not exist', async () => {
    for (const url of ['/v1/nothing', '/nothing', '/v1']) {
      const response = await app.inject(url)
      expect([response.statusCode, response.body])
        .toEqual([404, '{"code":"NOT_FOUND","detail":{}}'])
    }
    expect((await app.inject({ method: 'PATCH', url: '/v1/me' })).statusCode).toBe(404)
  })
})

it('S13: a page of another site may not act', async () => {
  const from = (headers: object) =>
    otp({
      payload: { phone: '13900000001' },
      headers: { ...json, host: 'one-thing.test', ...headers },
    })
  expect((await from({ origin: 'https://evil.test' })).statusCode).toBe(403)
  expect((await from({ origin: 'null' })).statusCode).toBe(403)
  expect((await from({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
  expect((await from({ origin: 'http://one-thing.test' })).statusCode).toBe(200)
})

it('S59: headers', async () => {
  const { headers } = await app.inject('/v1/topics')
  expect(headers['content-security-policy']).toContain("object-src 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')
  expect(headers['permissions-policy']).toMatch(/^camera=\(self\), microphone=\(\), geolocation=\(\)/)
  expect(headers['x-powered-by']).toBeUndefined()
  const mine = await call(await harness.citizen(), { method: 'GET', url: '/v1/topics' })
  expect(mine.headers['cache-control']).toBe('no-store')
})

it('S45: limits an address, whatever it says it is, and tells when to come back', async () => {
  const strict = await buildApp(platform, { requestsPerMinute: 5 })
  const replies = []
  for (let n = 0; n < 6; n++) {
    const headers = { 'x-forwarded-for': `1.2.3.${n}` }
    replies.push(await strict.inject({ url: '/v1/topics', headers }))
  }
  await strict.close()
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 429])
  expect(Number(replies[5]!.headers['retry-after'])).toBeGreaterThan(0)
  expect(replies[5]!.json().code).toBe('TOO_MANY_REQUESTS')
})

describe('under too much work', () => {
  const busy = (ms: number) => {
    const until = performance.now() + ms
    while (performance.now() < until);
  }
  const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  it('refuses, and is there again as soon as it can be', async () => {
    const lagging = await buildApp(platform, { mostLagMs: 150 })
    const answers = []
    for (let round = 0; round < 20 && answers.at(-1) !== 503; round += 1) {
      busy(400)
      await turns(0)
      answers.push((await lagging.inject('/v1/topics')).statusCode)
    }
    expect(answers.at(-1)).toBe(503)
    await expect.poll(async () => (await lagging.inject('/v1/topics')).statusCode, { timeout: 30_000 })
      .toBe(200)
    await lagging.close()
  })

  it('does not take a start, of which nothing is measured yet, for it', async () => {
    const fresh = await buildApp(platform, {})
    busy(1_200)
    await turns(0)
    expect((await fresh.inject('/v1/topics')).statusCode).toBe(200)
    await fresh.close()
  })
})

describe('S49: a signed call', () => {
  const signed = (more: object = {}) =>
    harness.signed('health', { method: 'GET', url: '/v1/topics', ...more })

  it('counts once, in time, and unforged', async () => {
    expect((await signed()).json().code).toBe('BAD_SIGNATURE')
    harness.world.ownSystems.add('health')
    const nonce = 'a'.repeat(32)
    expect((await signed({ nonce })).statusCode).toBe(200)
    expect((await signed({ nonce })).json()).toEqual({ code: 'BAD_SIGNATURE', detail: {} })
    expect((await signed({ secret: 'guessed' })).statusCode).toBe(401)
    const at = (ms: number) => ({ at: new Date(harness.clock.now.getTime() + ms) })
    expect((await signed(at(-299_000))).statusCode).toBe(200)
    expect((await signed(at(-301_000))).statusCode).toBe(401)
    expect((await signed(at(301_000))).statusCode).toBe(401)
    expect((await signed({ url: '/v1/me' })).json().code).toBe('NOT_ALLOWED')
  })
})

it('serves the app: its files, its page for its own addresses, nothing else', async () => {
  const appDir = await mkdtemp(join(tmpdir(), 'one-thing-h5-'))
  await writeFile(join(appDir, 'index.html'), '<html><script>var a = 1</script></html>')
  await writeFile(join(appDir, 'app.js'), 'console.log(1)')
  const served = await buildApp(platform, { appDir })
  const page = await served.inject('/pages/case/index?id=1')
  expect(page.body).toContain('<html>')
  expect(page.headers['permissions-policy']).toContain('camera=(self)')
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[\w+/=]+';/)
  expect((await served.inject('/app.js')).headers['content-type']).toContain('javascript')
  expect((await served.inject('/')).body).toContain('<html>')
  for (const url of ['/missing.js', '/v1/nothing', '/../package.json', '/.git/config']) {
    expect((await served.inject(url)).body, url).not.toContain('<html>')
  }
  await served.close()
})

it('carries the app lightly: compressed, kept for good where the name says what is in it', async () => {
  const appDir = await mkdtemp(join(tmpdir(), 'one-thing-h5-'))
  await writeFile(join(appDir, 'index.html'), '<html><head></head></html>')
  const script = 'console.log(1)\n'.repeat(500)
  await writeFile(join(appDir, 'app.0123abcd.js'), script)
  await writeFile(join(appDir, 'app.0123abcd.js.br'), brotliCompressSync(script))
  await writeFile(join(appDir, 'sw.js'), script)
  const served = await buildApp(platform, { appDir })
  const ask = (url: string) => served.inject({ url, headers: { 'accept-encoding': 'br, gzip' } })
  const named = await ask('/app.0123abcd.js')
  expect(named.headers).toMatchObject({
    'content-encoding': 'br', 'cache-control': expect.stringMatching(/immutable/),
  })
  expect(brotliDecompressSync(named.rawPayload).toString()).toBe(script)
  expect((await ask('/sw.js')).headers['cache-control']).toBe('no-cache')
  const topics = await ask('/v1/topics')
  expect(topics.headers['content-encoding']).toBe('br')
  expect(JSON.parse(brotliDecompressSync(topics.rawPayload).toString())).toHaveProperty('topics')
  expect((await served.inject('/v1/topics')).headers['content-encoding']).toBeUndefined()
  await served.close()
})

it('shows a topic where a link to it is shared, and nothing a stranger wrote', async () => {
  const appDir = await mkdtemp(join(tmpdir(), 'one-thing-h5-'))
  await writeFile(join(appDir, 'index.html'), '<html><head></head></html>')
  const served = await buildApp(platform, { appDir })
  const [topic] = platform.catalogue.topics
  const card = async (url: string) => (await served.inject(url)).body
  expect(await card(`/pages/topic/index?topic=${topic!.id}`))
    .toContain(`<meta property="og:title" content="${topic!.title} · 一次办好">`)
  expect(await card('/pages/home/index')).toContain('content="喀什一件事"')
  expect(await card('/pages/topic/index?topic=%22%3E%3Cscript%3E')).not.toContain('<script>')
  await served.close()
})

it('starts the files of the page asked for together with the app', async () => {
  const appDir = await mkdtemp(join(tmpdir(), 'one-thing-h5-'))
  await writeFile(join(appDir, 'index.html'), '<html><head></head></html>')
  await writeFile(join(appDir, 'page-files.json'), JSON.stringify({
    '/pages/home/index': ['/js/1.0123abcd.js', '/css/1.0123abcd.css'], '/pages/find/index': [],
  }))
  const served = await buildApp(platform, { appDir })
  const preloads = async (url: string) =>
    [...(await served.inject(url)).body.matchAll(/<link rel="preload" [^>]*>/g)].map(([tag]) => tag)
  const home = [
    '<link rel="preload" as="script" href="/js/1.0123abcd.js">',
    '<link rel="preload" as="style" href="/css/1.0123abcd.css">',
  ]
  expect(await preloads('/')).toEqual(home)
  expect(await preloads('/pages/home/index?from=chat')).toEqual(home)
  expect(await preloads('/pages/find/index')).toEqual([])
  expect(await preloads('/pages/unknown/index')).toEqual([])
  await served.close()
})

it('tells that it lives', async () => {
  expect((await app.inject('/v1/health')).json()).toEqual({ ok: true })
})
