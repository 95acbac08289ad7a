/**
 * 流程图: a plan as a graph, from handing in to the results. What is drawn where is for
 * flow-layout.ts; page and PDF draw the same.
 *
 *   提交申请 ─▶ 受理 ─▶ items and external waits, each below what it needs ─▶ 统一出件
 */
import type { Need } from './contract/need'
import type { Department } from './contract/topic'
import { limitText } from './limit'
import type { PlannedItem } from './needs'
import type { Plan } from './plan'

export interface FlowNode {
  id: string
  /** whose step it is: the citizen's, the window's, a department's, or only time passing */
  kind: 'citizen' | 'window' | 'item' | 'wait'
  name: string
  /** who does it and how long it takes */
  notes: readonly string[]
  /** 可能需要, 要到场 */
  tag: string | undefined
  /** an unanswered question still decides it */
  maybe: boolean
}

export interface FlowEdge {
  from: string
  to: string
  /** one of several ways: any of them is enough */
  any: boolean
}

/** Nodes in an order in which each stands after all it needs. */
export interface Flow {
  nodes: readonly FlowNode[]
  edges: readonly FlowEdge[]
}

export const SUBMIT = 'submit'
export const ACCEPT = 'accept'
export const HANDOVER = 'handover'
export const itemNode = (id: string) => `item:${id}`

/** The graph of a plan. Items on a dependency circle (refused by the checker) are left out. */
export function flowOf(plan: Plan, departments: readonly Department[]): Flow {
  const staged = plan.stages.flatMap((stage) =>
    plan.items.filter(({ item }) => stage.includes(item.id)))
  const offices = new Map(departments.map(({ id, short }) => [id, short]))
  const nodes: FlowNode[] = [...BEGIN]
  const edges: FlowEdge[] = [{ from: SUBMIT, to: ACCEPT, any: false }]
  for (const planned of staged) {
    const node = nodeOf(planned, plan, offices)
    const into = edgesInto(node.id, planned.needs)
    const fresh = into.nodes.filter(({ id }) => nodes.every((known) => known.id !== id))
    nodes.push(...fresh, node)
    edges.push(...into.edges.filter(isNewIn(edges)))
  }
  const leading = new Set(edges.map(({ from }) => from))
  const last = nodes.filter(({ id }) => !leading.has(id))
  return {
    nodes: [...nodes, END],
    edges: [...edges, ...last.map(({ id }) => ({ from: id, to: HANDOVER, any: false }))],
  }
}

const BEGIN: readonly FlowNode[] = [
  {
    id: SUBMIT, kind: 'citizen', name: '提交申请', notes: ['填一张表', '交一套材料'],
    tag: undefined, maybe: false,
  },
  {
    id: ACCEPT, kind: 'window', name: '受理', notes: ['材料不齐，一次告知'],
    tag: undefined, maybe: false,
  },
]

const END: FlowNode = {
  id: HANDOVER, kind: 'window', name: '统一出件', notes: ['结果一次领'],
  tag: undefined, maybe: false,
}

function nodeOf({ item, verdict }: PlannedItem, plan: Plan, offices: Map<string, string>) {
  const maybe = verdict === 'unknown'
  const visit = plan.onsite.some(({ itemId }) => itemId === item.id)
  const time = item.season ? '按报名时间' : limitText(item.promised)
  return {
    id: itemNode(item.id),
    kind: 'item' as const,
    name: item.short,
    notes: [offices.get(item.department) ?? item.department, time],
    tag: maybe ? '可能需要' : visit ? '要到场' : undefined,
    maybe,
  }
}

/** The edges of a need, and the waits in it as nodes; nothing needed follows acceptance. */
function edgesInto(to: string, need: Need) {
  const nodes: FlowNode[] = []
  const edges: FlowEdge[] = []
  const walk = (part: Need, any: boolean): void => {
    if ('item' in part) edges.push({ from: itemNode(part.item), to, any })
    else if ('wait' in part) {
      const { label, after, ...limit } = part.wait
      const id = `wait:${label}:${after ?? ''}:${limitText(limit)}`
      const from = after === undefined ? ACCEPT : itemNode(after)
      nodes.push({
        id, kind: 'wait', name: label, notes: [`等 ${limitText(limit)}`], tag: undefined,
        maybe: false,
      })
      edges.push({ from, to: id, any: false }, { from: id, to, any })
    } else if ('all' in part) part.all.forEach((one) => walk(one, any))
    else part.any.forEach((one) => walk(one, any || part.any.length > 1))
  }
  walk(need, false)
  const kept = edges.filter((edge, n) => isNewIn(edges.slice(0, n))(edge))
  const needsNothing = kept.every((edge) => edge.to !== to)
  return {
    nodes, edges: needsNothing ? [...kept, { from: ACCEPT, to, any: false }] : kept,
  }
}

const isNewIn = (edges: readonly FlowEdge[]) => (edge: FlowEdge) =>
  edges.every(({ from, to }) => from !== edge.from || to !== edge.to)
