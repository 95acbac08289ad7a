/** 公开数据: counted from real cases; low ratings count, small groups are not told. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PublicStats } from '../../core/contract/stats'
import { tick } from '../../server/clocks/tick'
import { act, approve, getCase, ok, passDays, staffed, startTrial, submit, trialBody } from './fixtures/filing'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk } = crew

async function finish(stars?: number) {
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
  if (stars) {
    const payload = { requestId: randomUUID(), stars }
    await harness.call(owner, { method: 'POST', url: `/v1/cases/${id}/ratings`, payload })
  }
}
const read = () => harness.call(undefined, { method: 'GET', url: '/v1/stats/public' })
const counted = async () => {
  harness.pass(11 * 60_000)
  await tick(harness.platform)
  return (await read()).json<PublicStats>()
}

describe('公开数据', () => {
  it('of nothing are empty, not an error', async () => {
    const reply = await read()
    expect(reply.statusCode).toBe(200)
    expect(reply.headers['cache-control']).toBe('public, max-age=300')
    expect(reply.json<PublicStats>()).toMatchObject({
      whole: { cases: null, ratings: null }, topics: [], counties: [], rectifications: null,
      from: '2025-11-23', smallestGroup: 5,
    })
  })

  it('tell nothing of four, everything of five, the low ones among them', async () => {
    for (const stars of [1, 2, 5, 5]) await finish(stars)
    expect(await counted()).toMatchObject({ whole: { cases: null, ratings: null }, topics: [] })
    await passDays(harness, 1)
    await finish(3)
    const stats = await counted()
    const figures = {
      cases: { finished: 5, onTime: 5, averageDays: 0 }, ratings: [1, 1, 1, 0, 2],
    }
    expect(stats.whole).toEqual(figures)
    expect(stats.topics).toEqual([{ id: TRIAL.id, name: TRIAL.title, figures }])
    expect(stats.counties).toEqual([{ id: '653101', name: '喀什市', figures }])
    expect(stats.rectifications).toBeNull() // two
  })

  it('are kept for ten minutes, and counted anew by whichever server comes first', async () => {
    const before = (await read()).json<PublicStats>().countedAt
    harness.pass(9 * 60_000)
    await tick(harness.platform)
    expect((await read()).json<PublicStats>().countedAt).toBe(before)
    harness.pass(2 * 60_000)
    await Promise.all([tick(harness.platform), tick(harness.platform)])
    expect((await read()).json<PublicStats>().countedAt).toBe(harness.clock.now.toISOString())
  })

  it('count a case that took too long as late, in Xinjiang\'s working days', async () => {
    await passDays(harness, 0) // everybody signed in again
    const body = { ...await trialBody(harness, owner), handover: 'window' }
    const { id } = ok(await submit(harness, owner, body))
    for (const action of ['accept', 'dispatch']) ok(await act(harness, clerk, id, { do: action }))
    await passDays(harness, 35) // 24 November to 29 December: 25 working days
    for (let view = await getCase(harness, owner, id); view.state === 'handling';) {
      for (const { itemId, state } of view.tasks) {
        if (state === 'dispatched') ok(await approve(harness, crew, view, itemId))
      }
      view = await getCase(harness, owner, id)
    }
    expect((await counted()).whole.cases).toEqual({ finished: 6, onTime: 5, averageDays: 4.2 })
  })

  it('let go of what is older than a year', async () => {
    await passDays(harness, 370)
    expect((await counted()).whole).toEqual({ cases: null, ratings: null })
  })
})
