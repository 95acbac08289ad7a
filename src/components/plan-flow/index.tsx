/** The plan drawn: what runs side by side, what waits for what. */
import type { Department, Limit } from '@core/contract/topic'
import { type PlannedItem, itemsOf } from '@core/needs'
import type { Plan } from '@core/plan'
import { FlowChart, type FlowStage } from '@/ui/flow-chart'

/** A limit in words: 当场办结, 3 个工作日, 30 天. */
export function limitText({ days, unit }: Limit): string {
  if (days === 0) return '当场办结'
  return unit === 'working-day' ? `${days} 个工作日` : `${days} 天`
}

/** The stages of a plan, each with the tracks that run at the same time. */
export function stagesToDraw(plan: Plan, departments: readonly Department[]): FlowStage[] {
  const shortOf = new Map(plan.items.map(({ item }) => [item.id, item.short]))
  const officeOf = new Map(departments.map(({ id, short }) => [id, short]))
  return plan.stages.map((_, stage) => {
    const here = plan.items.filter((planned) => planned.stage === stage)
    const before = new Set(here.flatMap(({ needs }) => itemsOf(needs)))
    const earlier = plan.items.filter((one) => before.has(one.item.id) && one.stage === stage - 1)
    const names = earlier.map(({ item }) => shortOf.get(item.id) ?? item.name).join('、')
    const together = here.length > 1 ? `同时办 ${here.length} 项` : '办 1 项'
    return {
      title: `${stage === 0 ? '受理以后' : `${names}办好后`}，${together}`,
      tracks: here.map((planned) => trackOf(planned, plan, officeOf)),
    }
  })
}

function trackOf({ item, verdict }: PlannedItem, plan: Plan, officeOf: Map<string, string>) {
  const maybe = verdict === 'unknown'
  const visit = plan.onsite.some(({ itemId }) => itemId === item.id)
  const tag = maybe ? { tone: 'plain', label: '可能需要' } as const
    : visit ? { tone: 'warn', label: '要到场' } as const
    : undefined
  return {
    name: item.short,
    note: `${officeOf.get(item.department) ?? item.department} · ${limitText(item.promised)}`,
    maybe,
    tag,
  }
}

export function PlanFlow({ plan, departments }: {
  plan: Plan
  departments: readonly Department[]
}) {
  return <FlowChart label="办理流程" stages={stagesToDraw(plan, departments)} />
}
