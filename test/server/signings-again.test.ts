/** 补正后重签: a correction that changes what was signed is signed again before it counts. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import type { Countersigning, Signing } from '../../core/contract/signing'
import { openContent } from '../../server/cases/content'
import { type SignedIn, anyIdNumber, anyPhone, startHarness } from './harness'
import { SIGNATURE, accountOf, atWindow, countersign, fileCase, ok, photographAndUpload } from './robot'

const h = await startHarness()

let seed = 70

/** A couple's case, signed by both, given back by the window for these parts. */
async function returned(asks: { kind: 'field' | 'material'; key: string }[]) {
  seed += 1
  const bride = { name: '热依汗古丽·样例', idNumber: anyIdNumber() }
  const groom = await h.citizen({ name: '艾力·样例' })
  const filed = await fileCase(h, groom, {
    topicId: 'marriage', seed, answers: { who: 'groom' },
    form: { 'bride.name': bride.name, 'bride.idNumber': bride.idNumber },
  })
  const clerk = await h.window()
  await ok<CaseView>(h, clerk, {
    method: 'POST', url: `/v1/cases/${filed.view.id}/actions`, payload: {
      do: 'return', requestId: randomUUID(),
      asks: asks.map((ask) => ({ ...ask, reason: '与证件不一致' })),
    },
  })
  const signer = await accountOf(h, bride)
  return { groom, clerk, signer, ...filed, id: filed.view.id }
}

type Returned = Awaited<ReturnType<typeof returned>>

const PHONE = { kind: 'field', key: 'bride.phone' } as const

const invite = ({ groom, id }: Returned, form: Record<string, string>) =>
  h.call(groom, { method: 'POST', url: `/v1/cases/${id}/signing`, payload: { form } })
const progress = ({ groom, id }: Returned) =>
  ok<Signing>(h, groom, { method: 'GET', url: `/v1/cases/${id}/signing` })
const resubmit = (
  { groom, id }: Returned,
  form: Record<string, string>,
  materials: object = {},
) => h.call(groom, {
  method: 'POST', url: `/v1/cases/${id}/actions`,
  payload: { do: 'resubmit', requestId: randomUUID(), form, materials },
})

async function contentOf({ id }: Returned) {
  const { keys, db } = h.platform
  const row = await db.db.selectFrom('cases').select('content_sealed').where('id', '=', id)
    .executeTakeFirstOrThrow()
  return openContent(keys, id, row.content_sealed)
}

const textsTo = async (who: SignedIn) =>
  (await ok<{ messages: { text: string }[] }>(h, who, { method: 'GET', url: '/v1/messages' }))
    .messages.map(({ text }) => text)

describe('a correction of what was signed', () => {
  it('is refused until everybody has signed what it would make of it', async () => {
    const one = await returned([PHONE])
    const form = { 'bride.phone': anyPhone() }
    const before = (await contentOf(one)).signatures
    expect((await resubmit(one, form)).json()).toMatchObject({
      code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'sign.bride', code: 'EMPTY' }] },
    })
    expect((await progress(one)).signers).toEqual([])

    const asked: Signing = (await invite(one, form)).json()
    expect(asked.signers.map(({ id, state }) => [id, state])).toContainEqual(['bride', 'waiting'])
    expect((await resubmit(one, form)).json()).toMatchObject({ code: 'FORM_PROBLEMS' })
    expect(await textsTo(one.signer)).toContainEqual(expect.stringContaining('您的签名已作废'))

    const code = asked.signers.find(({ id }) => id === 'bride')?.code ?? ''
    const sheet = await ok<Countersigning>(h, one.signer, {
      method: 'GET', url: `/v1/signings/${code}`,
    })
    expect(JSON.stringify(sheet.sheet)).toContain(form['bride.phone'])
    await countersign(h, one.signer, code)
    expect((await resubmit(one, form)).json()).toMatchObject({ state: 'submitted' })

    const now = await contentOf(one)
    expect(now.form['bride.phone']).toBe(form['bride.phone'])
    expect(now.signatures?.bride?.hash).toBe(asked.contentHash)
    expect(now.signatures?.bride?.hash).not.toBe(before?.bride?.hash)
    expect((await progress(one)).signers).toEqual([])
    expect((await ok<Countersigning>(h, one.signer, {
      method: 'GET', url: `/v1/signings/${code}`,
    })).state).toBe('filed')
  })

  it('changed once more after they signed, has to be signed once more', async () => {
    const one = await returned([PHONE])
    const [first, second] = [anyPhone(), anyPhone()].map((phone) => ({ 'bride.phone': phone }))
    const asked: Signing = (await invite(one, first ?? {})).json()
    const code = asked.signers.find(({ id }) => id === 'bride')?.code ?? ''
    await countersign(h, one.signer, code)
    expect((await resubmit(one, second ?? {})).json()).toMatchObject({ code: 'FORM_PROBLEMS' })
    expect((await resubmit(one, first ?? {})).statusCode).toBe(200)
  })

  it('is asked of nobody while the answer itself is wrong', async () => {
    const one = await returned([PHONE])
    expect((await invite(one, { 'bride.phone': '12' })).json()).toMatchObject({
      code: 'FORM_PROBLEMS', detail: { problems: [{ field: 'bride.phone' }] },
    })
    expect((await invite(one, { 'groom.phone': anyPhone() })).json())
      .toMatchObject({ code: 'FORM_PROBLEMS' })
    expect((await progress(one)).signers).toEqual([])
  })

  it('given up, leaves nothing to sign', async () => {
    const one = await returned([PHONE])
    const asked: Signing = (await invite(one, { 'bride.phone': anyPhone() })).json()
    const code = asked.signers.find(({ id }) => id === 'bride')?.code ?? ''
    await ok(h, one.groom, {
      method: 'POST', url: `/v1/cases/${one.id}/actions`,
      payload: { do: 'withdraw', requestId: randomUUID() },
    })
    const payload = {
      requestId: randomUUID(), seen: asked.contentHash, signature: SIGNATURE,
      consent: { content: true, sharing: true },
    }
    expect((await h.call(one.signer, {
      method: 'POST', url: `/v1/signings/${code}/sign`, payload,
    })).json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
  })
})

it('a new photo leaves the signatures as they are', async () => {
  const { filled } = await returned([PHONE])
  const key = filled.plan.materials.find(({ sides }) => sides.length === 1)?.key ?? ''
  const one = await returned([{ kind: 'material', key }])
  const before = (await contentOf(one)).signatures
  const id = await photographAndUpload(h, one.groom)
  expect((await resubmit(one, {}, { [key]: { by: 'photos', ids: [id] } })).json())
    .toMatchObject({ state: 'submitted' })
  expect((await contentOf(one)).signatures).toEqual(before)
  await atWindow(h, one.clerk, one.id, 'accept')
})
