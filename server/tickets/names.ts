/** What a ticket is about and who has it, in words. */
import { shanghaiDate } from '../../core/clock'
import type { TicketBrief } from '../../core/contract/ticket'
import { keyParts } from '../../core/rows'
import type { Rung } from '../../core/ticket'
import { departmentName, officeOf } from '../cases/topic'
import type { Platform } from '../platform'
import { type TicketRow, outcomeOf } from './store'

export function regionName({ catalogue }: Platform, code: string): string {
  return catalogue.regions.find((region) => region.code === code)?.name ?? ''
}

/** Who has it on a rung. */
export function officeAt(
  platform: Platform,
  { region_code: code, department_id: department }: TicketRow,
): (rung: Rung) => string {
  return (rung) => {
    switch (rung) {
      case 'window': return officeOf(platform, code).office
      case 'department': return departmentName(platform, department ?? '', code)
      case 'joint': return `${regionName(platform, code)}联动会审（综合窗口牵头）`
      case 'leaders': return `${regionName(platform, code)}改革领导小组`
    }
  }
}

function aboutWords(
  { catalogue }: Platform,
  { topic_id, item_id, field }: TicketRow,
  caseNumber: string | null,
): string {
  const topic = catalogue.topics.find(({ id }) => id === topic_id)
  const item = topic?.items.find(({ id }) => id === item_id)
  const label = field ? topic?.fields.find(({ key }) => key === keyParts(field).key)?.label : ''
  return [topic?.title, item?.short, label, caseNumber ? `办件 ${caseNumber}` : undefined]
    .filter(Boolean).join(' · ')
}

/** What lists and the view of one ticket tell alike. */
export function briefOf(
  platform: Platform,
  row: TicketRow,
  caseNumber: string | null,
): Omit<TicketBrief, 'person' | 'region'> {
  const today = shanghaiDate(platform.now().toISOString())
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state,
    rung: row.rung,
    holder: officeAt(platform, row)(row.rung),
    dueOn: row.due_on,
    overdue: row.due_on !== null && today > row.due_on,
    outcome: outcomeOf(row),
    about: aboutWords(platform, row, caseNumber),
    openedAt: row.opened_at.toISOString(),
  }
}
