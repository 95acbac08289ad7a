import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { act, getCase, ok, staffed, startTrial, submit, trialBody } from './fixtures/filing'

const harness = await startTrial()
const { owner, clerk } = await staffed(harness)

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
