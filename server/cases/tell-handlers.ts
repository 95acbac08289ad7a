/** 分派: who answers for new work by annex 2 is told of it, unless their own system is. */
import { dayWords } from '../../core/timeline'
import { tellContacts } from '../contacts/tell'
import type { Docket } from './docket'
import { departmentName } from './topic'
import type { TaskRow } from './view'

/** One message a department, however many of its items start at once. */
export async function tellHandlers(docket: Docket): Promise<void> {
  const { platform, tx, row, fresh: { started } } = docket
  const byHand = started.filter(({ department_id: id }) => !platform.outside.departments.has(id))
  for (const department of new Set(byHand.map(({ department_id: id }) => id))) {
    const tasks = byHand.filter(({ department_id: id }) => id === department)
    const [first] = tasks
    if (!first) continue
    await tellContacts(tx, platform, {
      about: { ...first, topic_id: row.topic_id, stage: 'receive' },
      roles: ['handler'],
      text: textOf(docket, department, tasks),
      key: `handed-on:${row.id}.${tasks.map(({ n }) => n).join('.')}`,
    })
  }
}

function textOf(
  { platform, row, names }: Docket,
  department: string,
  tasks: readonly TaskRow[],
): string {
  const unit = departmentName(platform, department, row.region_code)
  const items = tasks.map(({ item_id: id }) => `“${names.item(id)}”`).join('')
  const due = tasks.flatMap(({ due_on: day }) => day ?? []).sort()[0]
  const until = due ? `，应于${dayWords(due)}前办结` : ''
  return `${unit}有新办件待接收：${items}（办件编号 ${row.number}）${until}，请登录工作台接收。`
}
