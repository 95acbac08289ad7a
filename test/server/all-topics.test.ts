/**
 * Every topic of the plan, filed by a robot citizen and finished by the departments, in at least
 * three situations of its spec that differ in what is done.
 */
import { describe, expect, it } from 'vitest'
import { type Situation, filingOf, readSpecs } from '../catalogue/spec'
import { startHarness } from './harness'
import { carryThrough, fileCase } from './robot'

const h = await startHarness()
const SITUATIONS = 3

/** Situations that are not stopped and all questions of which are answered, as unlike as can be. */
function chosen(situations: readonly Situation[]): Situation[] {
  const open = situations.filter(({ 停办 = [], 不同 = {}, 办理 }) => 停办.length === 0 &&
    !Object.values(不同).includes(null) && !办理.some((item) => item.includes('（可能）')))
  const unlike = open.filter(({ 办理, 提交 }, n) => open.findIndex((one) =>
    one.办理.join() === 办理.join() && one.提交.join() === 提交.join()) === n)
  const byItems = unlike.filter(({ 办理 }, n) =>
    unlike.findIndex((one) => one.办理.join() === 办理.join()) === n)
  return [...new Set([...byItems, ...unlike, ...open])].slice(0, SITUATIONS)
}

describe('18 件事，机器人从头办到尾', () => {
  const specs = readSpecs()

  it('每一件事都有情形可办', () => {
    expect(h.platform.catalogue.topics.map(({ id }) => id).sort()).toEqual([...specs.keys()].sort())
    expect(specs.size).toBe(18)
  })

  for (const [topicId, spec] of specs) {
    const situations = chosen(spec.情形)
    it(`${spec.主题}：至少三种情形`, () => {
      expect(situations.length).toBeGreaterThanOrEqual(SITUATIONS)
    })
    it.each(situations.map((one, n) => [`${spec.主题}：${one.名称}`, one, n] as const))(
      '%s', async (_name, situation, n) => {
        const topic = h.platform.catalogue.topics.find(({ id }) => id === topicId)!
        const lists = topic.roles.flatMap(({ id, many }) => (many ? [[id, many.min + n % 2]] : []))
        const who = await h.citizen()
        const filed = await fileCase(h, who, {
          topicId, seed: 10 * n + topic.number, ...filingOf(topic, spec, situation),
          rows: Object.fromEntries(lists),
        })
        expect(filed.view.tasks.map(({ itemId }) => itemId).sort())
          .toEqual(filed.filled.plan.items.map(({ item }) => item.id).sort())
        const done = await carryThrough(h, who, filed)
        expect(done.state).toBe('finished')
        expect(new Set(done.tasks.map(({ state }) => state))).toEqual(new Set(['approved']))
        expect(done.tasks.every(({ result }) => result !== null)).toBe(true)
      }, 60_000)
  }
})
