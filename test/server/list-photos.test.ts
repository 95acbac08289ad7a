/** A photo of somebody in a list is opened by the department that asked for it, by no other. */
import { expect, it } from 'vitest'
import { keyParts } from '../../core/rows'
import { filingOf, readSpecs } from '../catalogue/spec'
import { startHarness } from './harness'
import { atWindow, fileCase } from './robot'

const h = await startHarness()

it('名单里每个人的照片，要这份材料的部门打得开，别的部门打不开', async () => {
  const topicId = 'company-opening'
  const topic = h.platform.catalogue.topics.find(({ id }) => id === topicId)!
  const spec = readSpecs().get(topicId)!
  const situation = spec.情形.find(({ 提交 }) => 提交.some((one) => one.includes('股东')))!
  const who = await h.citizen()
  const { submission, view } = await fileCase(h, who, {
    topicId, seed: 7, ...filingOf(topic, spec, situation), rows: { shareholder: 2 },
  })
  const clerk = await h.window()
  for (const action of ['accept', 'dispatch']) await atWindow(h, clerk, view.id, action)
  const photos = Object.entries(submission.materials).flatMap(([key, supply]) =>
    (keyParts(key).role === 'shareholder' && supply.by === 'photos' ? supply.ids : []))
  expect(photos.length).toBeGreaterThan(2)
  const read = async (department: string, id: string) => (await h.call(
    await h.department(department), { method: 'GET', url: `/v1/materials/${id}/file` })).statusCode
  for (const id of photos) expect(await read('market-supervision', id)).toBe(200)
  expect(await read('tax', photos[0]!)).toBe(404)
})
