import { describe, expect, it } from 'vitest'
import type { SharedCertificate } from '../../core/contract/session'
import { anyIdNumber, type SignedIn, startHarness } from './harness'

const harness = await startHarness()
const { call, world } = harness

const identify = (who: SignedIn, name: string, idNumber: string) =>
  call(who, { method: 'POST', url: '/v1/me/identity', payload: { name, idNumber } })
const get = (who: SignedIn, path: string) => call(who, { method: 'GET', url: `/v1/me${path}` })

describe('实名核验', () => {
  it('keeps name and number sealed, and shows the number masked', async () => {
    const who = await harness.citizen({ verified: false })
    const idNumber = anyIdNumber()
    const me = (await identify(who, '古丽·艾合买提', idNumber)).json()
    expect(me).toMatchObject({ id: who.id, name: '古丽·艾合买提', verified: true })
    expect(me.idNumber).toBe(`${idNumber.slice(0, 4)}${'*'.repeat(10)}${idNumber.slice(-4)}`)
    expect(me.phone).toMatch(/^138\*{4}\d{4}$/)
    const [row] = await harness.asOwner(
      'select p::text as row from people p where id = $1', [who.id])
    for (const secret of [idNumber, '古丽', who.phone]) {
      expect(row!.row).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  it('refuses what does not match, five times an hour, without asking about nonsense', async () => {
    const who = await harness.citizen({ verified: false })
    const idNumber = anyIdNumber()
    world.names.set(idNumber, '别人')
    expect((await identify(who, '古丽', idNumber)).json().code).toBe('IDENTITY_MISMATCH')
    world.down.add('identity')
    expect((await identify(who, '古丽', '653101199001010000')).json().code).toBe('IDENTITY_MISMATCH')
    expect((await identify(who, '古丽', idNumber)).json().code).toBe('OUTSIDE_DOWN')
    world.down.delete('identity')
    for (let n = 3; n < 5; n++) await identify(who, '古丽', idNumber)
    const late = await identify(who, '别人', idNumber)
    expect(late.json()).toEqual({ code: 'TOO_MANY_REQUESTS', detail: { seconds: 3600 } })
  })

  it('gives one ID number one account, also when two ask at once', async () => {
    const idNumber = anyIdNumber()
    const newcomer = () => harness.citizen({ verified: false })
    const two = [await newcomer(), await newcomer()]
    const replies = await Promise.all(two.map((who) => identify(who, '古丽', idNumber)))
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403])
    expect(replies.find(({ statusCode }) => statusCode === 403)?.json()).toEqual({
      code: 'NOT_ALLOWED', detail: { reason: 'verified-on-another-account' },
    })
  })

  it('is done once: the same again is fine, another person is not', async () => {
    const idNumber = anyIdNumber()
    const who = await harness.citizen({ name: '古丽', idNumber })
    expect((await identify(who, '古丽', idNumber)).statusCode).toBe(200)
    expect((await identify(who, '古丽', anyIdNumber())).json().detail)
      .toEqual({ reason: 'verified-as-another' })
  })

  it('is done once also when two identities of one account are checked at once', async () => {
    const who = await harness.citizen({ verified: false })
    const numbers = [anyIdNumber(), anyIdNumber()]
    const replies = await Promise.all(numbers.map((number) => identify(who, '古丽', number)))
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 403])
    const number = anyIdNumber()
    const twice = await harness.citizen({ verified: false })
    const same = await Promise.all([1, 2].map(() => identify(twice, '古丽', number)))
    expect(same.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  })
})

it('keeps region and elder mode, and refuses what it does not serve', async () => {
  const who = await harness.citizen()
  const change = (payload: object) => call(who, { method: 'PUT', url: '/v1/me', payload })
  expect((await change({ elder: true })).json()).toMatchObject({ elder: true, region: null })
  const moved = await change({ region: '653121' })
  expect(moved.json()).toMatchObject({ elder: true, region: '653121' })
  expect((await change({ region: '110101' })).json().detail).toMatchObject({ field: 'region' })
  expect((await change({ verified: true })).json().detail).toMatchObject({ field: 'verified' })
})

describe('电子证照', () => {
  const certificate: SharedCertificate = {
    id: 'c1', type: 'marriage-certificate', name: '结婚证', number: 'J653101-2020-000001',
    holder: 'me', holderName: '古丽', issuer: '喀什市民政局', issuedOn: '2020-05-20',
    validUntil: null,
    people: { spouse: { name: '买买提' }, me: { name: '旧名', ethnicity: 'uyghur' } },
  }

  it('need the real-name check first', async () => {
    const who = await harness.citizen({ verified: false })
    expect((await get(who, '/certificates')).json().code).toBe('IDENTITY_REQUIRED')
  })

  it('come masked, merged by relation, and leave a row that says what for', async () => {
    world.certificates = [certificate]
    world.identityData = { sex: 'female' }
    const idNumber = anyIdNumber()
    const who = await harness.citizen({ name: '古丽', idNumber })
    const [topic] = harness.platform.catalogue.topics
    const shared = (await get(who, `/certificates?topicId=${topic!.id}`)).json()
    expect(shared.certificates[0].number).toMatch(/^J\*+001$/)
    expect(shared.known).toEqual({
      spouse: { name: '买买提' },
      me: { name: '古丽', idNumber, phone: who.phone, sex: 'female', ethnicity: 'uyghur' },
    })
    const log = (await get(who, '/access-log')).json()
    expect(log.entries[0]).toMatchObject({
      who: '您本人', what: '查询本人电子证照', why: `办理“${topic!.title}”`,
    })
    world.down.add('certificates')
    expect((await get(who, '/certificates')).json().code).toBe('OUTSIDE_DOWN')
    world.down.delete('certificates')
  })
})

describe('谁看过我的信息', () => {
  it('pages through own rows only, newest first', async () => {
    const who = await harness.citizen()
    await harness.citizen()
    for (let n = 0; n < 5; n++) await get(who, '')
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 10; page++) {
      const { entries, next } = (await get(who, `/access-log?limit=3${after}`)).json()
      seen.push(...entries.map(({ what }: { what: string }) => what))
      if (next === null) break
      after = `&after=${next}`
    }
    expect(seen).toEqual([...Array<string>(5).fill('查看本人资料'), '实名核验', '登录'])
  })

  it('names the office, not the clerk; and cannot be changed afterwards (S55)', async () => {
    const who = await harness.citizen()
    const clerk = await harness.window('653121')
    await harness.asOwner(`insert into audit (at, actor_kind, actor_id, actor_name, person_id, what,
      object, why, result) values (now(), 'window', $1, '张三', $2, '查看办件内容', 'case:1', '办理业务',
      'ok')`, [clerk.id, who.id])
    expect((await get(who, '/access-log')).json().entries[0])
      .toMatchObject({ who: '疏附县综合窗口', what: '查看办件内容', why: '办理业务' })
    const { db } = harness.platform.db
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow('permission denied')
    await expect(harness.asOwner('delete from audit')).rejects.toThrow('audit only grows')
  })
})
