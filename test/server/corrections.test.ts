import { describe, expect, it } from 'vitest'
import {
  act, actTask, approve, dispatched, getCase, ok, passDays, photo, staffed, startTrial, submit, taskOf,
  trialBody,
} from './fixtures/filing'
import { anyIdNumber } from './harness'

const harness = await startTrial()
const crew = await staffed(harness)
const { owner, clerk, desks } = crew
const police = desks['public-security']!
const ID_CARD = { kind: 'material', key: 'mother.id-card', reason: '照片反光' }
const NAME = { kind: 'field', key: 'child.name', reason: '请核对' }

async function asking() {
  const view = await dispatched(harness, crew)
  const { id } = taskOf(view, 'number')
  await actTask(harness, police, id, { do: 'receive' })
  ok(await actTask(harness, police, id, { do: 'request-correction', asks: [ID_CARD] }))
  return { view, id }
}
const read = (id: string) => getCase(harness, owner, id)
const newPhoto = async () => ({ by: 'photos', ids: [await photo(harness, owner)] })

describe('a correction while tasks run', () => {
  it('goes round once, siblings go on, and the waiting days count for nobody', async () => {
    const { view, id } = await asking()
    expect(taskOf(await read(view.id), 'number')).toMatchObject({ state: 'asking', dueOn: null })
    const returned = ok(await act(harness, clerk, view.id, { do: 'return', asks: [ID_CARD] }))
    expect(returned.state).toBe('correcting')
    expect(returned.correction).toMatchObject({ round: 1, asks: [{ key: 'mother.id-card' }] })
    ok(await approve(harness, crew, returned, 'booklet'))
    expect(taskOf(await read(view.id), 'booklet').state).toBe('approved')
    await passDays(harness, 2)
    const before = await read(view.id)
    const after = ok(await act(harness, owner, view.id, {
      do: 'resubmit', form: {}, materials: { 'mother.id-card': await newPhoto() },
    }))
    expect(after).toMatchObject({ state: 'handling', correction: null })
    expect(taskOf(after, 'number')).toMatchObject({ state: 'received', dueOn: '2026-12-01' })
    expect(before.dueOn).toBe('2026-12-10')
    expect(after.dueOn).toBe('2026-12-11')
    await passDays(harness, -2)
    ok(await actTask(harness, police, id, { do: 'approve', gives: { 'child.idNumber': anyIdNumber() } }))
  })

  it('merges what departments asked into the window\'s one list', async () => {
    const { view } = await asking()
    const { id } = taskOf(view, 'booklet')
    await actTask(harness, desks.health!, id, { do: 'receive' })
    ok(await actTask(harness, desks.health!, id, { do: 'request-correction', asks: [NAME] }))
    const { correction } = ok(await act(harness, clerk, view.id, { do: 'return', asks: [NAME] }))
    expect(correction?.asks.map(({ key }) => key)).toEqual(['child.name', 'mother.id-card'])
    const after = ok(await act(harness, owner, view.id, {
      do: 'resubmit', form: { 'child.name': '阿迪力' },
      materials: { 'mother.id-card': await newPhoto() },
    }))
    expect(taskOf(after, 'number').state).toBe('received')
    expect(taskOf(after, 'booklet').state).toBe('received')
  })

  it('keeps a department to its own item (OUTSIDE_NOTICE)', async () => {
    const view = await dispatched(harness, crew)
    const { id } = taskOf(view, 'booklet')
    await actTask(harness, desks.health!, id, { do: 'receive' })
    const reply = await actTask(harness, desks.health!, id, {
      do: 'request-correction', asks: [ID_CARD],
    })
    expect(reply.json()).toMatchObject({ code: 'OUTSIDE_NOTICE' })
  })

  it('asks outside the notice, or twice, only with a logged reason that is counted', async () => {
    const { view } = await asking()
    const beyond = { kind: 'field', key: 'mother.address', reason: '需要' }
    const unknown = { kind: 'field', key: 'father.religion', reason: '需要' }
    const send = (asks: object[], override?: string) =>
      act(harness, clerk, view.id, { do: 'return', asks, ...(override ? { override } : {}) })
    // 选填 in this plan, so part of the notice; the child's number is made by an item and is not
    const made = { kind: 'field', key: 'child.idNumber', reason: '需要' }
    expect((await send([made])).json()).toMatchObject({ code: 'OUTSIDE_NOTICE' })
    expect((await send([unknown], '法定的理由在此')).json()).toMatchObject({ code: 'OUTSIDE_NOTICE' })
    ok(await send([ID_CARD, beyond]))
    ok(await act(harness, owner, view.id, {
      do: 'resubmit', form: { 'mother.address': '喀什市人民路一号' },
      materials: { 'mother.id-card': await newPhoto() },
    }))
    expect((await send([NAME])).json()).toMatchObject({ code: 'OUTSIDE_NOTICE', detail: { rounds: 1 } })
    const second = ok(await send([NAME], '系统比对结果不一致'))
    expect(second.correction?.round).toBe(2)
    const rows = await harness.asOwner(
      `select c.overrides, (select count(*)::int from audit a where a.object = 'case:' || c.id
         and a.result = 'override') as logged from cases c where c.id = $1`, [view.id])
    expect(rows).toEqual([{ overrides: 1, logged: 1 }])
  })

  it('takes only what was asked, all of it, and nothing unchanged or unready', async () => {
    const { view } = await asking()
    ok(await act(harness, clerk, view.id, { do: 'return', asks: [ID_CARD, NAME] }))
    const content = (await harness.call(owner, { method: 'GET', url: `/v1/cases/${view.id}/content` }))
      .json<{ materials: Record<string, unknown> }>()
    const good = { form: { 'child.name': '阿迪力' }, materials: { 'mother.id-card': await newPhoto() } }
    const bad: [string, object][] = [
      ['child.name', { ...good, form: {} }],
      ['mother.phone', { ...good, form: { ...good.form, 'mother.phone': '13900000000' } }],
      ['mother.id-card', { ...good, materials: {} }],
      ['mother.id-card', { ...good, materials: { 'mother.id-card': content.materials['mother.id-card'] } }],
      ['mother.id-card', { ...good, materials: {
        'mother.id-card': { by: 'photos', ids: [await photo(harness, await harness.citizen())] } } }],
      ['child.name', { ...good, form: { 'child.name': '!' } }],
    ]
    for (const [field, answer] of bad) {
      const reply = await act(harness, owner, view.id, { do: 'resubmit', ...answer })
      expect(reply.json()).toMatchObject({ code: 'FORM_PROBLEMS', detail: { problems: [{ field }] } })
    }
    expect((await read(view.id)).state).toBe('correcting')
    ok(await act(harness, owner, view.id, { do: 'resubmit', ...good }))
    const rows = await harness.asOwner(
      'select material_id from case_materials where case_id = $1', [view.id])
    expect(rows.map(({ material_id }) => material_id)).toEqual(
      (good.materials['mother.id-card'] as { ids: string[] }).ids)
  })
})

describe('a correction before acceptance', () => {
  it('stops everything until the citizen answers, then gives the window five days anew', async () => {
    const { id } = ok(await submit(harness, owner, await trialBody(harness, owner)))
    const returned = ok(await act(harness, clerk, id, { do: 'return', asks: [NAME] }))
    expect(returned).toMatchObject({ state: 'returned' })
    expect((await act(harness, clerk, id, { do: 'accept' })).statusCode).toBe(409)
    await passDays(harness, 2)
    const again = ok(await act(harness, owner, id, {
      do: 'resubmit', form: { 'child.name': '阿迪力' }, materials: {},
    }))
    expect(again).toMatchObject({ state: 'submitted', acceptBy: '2026-12-02' })
    await passDays(harness, -2)
  })
})
