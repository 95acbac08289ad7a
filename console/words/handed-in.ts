/** What was handed in with a case, in words and in order. */
import type { Ask, CaseView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { rowed } from '@core/lists'
import type { ListedAsk } from '../components/ask-list'
import type { Sheet } from '../components/photos'
import type { ShownSupply } from '../components/supplies'
import { roleTitle } from './fields'

type Values = Readonly<Record<string, string>>

/** One sheet a photo. */
export function sheetsOf(supplies: readonly ShownSupply[]): Sheet[] {
  return supplies.flatMap(({ name, ids }) => ids.map((id, n) => ({
    id, title: ids.length > 1 ? `${name}（第 ${n + 1} 张）` : name,
  })))
}

/** 母亲：姓名, 母亲：居民身份证: what a correction asks for. */
export function partLabel(
  topic: Topic,
  form: Values,
  { kind, key }: Pick<Ask, 'kind' | 'key'>,
): string {
  const whole = rowed(topic, form)
  const field = kind === 'field' ? whole.fields.find((one) => one.key === key) : undefined
  if (field) return `${roleTitle(topic, field)}：${field.label}`
  const material = whole.materials.find((one) => one.key === key)
  return material ? `${roleTitle(topic, material)}：${material.name}` : key
}

/** What departments asked since the last round; it goes into the next one (行政许可法 §32). */
export function askedByDepartments(
  { tasks, events, state }: CaseView,
  labelOf: (ask: Ask) => string,
): ListedAsk[] {
  if (state !== 'handling') return []
  const asking = new Map(tasks.filter((task) => task.state === 'asking')
    .map(({ itemId, department }) => [itemId, department]))
  const told = events.reduce((last, { is }, n) => (is === 'return' ? n : last), -1)
  const once = new Map<string, ListedAsk>()
  for (const { itemId, asks = [] } of events.slice(told + 1)) {
    const from = asking.get(itemId ?? '')
    if (from === undefined) continue
    for (const ask of asks) {
      const name = `${ask.kind} ${ask.key}`
      if (once.has(name)) continue
      const { kind, key, reason } = ask
      once.set(name, { kind, key, reason, label: labelOf(ask), from })
    }
  }
  return [...once.values()]
}

/** Whether a round was told before: another one needs a legal reason. */
export const hasRound = ({ events }: CaseView): boolean => events.some(({ is }) => is === 'return')
