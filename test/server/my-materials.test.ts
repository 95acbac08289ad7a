import { describe, expect, it } from 'vitest'
import {
  act, actTask, dispatched, ok, passDays, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import type { MyMaterials } from '../../core/contract/material'
import type { SignedIn } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const list = async (who: SignedIn) =>
  (await harness.call(who, { method: 'GET', url: '/v1/materials' })).json<MyMaterials>().materials

describe('我的材料: photos of an earlier case', () => {
  it('are offered with whose, when and where, newest first, and can be filed again', async () => {
    const who = await harness.citizen()
    expect(await list(who)).toEqual([])
    const body = await trialBody(harness, who)
    ok(await submit(harness, who, body))
    const [id] = (body.materials['mother.id-card'] as { ids: string[] }).ids // as trialBody makes it
    expect(await list(who)).toEqual([{
      kind: 'id-card', name: '身份证', whose: '母亲', ids: [id],
      usedOn: expect.stringMatching(/^2026-11-/), usedIn: expect.any(String),
    }])
    const again = await trialBody(harness, who)
    const reused = { ...again.materials, 'mother.id-card': { by: 'photos', ids: [id] } }
    ok(await submit(harness, who, { ...again, materials: reused }))
    expect(await list(who)).toHaveLength(2)
    expect(await list(await harness.citizen())).toEqual([])
  })

  it('are not offered while they are asked for again, when the case was refused, or after a year', async () => {
    const view = await dispatched(harness, crew)
    expect(await list(owner)).toHaveLength(1)
    const police = desks['public-security']!
    const { id } = taskOf(view, 'number')
    await actTask(harness, police, id, { do: 'receive' })
    const asks = [{ kind: 'material', key: 'mother.id-card', reason: '照片反光' }]
    ok(await actTask(harness, police, id, { do: 'request-correction', asks }))
    expect(await list(owner)).toEqual([])
    ok(await act(harness, clerk, view.id, { do: 'return', asks }))
    expect(await list(owner)).toEqual([])

    const other = await harness.citizen()
    const filed = ok(await submit(harness, other, await trialBody(harness, other)))
    ok(await act(harness, clerk, filed.id, { do: 'refuse', reason: '不属于本窗口受理范围', remedy: '可在 60 日内申请行政复议。' }))
    expect(await list(other)).toEqual([])

    const third = await harness.citizen()
    ok(await submit(harness, third, await trialBody(harness, third)))
    expect(await list(third)).toHaveLength(1)
    await passDays(harness, 366)
    expect(await list(third)).toEqual([])
  })

  it('leave a row of the access log', async () => {
    const who = await harness.citizen()
    await list(who)
    const log = await harness.call(who, { method: 'GET', url: '/v1/me/access-log' })
    expect(log.body).toContain('查看本人上传')
  })
})
