import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCEPT, type Flow, HANDOVER, SUBMIT, flowOf, itemNode } from '../../core/flow'
import { type FlowPicture, layOutFlow } from '../../core/flow-layout'
import type { Point } from '../../core/flow-lines'
import { itemsOf, waitsOf } from '../../core/needs'
import { makePlan, usualFacts } from '../../core/plan'
import { loadCatalogue } from '../../server/catalogue/load'
import { anyFacts, anyTopic } from './any-topic'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
/** From a 320-wide phone in elder mode to a sheet of A4. */
const anyRoom = fc.integer({ min: 13, max: 60 })
const anyPlan = fc.tuple(anyTopic, anyFacts).map(([topic, facts]) => makePlan(topic, facts))
const NEAR = 1e-6

interface Segment { from: Point; to: Point }

function segments(points: readonly Point[]): Segment[] {
  return points.slice(1).map((to, n) => ({ from: points[n]!, to }))
}

const span = (a: number, b: number) => [Math.min(a, b), Math.max(a, b)] as const

/** How much of two parallel segments lies on each other. */
function overlap(one: Segment, other: Segment): number {
  for (const [along, across] of [['x', 'y'], ['y', 'x']] as const) {
    const flat = [one, other].every(({ from, to }) => Math.abs(from[across] - to[across]) < NEAR)
    if (!flat || Math.abs(one.from[across] - other.from[across]) > NEAR) continue
    const [a, b] = span(one.from[along], one.to[along])
    const [c, d] = span(other.from[along], other.to[along])
    return Math.min(b, d) - Math.max(a, c)
  }
  return 0
}

function faultsOf({ boxes, routes, width, height }: FlowPicture): string[] {
  const faults: string[] = []
  const at = new Map(boxes.map((box) => [box.id, box]))
  boxes.forEach((one, n) => {
    if (one.x < -NEAR || one.x + one.width > width + NEAR || one.y + one.height > height + NEAR) {
      faults.push(`${one.id} leaves the picture`)
    }
    for (const other of boxes.slice(n + 1)) {
      const apart = one.x + one.width <= other.x || other.x + other.width <= one.x ||
        one.y + one.height <= other.y || other.y + other.height <= one.y
      if (!apart) faults.push(`${one.id} overlaps ${other.id}`)
    }
  })
  for (const { from, to, points } of routes) {
    const [first, last] = [points[0]!, points[points.length - 1]!]
    const [source, target] = [at.get(from)!, at.get(to)!]
    if (last.y <= first.y) faults.push(`${from} → ${to} does not point downward`)
    if (Math.abs(first.y - source.y - source.height) > NEAR) faults.push(`${from} → ${to} starts off`)
    if (Math.abs(last.y - target.y) > NEAR) faults.push(`${from} → ${to} ends off`)
    for (const { from: a, to: b } of segments(points)) {
      if (b.y < a.y - NEAR) faults.push(`${from} → ${to} goes up`)
      if (a.x !== b.x && a.y !== b.y) faults.push(`${from} → ${to} is slanted`)
      const [left, right] = span(a.x, b.x)
      const [top, bottom] = span(a.y, b.y)
      for (const box of boxes) {
        const through = left < box.x + box.width - NEAR && right > box.x + NEAR &&
          top < box.y + box.height - NEAR && bottom > box.y + NEAR
        if (through) faults.push(`${from} → ${to} runs through ${box.id}`)
      }
    }
  }
  return faults
}

function mixedUp({ routes }: FlowPicture): string[] {
  return routes.flatMap((one, n) => routes.slice(n + 1)
    .filter(({ from, to }) => from !== one.from && to !== one.to)
    .filter(({ points }) => segments(one.points).some((mine) =>
      segments(points).some((other) => overlap(mine, other) > NEAR)))
    .map((other) => `${one.from} → ${one.to} lies on ${other.from} → ${other.to}`))
}

const has = ({ edges }: Flow, from: string, to: string) =>
  edges.some((edge) => edge.from === from && edge.to === to)

describe('the flow chart', () => {
  it('overlaps no boxes, runs no line through one and points downward, for any plan', () => {
    fc.assert(fc.property(anyPlan, anyRoom, (plan, room) => {
      const picture = layOutFlow(flowOf(plan, []), room)
      expect(faultsOf(picture)).toEqual([])
      expect(picture.width).toBeLessThanOrEqual(room + NEAR)
    }))
  })

  it('never lays lines of different things on each other, for any plan', () => {
    fc.assert(fc.property(anyPlan, anyRoom, (plan, room) => {
      expect(mixedUp(layOutFlow(flowOf(plan, []), room))).toEqual([])
    }))
  })

  it('has an edge for every need, and a way from handing in to the results through each', () => {
    fc.assert(fc.property(anyPlan, (plan) => {
      const flow = flowOf(plan, [])
      const order = flow.nodes.map(({ id }) => id)
      for (const { from, to } of flow.edges) {
        expect(order.indexOf(from)).toBeLessThan(order.indexOf(to))
      }
      for (const { item, needs } of plan.items) {
        if (!plan.stages.flat().includes(item.id)) continue
        const node = itemNode(item.id)
        for (const needed of itemsOf(needs)) expect(has(flow, itemNode(needed), node)).toBe(true)
        for (const { label } of waitsOf(needs)) {
          expect(flow.edges.some(({ from, to }) => to === node && from.startsWith(`wait:${label}:`)))
            .toBe(true)
        }
      }
      for (const { id } of flow.nodes) {
        if (id !== SUBMIT) expect(flow.edges.some(({ to }) => to === id), id).toBe(true)
        if (id !== HANDOVER) expect(flow.edges.some(({ from }) => from === id), id).toBe(true)
      }
    }))
  })

  it('draws each real topic on phone and paper', () => {
    for (const topic of topics) {
      const plan = makePlan(topic, usualFacts(topic, { answers: {}, form: {} }))
      for (const room of [13, 18, 22, 55]) {
        const picture = layOutFlow(flowOf(plan, topic.departments), room)
        expect([topic.id, room, ...faultsOf(picture), ...mixedUp(picture)]).toEqual([topic.id, room])
      }
    }
  })

  it('lets a wait run from what it follows, and marks ways of which one is enough', () => {
    const topic = topics[0]!
    const plan = makePlan(topic, usualFacts(topic, { answers: {}, form: {} }))
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ ...topic.items[0]!, id, short: id }))
    const wait = { days: 30, unit: 'day' as const, label: '公示' }
    const planned = (item: NonNullable<typeof a>, stage: number, needs: object) =>
      ({ item, stage, needs, verdict: 'yes' }) as (typeof plan.items)[number] // needs told below
    const flow = flowOf({
      ...plan,
      items: [
        planned(a!, 0, { all: [{ wait }] }), planned(b!, 0, { all: [] }),
        planned(c!, 1, { all: [{ any: [{ item: 'a' }, { item: 'b' }] }, { wait: { ...wait, after: 'b' } }] }),
      ],
      stages: [['a', 'b'], ['c']],
    }, [])
    expect(flow.edges.filter(({ to }) => to === itemNode('c'))).toEqual([
      { from: 'item:a', to: 'item:c', any: true }, { from: 'item:b', to: 'item:c', any: true },
      { from: 'wait:公示:b:30 天', to: 'item:c', any: false },
    ])
    expect(has(flow, ACCEPT, 'wait:公示::30 天') && has(flow, 'wait:公示::30 天', 'item:a')).toBe(true)
    expect(has(flow, 'item:b', 'wait:公示:b:30 天') && has(flow, ACCEPT, 'item:b')).toBe(true)
  })
})
