import { randomUUID } from 'node:crypto'
import { type IncomingHttpHeaders, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutsideCancel, OutsideTask } from '../../core/contract/outside'
import { judge } from '../../core/values'
import { readCatalogue } from '../../mock/catalogue'
import { startDepartment } from '../../mock/department'
import type { Service } from '../../mock/service'
import { makeOutside, type Outside } from '../../server/outside'
import { signRequest, verifySignature } from '../../server/outside/signature'

interface Callback {
  url: string
  body: Record<string, unknown> & { do?: string; requestId?: string }
}

const KEY = { keyId: 'demo-health', secret: 'demo-secret-of-the-department' }
const JPEG = Buffer.from('ffd8ffe000104a46494600010100', 'hex')
const PHOTO = '11111111-1111-4111-8111-111111111111'

/** A platform as small as can be: checks signatures, keeps callbacks, serves one photo. */
class Receiver {
  readonly callbacks: Callback[] = []
  photo = JPEG
  away = false
  readonly forged: string[] = []
  url = ''
  private readonly server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts)
      if (this.away) return response.writeHead(503).end()
      const { method = '', url = '', headers } = request
      if (!this.signed({ method, path: url, body, headers })) return response.writeHead(401).end()
      if (method === 'GET') {
        return response.writeHead(200, { 'content-type': 'image/jpeg' }).end(this.photo)
      }
      this.callbacks.push({ url, body: JSON.parse(body.toString('utf8')) })
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"state":"received"}')
    })
  })

  private signed(request: {
    method: string
    path: string
    body: Buffer
    headers: IncomingHttpHeaders
  }) {
    const secretOf = (id: string) => (id === KEY.keyId ? KEY.secret : undefined)
    const { ok } = verifySignature(request, secretOf, new Date())
    if (!ok) this.forged.push(request.path)
    return ok
  }

  async open() {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
    const { port } = this.server.address() as AddressInfo // listening on a port
    this.url = `http://127.0.0.1:${port}`
  }

  close() {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(done))
  }
}

let platform: Receiver
let department: Service
let outside: Outside

beforeEach(async () => {
  platform = new Receiver()
  await platform.open()
  department = await startDepartment({
    key: KEY, serverUrl: platform.url, stepSeconds: 0.05, gives: readCatalogue('catalogue').gives,
  })
  const system = { url: 'http://127.0.0.1:9', secret: '' }
  outside = makeOutside({
    wechat: { ...system, appId: '' }, identity: system, certificate: system, sms: system,
    departments: [{ departmentId: 'health', url: `${department.url}/v1/tasks`, ...KEY }],
  }, {
    now: () => new Date(), newNonce: randomUUID, log: pino({ level: 'silent' }), timeoutMs: 500,
  })
})
afterEach(async () => {
  await department.close()
  await platform.close()
})

const task = (changes: Partial<OutsideTask> = {}): OutsideTask => ({
  taskId: `${randomUUID()}.1`,
  number: 'YJS65310106202611230000110-01',
  itemId: 'birth-registration',
  itemName: '出生登记',
  department: 'health',
  regionCode: '653101',
  dueOn: '2026-11-24',
  round: 0,
  form: { 'child.name': '测试·婴儿', 'child.bornAt': '2026-11-13 09:42' },
  materials: [{
    key: 'mother.household-register', name: '居民户口簿', certificateId: null,
    files: [{
      id: PHOTO, type: 'image/jpeg', sha256: 'a'.repeat(64), url: `/v1/materials/${PHOTO}/file`,
    }],
  }],
  results: [],
  feedback: '/v1/outside/tasks/7.1/feedback',
  sentAt: '2026-11-23T02:00:00.000Z',
  ...changes,
})

const send = (message: OutsideTask | OutsideCancel) => outside.departments.send('health', message)
const behave = (behaviour: object) => fetch(`${department.url}/admin/behaviour`, {
  method: 'POST', body: JSON.stringify(behaviour),
})
const did = () => platform.callbacks.map(({ body }) => body.do)
const until = (actions: string[]) => expect.poll(did, { timeout: 5000 }).toEqual(actions)
const quiet = () => new Promise((done) => setTimeout(done, 400))

describe('a demo department', () => {
  it('receives, looks at the photos and approves, with the data its result gives', async () => {
    await send(task())
    await until(['receive', 'approve'])
    // checked next
    const { gives } = platform.callbacks[1]!.body as { gives: Record<string, string> }
    const minted = gives['child.idNumber']!
    expect(minted.slice(0, 17)).toBe('65310120261113000')
    expect(judge({ type: 'idNumber' }, minted)).toBeUndefined()
    const { tasks } = await (await fetch(`${department.url}/admin/tasks`)).json()
    expect(tasks[0].photos).toMatchObject([{ ok: true, type: 'image/jpeg', bytes: JPEG.length }])
    expect(platform.forged).toEqual([])
  })

  it('mints a number for a birth certificate, nothing for other items', async () => {
    await send(task({ itemId: 'birth-medical-certificate' }))
    await until(['receive', 'approve'])
    const [, { body }] = platform.callbacks as [Callback, Callback]
    const number = expect.stringMatching(/^Y\d{9}$/)
    expect(body.gives).toEqual({ 'child.birthCertificateNumber': number })
    await send(task({ itemId: 'vaccination-booklet' }))
    await until(['receive', 'approve', 'receive', 'approve'])
    expect(platform.callbacks[3]!.body).not.toHaveProperty('gives')
  })

  it('asks for a correction once, then approves what comes back', async () => {
    const asks = [{ kind: 'field', key: 'child.name', reason: '和出生证明不一致' }]
    await behave({ then: 'correct', asks })
    const first = task()
    await send(first)
    await until(['receive', 'request-correction'])
    expect(platform.callbacks[1]!.body.asks).toEqual(asks)
    await send({ ...first, round: 1 })
    await until(['receive', 'request-correction', 'approve'])
  })

  it('asks again for a photo that is no picture', async () => {
    platform.photo = Buffer.from('<svg onload=alert(1)>')
    await send(task())
    await until(['receive', 'request-correction'])
    expect(platform.callbacks[1]!.body.asks).toMatchObject([
      { kind: 'material', key: 'mother.household-register' },
    ])
  })

  it('rejects with the reason it was given; one item can differ from the others', async () => {
    await behave({ itemId: 'birth-registration', then: 'reject', reason: '已经登记过户口。' })
    await send(task())
    await until(['receive', 'reject'])
    expect(platform.callbacks[1]!.body.reason).toBe('已经登记过户口。')
    await send(task({ itemId: 'vaccination-booklet' }))
    await until(['receive', 'reject', 'receive', 'approve'])
  })

  it('stays silent', async () => {
    await behave({ then: 'silent' })
    await send(task())
    await quiet()
    expect(did()).toEqual([])
  })

  it('the same task sent twice is worked on once', async () => {
    const one = task()
    await send(one)
    await send(one)
    await until(['receive', 'approve'])
    await quiet()
    expect(did()).toEqual(['receive', 'approve'])
  })

  it('its request ids are UUIDs that a repeated answer repeats', async () => {
    const one = task({ taskId: '7.1' })
    await send(one)
    await until(['receive', 'approve'])
    const ids = platform.callbacks.map(({ body }) => body.requestId)
    expect(new Set(ids).size).toBe(2)
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
    for (const id of ids) expect(id).toMatch(uuid)
    await department.close()
    department = await startDepartment({
      key: KEY, serverUrl: platform.url, stepSeconds: 0.05, gives: new Map(),
      port: Number(new URL(department.url).port),
    })
    // The first may still go down the closed line; the outbox would try again too.
    await send(one).catch(() => send(one))
    await until(['receive', 'approve', 'receive', 'approve'])
    expect(platform.callbacks.slice(2).map(({ body }) => body.requestId)).toEqual(ids)
  })

  it('waits for a platform that is away', async () => {
    platform.away = true
    await send(task())
    await quiet()
    expect(did()).toEqual([])
    platform.away = false
    await until(['receive', 'approve'])
  })

  it('stops when the case is withdrawn', async () => {
    await behave({ then: 'approve', delayMs: 300 })
    const one = task()
    await send(one)
    await send({ taskId: one.taskId, cancelled: true, reason: '撤回', sentAt: one.sentAt })
    await new Promise((done) => setTimeout(done, 900))
    expect(did()).toEqual([])
  })

  it('down, slow and junk are OUTSIDE_DOWN to us; junk also calls back nonsense', async () => {
    for (const then of ['down', 'slow', 'junk']) {
      await behave({ then, delayMs: 2000 })
      await expect(send(task({ itemId: `item-${then}` })), then)
        .rejects.toMatchObject({ code: 'OUTSIDE_DOWN' })
    }
    await expect.poll(() => platform.callbacks.length, { timeout: 5000 }).toBe(3)
    expect(did()).toEqual(['approve-everything', 'approve', undefined])
  })

  it('refuses a forged, replayed or misshapen task', async () => {
    const url = `${department.url}/v1/tasks`
    const body = JSON.stringify(task())
    const signed = (key: typeof KEY, content = body) => signRequest(
      { method: 'POST', path: '/v1/tasks', body: content }, key,
      { now: new Date(), nonce: randomUUID() })
    const post = async (headers: object, content = body) =>
      (await fetch(url, { method: 'POST', headers: { ...headers }, body: content })).status
    expect(await post({})).toBe(401)
    expect(await post(signed({ ...KEY, secret: 'other' }))).toBe(401)
    expect(await post(signed(KEY), body.replace('653101', '653121'))).toBe(401)
    expect(await post(signed(KEY, '{"taskId":"7.1"}'), '{"taskId":"7.1"}')).toBe(400)
    const once = signed(KEY)
    expect(await post(once)).toBe(202)
    expect(await post(once)).toBe(401)
  })
})
