import type { TicketState } from '@core/ticket'
import type { Tone } from '@/ui/status'

/** What a tag says of a ticket. */
export const TICKET_BADGES: Record<TicketState, { tone: Tone; label: string }> = {
  reported: { tone: 'plain', label: '已报备' },
  open: { tone: 'active', label: '处理中' },
  answered: { tone: 'warn', label: '有答复' },
  closed: { tone: 'good', label: '已办结' },
  asked: { tone: 'warn', label: '等您回答' },
  settled: { tone: 'plain', label: '已结束' },
}
