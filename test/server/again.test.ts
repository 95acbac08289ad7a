import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseAgain, SubmitCase } from '../../core/contract/case'
import { publishTopics } from '../../server/topics/service'
import { act, ok, startTrial, submit, trialBody } from './fixtures/filing'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
// The version it was filed under stays readable when a newer one is offered.
Object.assign(harness.platform.catalogue, {
  hashes: new Map([...harness.platform.catalogue.hashes, [TRIAL.id, 'trial']]),
})
await publishTopics(harness.platform)
const owner = await harness.citizen()

async function withdrawn() {
  const body = await trialBody(harness, owner)
  const view = ok(await submit(harness, owner, body))
  ok(await act(harness, owner, view.id, { do: 'withdraw' }))
  return { body, view }
}

const again = async (id: string) =>
  (await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}/again` })).json<CaseAgain>()

describe('applying again', () => {
  it('begins with all that was given, photos included, and can be sent as it is', async () => {
    const { body, view } = await withdrawn()
    const { dropped, ...draft } = await again(view.id)
    expect(dropped).toEqual([])
    expect(draft).toMatchObject({
      topicId: body.topicId, topicVersion: body.topicVersion, regionCode: body.regionCode,
      answers: body.answers, form: body.form,
    })
    expect(draft.materials).toEqual({ 'mother.id-card': body.materials['mother.id-card'] })
    const { consent, signature, handover } = body
    const declared = { 'mother.promise': { by: 'declaration' } }
    const fresh = {
      ...draft, materials: { ...draft.materials, ...declared }, requestId: randomUUID(), consent,
      signature, handover,
    }
    const filed = ok(await submit(harness, owner, fresh as unknown as SubmitCase))
    expect(filed.id).not.toBe(view.id)
  })

  it('after the topic has changed says what it has no place for', async () => {
    const { view } = await withdrawn()
    const { catalogue } = harness.platform
    const before = catalogue.topics
    const without = 'mother.phone'
    const newer = {
      ...TRIAL, version: TRIAL.version + 1,
      fields: TRIAL.fields.filter(({ key }) => key !== without),
      items: TRIAL.items.map((item) => ({
        ...item, fields: item.fields.filter(({ key }) => key !== without),
      })),
    }
    Object.assign(catalogue, {
      topics: before.map((topic) => (topic.id === TRIAL.id ? newer : topic)),
    })
    const moved = await again(view.id)
    Object.assign(catalogue, { topics: before })
    expect(moved.topicVersion).toBe(newer.version)
    expect(moved.form[without]).toBeUndefined()
    expect(moved.dropped).toEqual([expect.stringContaining('手机号')])
  })

  it('leaves out a photo that is held no more, and is nobody else’s business', async () => {
    const { body, view } = await withdrawn()
    const supply = body.materials['mother.id-card'] as { ids: string[] }
    await harness.asOwner("update materials set state = 'refused' where id = $1", [supply.ids[0]])
    const { materials, dropped } = await again(view.id)
    expect(materials).toEqual({})
    expect(dropped).toHaveLength(1)
    const stranger = await harness.citizen()
    const reply = await harness.call(stranger, { method: 'GET', url: `/v1/cases/${view.id}/again` })
    expect(reply.statusCode).toBe(404)
  })
})
