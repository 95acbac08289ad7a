/** 会签: who may open an invitation, what a signature holds for, and what is filed. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseView, SubmitCase } from '../../core/contract/case'
import type { Countersigning, Signing } from '../../core/contract/signing'
import type { AccessLog } from '../../core/contract/session'
import { openContent } from '../../server/cases/content'
import { tick } from '../../server/clocks/tick'
import { supplyAll } from '../../server/training/filling'
import { REGION, type SignedIn, anyIdNumber, anyPhone, startHarness } from './harness'
import {
  SIGNATURE, accountOf, countersign, fill, invite, ok, photographAndUpload,
} from './robot'

const h = await startHarness()
const DAY_MS = 86_400_000
const CONSENT = { content: true, sharing: true }

let seed = 0

/** A couple: he fills in, she has to sign. */
async function couple() {
  seed += 1
  const bride = { name: '热依汗古丽·吐尔逊麦麦提', idNumber: anyIdNumber(), phone: anyPhone() }
  const groom = await h.citizen({ name: '艾力·样例' })
  const own = Object.fromEntries(
    Object.entries(bride).map(([element, value]) => [`bride.${element}`, value]))
  const { topic, filled } = await fill(h, groom, {
    topicId: 'marriage', seed, answers: { who: 'groom' }, form: own,
  })
  const asking = { requestId: randomUUID(), topic, filled }
  return { groom, bride, asking, ask: () => invite(h, groom, asking) }
}

type Couple = Awaited<ReturnType<typeof couple>>

const codeOf = ({ signers }: Signing) => signers[0]?.code ?? ''
const stateOf = ({ signers }: Signing) => signers[0]?.state
const get = (who: SignedIn | undefined, url: string) => h.call(who, { method: 'GET', url })
const progress = ({ groom, asking }: Couple) =>
  ok<Signing>(h, groom, { method: 'GET', url: `/v1/signings?requestId=${asking.requestId}` })
const answer = (who: SignedIn, url: string, payload: object) =>
  h.call(who, { method: 'POST', url: `/v1/signings/${url}`, payload })
const sign = (seen: string | null) =>
  ({ requestId: randomUUID(), seen, consent: CONSENT, signature: SIGNATURE })

/** Changes one value nothing else depends on. */
function changed({ asking }: Couple): Couple['asking'] {
  const form = { ...asking.filled.form, 'groom.phone': anyPhone() }
  return { ...asking, filled: { ...asking.filled, form } }
}

async function submissionOf({ groom, asking }: Couple): Promise<SubmitCase> {
  const { requestId, topic, filled: { answers, form, plan } } = asking
  const ids = new Map<string, string>()
  for (const supply of Object.values(supplyAll(plan, ({ key }, side) => `${key} ${side}`))) {
    if (supply.by !== 'photos') continue
    for (const name of supply.ids) ids.set(name, await photographAndUpload(h, groom))
  }
  return {
    requestId, topicId: topic.id, topicVersion: topic.version, regionCode: REGION, answers, form,
    materials: supplyAll(plan, ({ key }, side) => ids.get(`${key} ${side}`) ?? '') as
      SubmitCase['materials'], // the same shape, writable
    consent: { notice: true, truth: true, sharing: true }, signature: SIGNATURE,
    handover: 'electronic',
  }
}

const submit = (who: SignedIn, payload: SubmitCase) =>
  h.call(who, { method: 'POST', url: '/v1/cases', payload })

describe('inviting', () => {
  it('writes one SMS without anybody\'s data, and lets the link open', async () => {
    const one = await couple()
    const code = codeOf(await one.ask())
    await h.deliver()
    const texts = h.world.sms.filter(({ phone }) => phone === one.bride.phone)
    expect(texts).toHaveLength(1)
    expect(texts[0]?.text).toContain(`/pages/countersign/index?code=${code}`)
    expect(texts[0]?.text).toContain(one.asking.topic.title)
    for (const value of Object.values(one.asking.filled.form)) {
      if (value.length > 3) expect(texts[0]?.text).not.toContain(value)
    }
    expect(Buffer.from(code, 'base64url').length * 8).toBeGreaterThanOrEqual(128)
  })

  it('again with the same content: the same invitation, and no second SMS within a day', async () => {
    const one = await couple()
    const first = await one.ask()
    const again = await one.ask()
    expect(again).toEqual(first)
    h.pass(DAY_MS - 1000)
    const later = await couple().then(() => h.citizen({ phone: one.groom.phone, verified: false }))
    await invite(h, later, one.asking)
    await h.deliver()
    const told = () => h.world.sms.filter(({ phone, text }) =>
      phone === one.bride.phone && text.includes('countersign'))
    expect(told()).toHaveLength(1)
    h.pass(1000)
    await invite(h, later, one.asking)
    await h.deliver()
    expect(told()).toHaveLength(2)
  })

  it('refuses a form that is not complete, and whoever is not verified', async () => {
    const one = await couple()
    const { requestId, topic, filled } = one.asking
    const { 'bride.phone': _gone, ...form } = filled.form
    const payload = {
      requestId, topicId: topic.id, topicVersion: topic.version, regionCode: REGION,
      answers: filled.answers, form,
    }
    const call = { method: 'POST', url: '/v1/signings', payload } as const
    expect((await h.call(one.groom, call)).json()).toMatchObject({
      code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'bride.phone', code: 'EMPTY' }] },
    })
    const stranger = await h.citizen({ verified: false })
    const whole = { ...call, payload: { ...payload, form: filled.form } }
    expect((await h.call(stranger, whole)).json()).toMatchObject({ code: 'IDENTITY_REQUIRED' })
  })

  it('does not invite the applicant: who fills in signs when submitting', async () => {
    const idNumber = anyIdNumber()
    const boss = await h.citizen({ name: '王测试', idNumber })
    const { topic, filled } = await fill(h, boss, {
      topicId: 'company-opening', seed: 40, rows: { shareholder: 2 },
      answers: { kind: 'company', owners: 'persons' },
      form: { 'shareholder.1.idNumber': idNumber, 'shareholder.1.name': '王测试' },
    })
    const asked = await invite(h, boss, { requestId: randomUUID(), topic, filled })
    expect(asked.signers.find(({ id }) => id === 'shareholder.1')).toMatchObject({
      state: 'self', code: null,
    })
    expect(asked.signers.find(({ id }) => id === 'shareholder.2')?.state).toBe('waiting')
  })
})

describe('opening an invitation', () => {
  it('only whoever has that ID number; others read what they would of nothing', async () => {
    const one = await couple()
    const url = `/v1/signings/${codeOf(await one.ask())}`
    const bride = await accountOf(h, one.bride)
    expect((await get(bride, url)).statusCode).toBe(200)
    const sameName = await h.citizen({ name: one.bride.name })
    const nothing = `/v1/signings/${'A'.repeat(43)}`
    for (const who of [one.groom, sameName, await h.citizen({ verified: false })]) {
      const [refused, missing] = [await get(who, url), await get(who, nothing)]
      expect(refused.statusCode).toBe(404)
      expect(refused.json()).toEqual(missing.json())
      expect((await answer(who, `${codeOf(await progress(one))}/sign`, sign('0'.repeat(64))))
        .statusCode).toBe(404)
    }
    expect(stateOf(await progress(one))).toBe('waiting')
    const { entries } = await ok<AccessLog>(h, one.groom, {
      method: 'GET', url: '/v1/me/access-log?limit=100',
    })
    expect(entries).toContainEqual(expect.objectContaining({
      what: '打开发给别人的签名邀请', who: '拿到您签名邀请的人',
    }))
  })

  it('shows what is signed, the other person masked', async () => {
    const one = await couple()
    const bride = await accountOf(h, one.bride)
    const shown = await ok<Countersigning>(h, bride, {
      method: 'GET', url: `/v1/signings/${codeOf(await one.ask())}`,
    })
    expect(shown).toMatchObject({ state: 'waiting', labels: ['女方'], applicant: '艾力·**' })
    const text = JSON.stringify(shown)
    expect(text).toContain(one.bride.idNumber)
    expect(text).not.toContain(one.asking.filled.form['groom.idNumber'])
  })

  it('not after 30 days', async () => {
    const one = await couple()
    const asked = await one.ask()
    h.pass(30 * DAY_MS)
    const bride = await accountOf(h, one.bride)
    const url = `/v1/signings/${codeOf(asked)}`
    expect((await get(bride, url)).json()).toMatchObject({ state: 'expired', sheet: null })
    const refused = await answer(bride, `${codeOf(asked)}/sign`, sign(asked.contentHash))
    expect(refused.json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    const groom = await h.citizen({ phone: one.groom.phone, verified: false })
    const again = await invite(h, groom, one.asking)
    expect(stateOf(again)).toBe('waiting')
    expect(codeOf(again)).not.toBe(codeOf(asked))
    expect((await get(bride, url)).statusCode).toBe(404)
  })
})

describe('answering', () => {
  it('a retry is one signature, another content of the retry is refused', async () => {
    const one = await couple()
    const asked = await one.ask()
    const bride = await accountOf(h, one.bride)
    const body = sign(asked.contentHash)
    const path = `${codeOf(asked)}/sign`
    const first = await answer(bride, path, body)
    h.pass(1000)
    const again = await answer(bride, path, body)
    expect(again.statusCode).toBe(200)
    expect(again.json()).toEqual(first.json())
    const other = { ...body, signature: { ...SIGNATURE, ratio: 3 } }
    expect((await answer(bride, path, other)).json()).toMatchObject({ code: 'REQUEST_REUSED' })
  })

  it('of many at once one signs', async () => {
    const one = await couple()
    const asked = await one.ask()
    const bride = await accountOf(h, one.bride)
    const replies = await Promise.all(Array.from({ length: 6 }, () =>
      answer(bride, `${codeOf(asked)}/sign`, sign(asked.contentHash))))
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409, 409, 409])
    const told = await h.asOwner(
      `select 1 from messages where person_id = $1 and title = '签名进展'`, [one.groom.id])
    expect(told).toHaveLength(1)
  })

  it('nobody signs what was changed since they read it', async () => {
    const one = await couple()
    const before = await one.ask()
    const bride = await accountOf(h, one.bride)
    await invite(h, one.groom, changed(one))
    const refused = await answer(bride, `${codeOf(before)}/sign`, sign(before.contentHash))
    expect(refused.json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    expect(stateOf(await progress(one))).toBe('waiting')
  })

  it('declining says why; until the case is filed one may think again', async () => {
    const one = await couple()
    const asked = await one.ask()
    const bride = await accountOf(h, one.bride)
    const reason = '日期写错了，改好再签'
    await answer(bride, `${codeOf(asked)}/decline`, { requestId: randomUUID(), reason })
    expect((await progress(one)).signers[0]).toMatchObject({ state: 'declined', reason })
    await countersign(h, bride, codeOf(asked))
    expect(stateOf(await progress(one))).toBe('signed')
  })

  it('changed content voids what was signed; the link stays, a new phone gets a new one', async () => {
    const one = await couple()
    const asked = await one.ask()
    const bride = await accountOf(h, one.bride)
    await countersign(h, bride, codeOf(asked))
    const other = changed(one)
    const after = await invite(h, one.groom, other)
    expect(after.contentHash).not.toBe(asked.contentHash)
    expect([stateOf(after), codeOf(after)]).toEqual(['waiting', codeOf(asked)])
    const form = { ...other.filled.form, 'bride.phone': anyPhone() }
    const moved = await invite(h, one.groom, { ...other, filled: { ...other.filled, form } })
    expect(codeOf(moved)).not.toBe(codeOf(asked))
    expect((await get(bride, `/v1/signings/${codeOf(asked)}`)).statusCode).toBe(404)
  })
})

describe('filing', () => {
  const missing = {
    code: 'FORM_PROBLEMS',
    detail: {
      problems: [{ field: 'sign.bride', code: 'EMPTY', text: '还差女方（热依汗古丽·**）签名。' }],
    },
  }

  it('waits for a signature over exactly what is filed', async () => {
    const one = await couple()
    const body = await submissionOf(one)
    expect((await submit(one.groom, body)).json()).toEqual({
      code: 'FORM_PROBLEMS', detail: expect.objectContaining(missing.detail),
    })
    const asked = await one.ask()
    expect((await submit(one.groom, body)).json()).toMatchObject(missing)
    await countersign(h, await accountOf(h, one.bride), codeOf(asked))
    const form = changed(one).filled.form
    expect((await submit(one.groom, { ...body, form })).json()).toMatchObject(missing)
    expect((await submit(one.groom, { ...body, regionCode: '653121' })).json())
      .toMatchObject(missing)
    expect((await submit(one.groom, { ...body, requestId: randomUUID() })).json())
      .toMatchObject(missing)
    expect((await submit(one.groom, body)).statusCode).toBe(201)
  })

  it('keeps who signed what and when in the case, and closes the invitations', async () => {
    const one = await couple()
    const asked = await one.ask()
    const bride = await accountOf(h, one.bride)
    await countersign(h, bride, codeOf(asked))
    const view = (await submit(one.groom, await submissionOf(one))).json<CaseView>()
    const [row] = await h.asOwner('select content_sealed from cases where id = $1', [view.id])
    const { signatures } = openContent(h.platform.keys, view.id, row?.content_sealed as Buffer)
    expect(signatures).toEqual({
      bride: {
        personId: bride.id, at: h.clock.now.toISOString(), hash: asked.contentHash,
        consent: CONSENT, signature: SIGNATURE,
      },
    })
    const late = await answer(bride, `${codeOf(asked)}/decline`, {
      requestId: randomUUID(), reason: '反悔',
    })
    expect(late.json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    expect((await get(bride, `/v1/signings/${codeOf(asked)}`)).json())
      .toMatchObject({ state: 'filed', sheet: null })
    expect(await progress(one)).toEqual({ contentHash: null, signers: [] })
    await expect(invite(h, one.groom, one.asking)).rejects.toThrow('ACTION_NOT_ALLOWED')
  })

  it('closes the signings of several who file at one moment', async () => {
    const all = []
    for (let n = 0; n < 5; n += 1) {
      const one = await couple()
      await countersign(h, await accountOf(h, one.bride), codeOf(await one.ask()))
      all.push({ one, body: await submissionOf(one) })
    }
    const replies = await Promise.all(all.map(({ one, body }) => submit(one.groom, body)))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201, 201])
    const open = await h.asOwner(
      'select 1 from signings where request_id = any($1) and content_sealed is not null',
      [all.map(({ body }) => body.requestId)])
    expect(open).toEqual([])
  }, 30_000)

  it('forgets signings nobody needs any more', async () => {
    const one = await couple()
    await one.ask()
    h.pass(31 * DAY_MS)
    await tick(h.platform)
    const left = await h.asOwner(
      'select 1 from signings where request_id = $1', [one.asking.requestId])
    expect(left).toEqual([])
  })
})

it('nothing of anybody lies open in the database', async () => {
  const one = await couple()
  const asked = await one.ask()
  const bride = await accountOf(h, one.bride)
  const reason = '新房地址写成了老房子的'
  const told = { requestId: randomUUID(), reason }
  await answer(bride, `${codeOf(asked)}/decline`, told)
  const topic = one.asking.topic
  const kinds = new Set(['name', 'idNumber', 'phone', 'address'])
  const secrets = [
    reason, codeOf(asked), one.bride.name, one.bride.idNumber, one.bride.phone,
    ...Object.entries(one.asking.filled.form).flatMap(([key, value]) =>
      (kinds.has(topic.fields.find((field) => field.key === key)?.type ?? '') ? [value] : [])),
  ]
  const tables = await h.asOwner(`select quote_ident(table_name) as name
    from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
  for (const { name } of tables) {
    const rows = await h.asOwner(`select t::text as text from ${String(name)} t`)
    const text = rows.map((row) => String(row.text)).join('\n')
    const found = secrets.filter((value) => [
      value, Buffer.from(value).toString('hex'), Buffer.from(value).toString('base64'),
    ].some((form) => text.includes(form)))
    expect(found, String(name)).toEqual([])
  }
})
