/** 差评整改: from the low rating to the citizen's last word, with its clocks. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RatingView, RectificationDetail, RectificationPage } from '../../core/contract/rating'
import { tick } from '../../server/clocks/tick'
import {
  act, approve, deliverAll, getCase, ok, passDays, staffed, startTrial, submit, trialBody,
} from './fixtures/filing'
import type { SignedIn } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const police = desks['public-security']!
const supervisor = await harness.supervisor()

async function finished() {
  const body = { ...await trialBody(harness, owner), handover: 'window' }
  const { id } = ok(await submit(harness, owner, body))
  for (const action of ['accept', 'dispatch']) ok(await act(harness, clerk, id, { do: action }))
  for (let view = await getCase(harness, owner, id); view.state === 'handling';) {
    for (const { itemId, state } of view.tasks) {
      if (state === 'dispatched') ok(await approve(harness, crew, view, itemId))
    }
    view = await getCase(harness, owner, id)
  }
  ok(await act(harness, clerk, id, { do: 'hand-over' }))
  return id
}

const post = (who: SignedIn, url: string, body: object) => harness.call(who, {
  method: 'POST', url, payload: { requestId: randomUUID(), ...body },
})
const get = <T>(who: SignedIn, url: string) =>
  harness.call(who, { method: 'GET', url }).then((reply) => reply.json<T>())
const rated = async (body: object) => {
  const caseId = await finished()
  const view = (await post(owner, `/v1/cases/${caseId}/ratings`, body)).json<RatingView>()
  return { caseId, id: view.rectifications[0]!.id }
}
const lowItem = () => rated({ items: [{ itemId: 'number', stars: 1, comment: '态度不好' }] })
const doing = (who: SignedIn, id: string, body: object) =>
  post(who, `/v1/rectifications/${id}/actions`, body)
const seen = async (caseId: string) =>
  (await get<RatingView>(owner, `/v1/cases/${caseId}/ratings`)).rectifications[0]!
const listed = async (who: SignedIn, query = '') =>
  (await get<RectificationPage>(who, `/v1/rectifications?limit=100${query}`)).rectifications.map(({ id }) => id)
const note = '已电话联系，说明情况'

/** To an answer that supervision has confirmed. */
async function answered(id: string, who = police) {
  await doing(who, id, { do: 'contact', note })
  await doing(who, id, { do: 'answer', kind: 'fixed', note: '已重新办理并道歉' })
  expect((await doing(supervisor, id, { do: 'confirm', note: '属实' })).statusCode).toBe(200)
}

describe('a low rating', () => {
  it('is put right by whoever was rated, and by nobody else', async () => {
    const item = await lowItem()
    const whole = await rated({ stars: 2 })
    expect(await listed(police)).toContain(item.id)
    expect(await listed(police)).not.toContain(whole.id)
    expect(await listed(clerk)).toContain(whole.id)
    expect(await listed(clerk)).not.toContain(item.id)
    expect(await listed(supervisor)).toEqual(expect.arrayContaining([item.id, whole.id]))
    expect((await doing(clerk, item.id, { do: 'contact', note })).statusCode).toBe(404)
    expect((await doing(desks.health!, item.id, { do: 'contact', note })).statusCode).toBe(404)
    expect((await doing(await harness.window('653121'), whole.id, { do: 'contact', note })).statusCode).toBe(404)
    expect((await doing(supervisor, item.id, { do: 'contact', note })).json())
      .toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    expect((await doing(police, item.id, { do: 'contact', note })).statusCode).toBe(200)
    expect((await doing(clerk, whole.id, { do: 'contact', note })).statusCode).toBe(200)
  })

  it('is answered, confirmed by supervision, told to the citizen, who has the last word', async () => {
    const { id, caseId } = await lowItem()
    const read = await get<RectificationDetail>(police, `/v1/rectifications/${id}`)
    expect(read).toMatchObject({
      stars: 1, comment: '态度不好', contactBy: '2026-11-24', answerBy: '2026-11-30', stopBy: '2026-12-14',
      actions: ['contact'], signal: 'none',
    })
    expect((await doing(police, id, { do: 'contact', note: '   ' })).json()).toMatchObject({ code: 'REASON_REQUIRED' })
    await doing(police, id, { do: 'contact', note })
    await doing(police, id, { do: 'answer', kind: 'explained', note: '按规定须核对原件' })
    expect(await seen(caseId)).toMatchObject({ state: 'answered', answer: null, actions: [] })
    expect((await doing(police, id, { do: 'confirm', note })).json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    await doing(supervisor, id, { do: 'confirm', note: '属实' })
    expect(await seen(caseId)).toMatchObject({
      state: 'confirmed', late: false, actions: ['satisfied', 'unsatisfied'],
      answer: { kind: 'explained', text: '按规定须核对原件' },
    })
    harness.world.sms.length = 0
    await deliverAll(harness)
    expect(harness.world.sms.map(({ text }) => text).join()).toContain('整改答复')
    const reply = (await post(owner, `/v1/rectifications/${id}/reply`, { do: 'satisfied' })).json<RatingView>()
    expect(reply.rectifications[0]).toMatchObject({ state: 'closed', outcome: 'satisfied', actions: [] })
    expect((await getCase(harness, owner, caseId)).rating).toBeNull() // the item was rated, not the case
    const log = await harness.asOwner(
      'select what from audit where object = $1 order by id', [`rectification:${id}`])
    expect(log.map(({ what }) => what)).toEqual([
      '查看差评整改', '差评回访', '答复差评整改', '确认差评整改', '对整改满意',
    ])
  })

  it('is not taken back by an appeal: it stays counted', async () => {
    const { id, caseId } = await rated({ stars: 1 })
    await doing(clerk, id, { do: 'contact', note })
    await doing(clerk, id, { do: 'answer', kind: 'appealed', note: '申请人点错了' })
    await doing(supervisor, id, { do: 'confirm', note: '属实' })
    expect((await getCase(harness, owner, caseId)).rating?.stars).toBe(1)
  })

  it('starts again when the citizen is still not satisfied, once', async () => {
    const { id, caseId } = await lowItem()
    await answered(id)
    const reply = (body: object) => post(owner, `/v1/rectifications/${id}/reply`, body)
    expect((await reply({ do: 'unsatisfied', note: '问题还在' })).statusCode).toBe(200)
    expect(await seen(caseId)).toMatchObject({ state: 'open', round: 2 })
    await answered(id)
    await reply({ do: 'unsatisfied' })
    expect(await seen(caseId)).toMatchObject({ state: 'closed', round: 2, outcome: 'unsatisfied' })
  })

  it('a step repeated with its id is one step; other content under it is refused', async () => {
    const { id } = await lowItem()
    const requestId = randomUUID()
    const replies = await Promise.all(Array.from({ length: 5 }, () =>
      doing(police, id, { requestId, do: 'contact', note })))
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200])
    expect((await doing(police, id, { requestId, do: 'contact', note: '另一句' })).json()).toMatchObject({ code: 'REQUEST_REUSED' })
    const steps = await harness.asOwner(
      'select event, note_sealed from rectification_events where rectification_id = $1 order by seq', [id])
    expect(steps.map(({ event }) => event)).toEqual(['open', 'contact'])
    expect(String(steps[1]?.note_sealed)).not.toContain('电话')
  })

  it('a stranger neither reads nor answers it', async () => {
    const { id, caseId } = await lowItem()
    await answered(id)
    const stranger = await harness.citizen()
    expect((await post(stranger, `/v1/rectifications/${id}/reply`, { do: 'satisfied' })).statusCode).toBe(404)
    expect((await harness.call(stranger, { method: 'GET', url: `/v1/cases/${caseId}/ratings` })).statusCode).toBe(404)
    expect((await harness.call(owner, { method: 'GET', url: `/v1/rectifications/${id}` })).statusCode).toBe(403)
  })

  it('its history only grows, also for whoever holds the server\'s role', async () => {
    const { db } = harness.database
    await expect(db.deleteFrom('rectification_events').execute()).rejects.toThrow()
    await expect(db.updateTable('rectification_events').set({ by_name: '别人' }).execute()).rejects.toThrow()
  })
})

describe('the clocks of a rectification', () => {
  it('tell supervision of each lateness once, and never forget it', async () => {
    const { id, caseId } = await lowItem()
    const told = async () => (await harness.asOwner(
      'select result from audit where object = $1 and result <> $2 order by id', [`rectification:${id}`, 'ok']))
      .map(({ result }) => result)
    const later = async (days: number) => {
      await passDays(harness, days)
      await Promise.all([tick(harness.platform), tick(harness.platform)])
    }
    await later(1) // 24 November, the day by which to contact
    expect(await told()).toEqual([])
    await later(1)
    expect(await told()).toEqual(['rectification-yellow'])
    await later(19) // 14 December, the last day of all
    expect(await told()).toEqual(['rectification-yellow'])
    await later(1)
    expect(await told()).toEqual(['rectification-yellow', 'rectification-red'])
    expect(await listed(supervisor)).toContain(id)
    await answered(id)
    expect(await seen(caseId)).toMatchObject({ state: 'confirmed', late: true })
    await passDays(harness, -22)
  })

  it('end it when the citizen lets the days for a reply pass', async () => {
    const { id, caseId } = await lowItem()
    await answered(id) // 23 November; ten working days end on 7 December
    await passDays(harness, 14)
    await tick(harness.platform)
    expect(await seen(caseId)).toMatchObject({ state: 'confirmed' })
    await passDays(harness, 1)
    await tick(harness.platform)
    expect(await seen(caseId)).toMatchObject({ state: 'closed', outcome: 'lapse' })
    await passDays(harness, -15)
  })
})
