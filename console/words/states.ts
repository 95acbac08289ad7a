/** One word for every state and action, as staff say it. */
import type { CaseAction, CaseState } from '@core/case'
import type { SignalState } from '@core/escalation'
import type { RectificationAction, RectificationState } from '@core/rectification'
import type { TaskAction, TaskState } from '@core/task'
import type { TicketState } from '@core/ticket'

export type Tone = 'todo' | 'going' | 'waiting' | 'done' | 'bad'

interface Word {
  name: string
  tone: Tone
}

export const CASE_WORDS: Record<CaseState, Word> = {
  submitted: { name: '待受理', tone: 'todo' },
  accepted: { name: '待分派', tone: 'todo' },
  returned: { name: '受理前补正', tone: 'waiting' },
  handling: { name: '办理中', tone: 'going' },
  correcting: { name: '补正中', tone: 'waiting' },
  ready: { name: '待出件', tone: 'todo' },
  finished: { name: '已出件', tone: 'done' },
  refused: { name: '不予受理', tone: 'bad' },
  withdrawn: { name: '已撤回', tone: 'done' },
}

export const CASE_ACTION_WORDS: Record<CaseAction, string> = {
  accept: '受理', return: '一次性补正', refuse: '不予受理', dispatch: '分派', urge: '督促',
  'hand-over': '出件', 'auto-accept': '到期视为受理', resubmit: '提交补正', withdraw: '撤回',
  settle: '办结', 'confirm-receipt': '确认收到',
}

export const TASK_WORDS: Record<TaskState, Word> = {
  waiting: { name: '等前置事项', tone: 'waiting' },
  dispatched: { name: '待接收', tone: 'todo' },
  received: { name: '办理中', tone: 'going' },
  reviewed: { name: '待审批', tone: 'todo' },
  asking: { name: '等补正', tone: 'waiting' },
  paused: { name: '暂停计时', tone: 'waiting' },
  approved: { name: '已办结', tone: 'done' },
  rejected: { name: '不予办理', tone: 'bad' },
  cancelled: { name: '不再办理', tone: 'done' },
}

export const TASK_ACTION_WORDS: Record<TaskAction, string> = {
  receive: '接收', review: '提交审核意见', approve: '办结', reject: '不予办理',
  'request-correction': '要求补正', pause: '暂停计时', resume: '恢复计时', 'send-back': '退回重审',
  'propose-extension': '提出延期', extend: '批准延期',
  start: '开始', 'resume-corrected': '收到补正', cancel: '取消',
}

export const TICKET_WORDS: Record<TicketState, Word> = {
  reported: { name: '自动报备', tone: 'waiting' },
  open: { name: '待答复', tone: 'todo' },
  answered: { name: '等对方确认', tone: 'waiting' },
  closed: { name: '已结束', tone: 'done' },
  asked: { name: '回访中', tone: 'waiting' },
  settled: { name: '已归档', tone: 'done' },
}

export const RECTIFICATION_WORDS: Record<RectificationState, Word> = {
  open: { name: '待联系', tone: 'todo' },
  contacted: { name: '待答复', tone: 'todo' },
  answered: { name: '待监督确认', tone: 'going' },
  confirmed: { name: '等群众回应', tone: 'waiting' },
  closed: { name: '已结束', tone: 'done' },
}

export const RECTIFICATION_ACTION_WORDS: Record<RectificationAction, string> = {
  contact: '记录联系', answer: '提交整改结果', confirm: '确认整改', return: '退回重办',
  satisfied: '满意', unsatisfied: '不满意', lapse: '到期结束',
}

export const SIGNAL_TAGS = {
  warning: { name: '预警', title: '快到承诺期限' },
  yellow: { name: '黄牌', title: '已超过承诺期限' },
  red: { name: '红牌', title: '严重超期' },
} as const

export const SIGNAL_WORDS: Record<SignalState, Word> = {
  open: { name: '待说明', tone: 'todo' },
  explained: { name: '已说明，待办结', tone: 'going' },
  closed: { name: '已办结', tone: 'done' },
}
