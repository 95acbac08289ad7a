import { describe, expect, it } from 'vitest'
import { tick } from '../../server/clocks/tick'
import {
  act, actTask, approve, dispatched, getCase, ok, passDays, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { TRIAL } from './fixtures/topic'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const read = (id: string) => getCase(harness, owner, id)
const names = async (id: string) => (await read(id)).events.map(({ is }) => is)

/** Runs `days` later and comes back, so that every test starts on the same Monday. */
async function later<T>(days: number, work: () => Promise<T>): Promise<T> {
  await passDays(harness, days)
  try {
    return await work()
  } finally {
    await passDays(harness, -days)
  }
}

describe('the clocks', () => {
  it('accept by law after the fifth working day, not on it, and once (行政许可法 §32)', async () => {
    const { id, acceptBy } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    expect(acceptBy).toBe('2026-11-30')
    await later(7, () => tick(harness.platform))
    expect(await names(id)).toEqual(['submit'])
    await later(8, async () => {
      await Promise.all([tick(harness.platform), tick(harness.platform)])
      await tick(harness.platform)
    })
    expect(await names(id)).toEqual(['submit', 'auto-accept'])
    expect(await read(id)).toMatchObject({ state: 'accepted', dueOn: '2026-12-18' })
  })

  it('leave a case alone that waits for the citizen', async () => {
    const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    const asks = [{ kind: 'field', key: 'child.name', reason: '请核对' }]
    ok(await act(harness, clerk, id, { do: 'return', asks }))
    await later(30, () => tick(harness.platform))
    expect((await read(id)).state).toBe('returned')
  })

  it('warn, show yellow and red, each once, on the citizen\'s timeline', async () => {
    const view = await dispatched(harness, crew) // number is due on 30 November
    const levels = async () => (await read(view.id)).events
      .filter(({ is, itemId }) => is === 'task.signal' && itemId === 'number')
      .map(({ text }) => /黄牌|红牌/.exec(text)?.[0] ?? '预警')
    for (const days of [1, 4, 7, 7, 8, 9, 14, 15]) await later(days, () => tick(harness.platform))
    expect(await levels()).toEqual(['预警', '黄牌', '红牌'])
  })

  it('look at a task on the day that brings something, and at no other', async () => {
    const view = await dispatched(harness, crew)
    const { n } = taskOf(view, 'number')
    const wakes = async () => (await harness.asOwner(
      'select wake_on::text from tasks where case_id = $1 and n = $2', [view.id, n]))[0]?.wake_on
    expect(await wakes()).toBe('2026-11-27') // one of its five working days left
    // as an upgrade leaves it (0024_wake.sql): looked at once, nothing said
    await harness.asOwner("update tasks set wake_on = '2000-01-01' where case_id = $1 and n = $2", [view.id, n])
    const before = await names(view.id)
    await tick(harness.platform)
    expect([await wakes(), await names(view.id)]).toEqual(['2026-11-27', before])
    for (const [days, next] of [[1, '2026-11-27'], [4, '2026-12-01'], [8, '2026-12-04'], [11, null]]) {
      await later(Number(days), () => tick(harness.platform))
      expect(await wakes()).toBe(next)
    }
  })

  it('go on with the others past a case that cannot be read', async () => {
    const broken = await dispatched(harness, crew)
    const sound = await dispatched(harness, crew)
    const [kept] = await harness.asOwner('select content_sealed from cases where id = $1', [broken.id])
    const seal = (content: unknown) =>
      harness.asOwner('update cases set content_sealed = $2 where id = $1', [broken.id, content])
    await seal(Buffer.from('nobody can open this'))
    const late = { errors: [{ errors: [{ name: 'SealBroken' }] }] }
    await later(4, () => expect(tick(harness.platform)).rejects.toMatchObject(late))
    await seal(kept?.content_sealed)
    expect(await names(sound.id)).toContain('task.signal')
    expect(await names(broken.id)).not.toContain('task.signal')
    await later(4, () => tick(harness.platform))
    expect(await names(broken.id)).toContain('task.signal') // it had not been forgotten
  })

  it('stand still in a pause, for a reason of the closed list only (行政许可法 §45)', async () => {
    const view = await dispatched(harness, crew)
    const police = desks['public-security']!
    const { id, dueOn } = taskOf(view, 'number')
    expect(dueOn).toBe('2026-11-30')
    await actTask(harness, police, id, { do: 'receive' })
    const made = await actTask(harness, police, id, { do: 'pause', reason: 'holiday', note: '忙' })
    expect(made.statusCode).toBe(400)
    ok(await actTask(harness, police, id, { do: 'pause', reason: 'appraisal', note: '亲子鉴定' }))
    expect(taskOf(await read(view.id), 'number')).toMatchObject({
      dueOn: null, pause: { reason: 'appraisal', note: '亲子鉴定' },
    })
    await later(9, async () => {
      await tick(harness.platform)
      ok(await actTask(harness, police, id, { do: 'resume' }))
    })
    const after = await read(view.id)
    expect(taskOf(after, 'number')).toMatchObject({ dueOn: '2026-12-08', signal: 'none', pause: null })
    expect(after.dueOn).toBe('2026-12-18') // the longest chain, longer by 24–27, 30 November, 1 December
  })

  it('start a task when the days it had to wait are over (公示期)', async () => {
    const { catalogue } = harness.platform
    const { topics } = catalogue
    const wait = { days: 5, unit: 'working-day' as const, label: '公示', after: 'number' }
    const items = TRIAL.items.map((item) => (item.id === 'insurance'
      ? { ...item, needs: { all: [{ item: 'number' }, { wait }] } } : item))
    Object.assign(catalogue, { topics: [{ ...TRIAL, items }] })
    const view = await dispatched(harness, crew)
    ok(await approve(harness, crew, view, 'number'))
    const state = async () => taskOf(await read(view.id), 'insurance').state
    expect(await state()).toBe('waiting')
    await later(7, () => tick(harness.platform)) // the fifth working day is still a day of waiting
    expect(await state()).toBe('waiting')
    await later(8, () => tick(harness.platform))
    expect(await state()).toBe('dispatched')
    Object.assign(catalogue, { topics })
  })

  it('do not lengthen the promise for a pause beside the longest chain', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'booklet')
    await actTask(harness, desks.health!, id, { do: 'receive' })
    ok(await actTask(harness, desks.health!, id, { do: 'pause', reason: 'testing', note: '检测' }))
    await later(2, async () => ok(await actTask(harness, desks.health!, id, { do: 'resume' })))
    expect((await read(view.id)).dueOn).toBe(view.dueOn)
  })

  it('remind of a draft once, then forget it, with everything that has expired', async () => {
    await harness.asOwner(
      `insert into drafts (person_id, topic_id, revision, request_id, body_sealed, saved_at, kept_until)
       values ($1, 'trial', 1, gen_random_uuid(), 'x', $2, $2::timestamptz + interval '2 days')`,
      [owner.id, harness.clock.now])
    await harness.asOwner(`insert into nonces values ('k', 'old', $1::timestamptz - interval '3 days')`,
      [harness.clock.now])
    await tick(harness.platform)
    await tick(harness.platform)
    const told = await harness.asOwner(`select text from messages where title = '草稿即将到期'`)
    expect(told).toHaveLength(1)
    expect(await harness.asOwner('select 1 from nonces')).toEqual([])
    await later(3, () => tick(harness.platform))
    expect(await harness.asOwner('select 1 from drafts')).toEqual([])
  })
})
