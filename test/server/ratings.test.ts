import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RatingView } from '../../core/contract/rating'
import {
  act, approve, getCase, ok, passDays, staffed, startTrial, submit, trialBody,
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
      expect(reply.json()).toMatchObject({ rating: { stars: 4, comment: '很快' } })
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
    expect((await rate(owner, id, { stars })).statusCode).toBe(200)
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
    expect((await rate(owner, id, { stars: 5 })).json()).toMatchObject({ rating: { stars: 5 } })
  })
})

const look = async (id: string) =>
  (await harness.call(owner, { method: 'GET', url: `/v1/cases/${id}/ratings` })).json<RatingView>()

describe('a rating beside the level', () => {
  it('has the indicators of the data, the whole one being the level itself', async () => {
    const id = await refused()
    const { form, open, until } = await look(id)
    expect(form.indicators.map(({ label }) => label)).toEqual([
      '整体满意度', '办事效率', '办事指南精确度', '办事便捷度', '平台操作性',
    ])
    expect([open, until]).toEqual([true, '2026-12-23'])
    const whole = { overall: 1 }
    expect((await rate(owner, id, { stars: 5, indicators: whole })).json()).toMatchObject({ code: 'MALFORMED' })
    expect((await rate(owner, id, { stars: 5, indicators: { made: 1 } })).statusCode).toBe(400)
    expect((await rate(owner, id, {})).statusCode).toBe(400)
    const given = (await rate(owner, id, { stars: 4, indicators: { efficiency: 2 } })).json<RatingView>()
    expect(given.rating?.indicators).toEqual({ overall: 4, efficiency: 2 })
    expect(given.rectifications).toEqual([]) // an indicator is no level
    expect(given.open).toBe(false)
  })

  it('is given to each item once, then or later, or to none', async () => {
    const id = await finished('plain')
    const before = await look(id)
    expect(before.items.map(({ itemId }) => itemId)).toContain('number')
    const items = (itemId: string, stars: number) => [{ itemId, stars, comment: '等了很久' }]
    expect((await rate(owner, id, { items: items('no-such', 3) })).json()).toMatchObject({ code: 'ACTION_NOT_ALLOWED' })
    const first = (await rate(owner, id, { stars: 5, items: items('number', 2) })).json<RatingView>()
    expect(first.items.find(({ itemId }) => itemId === 'number')?.rating).toMatchObject({ stars: 2, comment: '等了很久' })
    expect(first.rectifications).toMatchObject([{ itemId: 'number', state: 'open', answer: null }])
    // all or nothing: one of them had been rated
    const both = [...items('number', 5), ...items('card', 5)]
    expect((await rate(owner, id, { items: both })).json()).toMatchObject({ code: 'ALREADY_RATED' })
    expect((await look(id)).items.find(({ itemId }) => itemId === 'card')?.rating).toBeNull()
    const later = (await rate(owner, id, { items: items('card', 1) })).json<RatingView>()
    expect(later.rectifications).toHaveLength(2)
    expect(later.rating?.stars).toBe(5)
  })

  it('of twenty at once, each with its own id, one counts', async () => {
    const id = await refused()
    const replies = await Promise.all(Array.from({ length: 20 }, () => rate(owner, id, { stars: 1 })))
    expect(replies.map(({ statusCode }) => statusCode).filter((code) => code === 200)).toHaveLength(1)
    expect((await look(id)).rectifications).toHaveLength(1)
  })

  it('is taken for thirty days after the end, and not a day longer', async () => {
    const [on, after] = [await refused(), await refused()]
    await passDays(harness, 30)
    expect((await rate(owner, on, { stars: 1 })).statusCode).toBe(200)
    await passDays(harness, 1)
    expect((await rate(owner, after, { stars: 5 })).json()).toMatchObject({
      code: 'RATING_OVER', detail: { days: 30 },
    })
    expect((await look(after)).open).toBe(false)
    await passDays(harness, -31)
  })

  it('is sealed, and only its owner reads the words with the case', async () => {
    const id = await refused()
    await rate(owner, id, { stars: 3, comment: '独一无二的话' })
    const [row] = await harness.asOwner('select comment_sealed from ratings where case_id = $1', [id])
    expect(String(row?.comment_sealed)).not.toContain('独一无二')
    expect((await getCase(harness, owner, id)).rating?.comment).toBe('独一无二的话')
    expect((await getCase(harness, clerk, id)).rating).toMatchObject({ stars: 3, comment: null })
  })
})
