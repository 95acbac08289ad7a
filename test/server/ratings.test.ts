import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  act, approve, getCase, ok, staffed, startTrial, submit, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
const staff = await staffed(harness)
const { owner, clerk } = staff

async function refused() {
  const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
  ok(await act(harness, clerk, id, { do: 'refuse', reason: '不属于本地管辖', remedy: '可申请复议' }))
  return id
}
const rate = (who: typeof clerk, id: string, given: object) => harness.call(who, {
  method: 'POST', url: `/v1/cases/${id}/ratings`, payload: { requestId: randomUUID(), ...given },
})

describe('a rating', () => {
  it('is given once, by the owner, after the end', async () => {
    const open = ok(await submit(harness, owner, await trialBody(harness, owner)))
    expect((await rate(owner, open.id, { stars: 5 })).json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    const id = await refused()
    expect((await rate(await harness.citizen(), id, { stars: 5 })).statusCode).toBe(404)
    expect((await rate(clerk, id, { stars: 5 })).statusCode).toBe(403)
    const requestId = randomUUID()
    const before = await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}` })
    const replies = await Promise.all(Array.from({ length: 5 }, () =>
      rate(owner, id, { stars: 4, comment: '很快', requestId })))
    for (const reply of replies) {
      expect(ok(reply).rating).toMatchObject({ stars: 4, comment: '很快' })
    }
    expect((await rate(owner, id, { stars: 1 })).json()).toMatchObject({ code: 'ALREADY_RATED' })
    const after = await harness.call(owner, {
      method: 'GET', url: `/v1/cases/${id}`, headers: { 'if-none-match': String(before.headers.etag) },
    })
    expect(after.statusCode).toBe(200)
    expect((await getCase(harness, owner, id)).rating?.stars).toBe(4)
  })

  it.each([1, 2, 3, 4, 5])('of %i stars is taken alike; the low ones go to supervision', async (stars) => {
    const id = await refused()
    ok(await rate(owner, id, { stars }))
    const rows = await harness.asOwner(
      `select 1 from audit where object = $1 and result = 'rating-low'`, [`case:${id}`])
    expect(rows).toHaveLength(stars <= 2 ? 1 : 0)
  })

  it.each([0, 6, 2.5])('of %s stars does not exist', async (stars) => {
    expect((await rate(owner, await refused(), { stars })).statusCode).toBe(400)
  })
})

/** From submission to the results over the counter. */
async function finished(tone: typeof TRIAL.tone) {
  const { catalogue } = harness.platform
  const others = catalogue.topics.filter(({ id }) => id !== TRIAL.id)
  Object.assign(catalogue, { topics: [...others, { ...TRIAL, tone }] })
  const body = { ...await trialBody(harness, owner), handover: 'window' }
  const { id } = ok(await submit(harness, owner, body))
  for (const action of ['accept', 'dispatch']) ok(await act(harness, clerk, id, { do: action }))
  for (let view = await getCase(harness, owner, id); view.state === 'handling';) {
    for (const { itemId, state } of view.tasks) {
      if (state === 'dispatched') ok(await approve(harness, staff, view, itemId))
    }
    view = await getCase(harness, owner, id)
  }
  ok(await act(harness, clerk, id, { do: 'hand-over' }))
  return id
}

async function told(id: string) {
  const { tasks } = (await harness.call(owner, { method: 'GET', url: '/v1/home' }))
    .json<{ tasks: { caseId: string; kind: string }[] }>()
  const { messages } = (await harness.call(owner, { method: 'GET', url: '/v1/messages' }))
    .json<{ messages: { caseId: string; text: string }[] }>()
  return {
    home: tasks.filter(({ caseId }) => caseId === id).map(({ kind }) => kind),
    message: messages.find(({ caseId }) => caseId === id)?.text ?? '',
    history: (await getCase(harness, owner, id)).events.at(-1)?.text ?? '',
  }
}

describe('at the end', () => {
  it('a rating is asked for on the home page, in the message and in the history', async () => {
    const { home, message, history } = await told(await finished('plain'))
    expect(home).toEqual(['rating'])
    expect(message).toMatch(/已统一出件，请评价。$/)
    expect(history).toMatch(/请您评价。$/)
  })

  it('of a topic of quiet tone nobody is asked for stars, who gives them is heard', async () => {
    const id = await finished('quiet')
    const { home, message, history } = await told(id)
    expect(home).toEqual([])
    expect(message).toMatch(/已统一出件。$/)
    expect(history).toMatch(/本次办理结束。$/)
    expect(ok(await rate(owner, id, { stars: 5 })).rating?.stars).toBe(5)
  })
})
