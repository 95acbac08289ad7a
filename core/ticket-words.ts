/** What a reader of a ticket is told: who has it, and one sentence for each thing that happened. */
import type { Outcome, Rung, TicketAction, TicketKind, TicketState } from './ticket'
import { dayWords } from './timeline'

export const KIND_WORDS: Record<TicketKind, { name: string; hint: string }> = {
  inquiry: { name: '咨询', hint: '不清楚怎么办、要什么材料、去哪里办' },
  assistance: { name: '帮办代办', hint: '自己办有困难，请工作人员打电话或者上门帮着办' },
  unresolved: { name: '办不成事', hint: '条件够了却办不成、跑了好几趟、被推来推去、态度不好' },
}

export const OUTCOME_WORDS: Record<Outcome, string> = {
  solved: '已解决',
  explained: '已说明理由和依据',
  elsewhere: '不归这里管，已告诉您去哪里办',
  withdrawn: '已撤回',
  quiet: '已答复',
}

export interface TicketNames {
  /** 您 to the citizen, 求助人 to staff */
  citizen: '您' | '求助人'
  /** who has it on a rung: 喀什市政务服务中心综合窗口 */
  office: (rung: Rung) => string
}

/** One thing that happened to a ticket. */
export interface TicketEvent {
  is: TicketAction | 'create' | 'report'
  /** where it was afterwards */
  rung: Rung
  /** where it was before */
  from?: Rung
  dueOn?: string | null
  outcome?: Outcome
}

const until = (day: string | null | undefined) => (day ? `，${dayWords(day)}前答复` : '')

/** The sentence of one event; what somebody wrote stands beside it. */
export function ticketSentence(event: TicketEvent, { citizen, office }: TicketNames): string {
  const { rung, from = rung, dueOn, outcome } = event
  switch (event.is) {
    case 'create':
    case 'raise': return `${citizen}已提出，由${office(rung)}答复${until(dueOn)}。`
    case 'report': return `有事项没有办成，系统已自动报备。${citizen}有意见可以提出。`
    case 'say': return `${citizen}补充说明${until(dueOn)}。`
    case 'answer': return `${office(rung)}已答复。`
    case 'pass-up': return `${office(from)}请${office(rung)}处理${until(dueOn)}。`
    case 'escalate': return `${office(from)}没有按时答复，已自动转${office(rung)}${until(dueOn)}。`
    case 'close': return `${office(rung)}办结：${OUTCOME_WORDS[outcome ?? 'solved']}。`
    case 'confirm': return `${citizen}确认已解决。`
    case 'reopen': return `${citizen}说还没解决，由${office(rung)}重新处理${until(dueOn)}。`
    case 'withdraw': return `${citizen}已撤回。`
    case 'end': return '答复后没有再问，已结束。'
    case 'ask': return `结束满四周，请${citizen}说说：真的解决了吗？`
    case 'lapse': return '没有收到回答，已归档。'
  }
}

/** What the head of a ticket says: where it stands, who has it, until when. */
export function ticketHeadline(
  ticket: { state: TicketState; holder: string; dueOn: string | null; outcome: Outcome | null },
): { now: string; who: string; until: string } {
  const { state, holder, dueOn, outcome } = ticket
  const ended = OUTCOME_WORDS[outcome ?? 'solved']
  switch (state) {
    case 'reported': return { now: '已自动报备', who: holder, until: '' }
    case 'open':
      return { now: '正在处理', who: holder, until: dueOn ? `${dayWords(dueOn)}前答复` : '' }
    case 'answered': return { now: '已有答复，请您看看', who: '您', until: '' }
    case 'closed': return { now: ended, who: '', until: '' }
    case 'asked': return { now: '真的解决了吗？', who: '您', until: '' }
    case 'settled': return { now: ended, who: '', until: '' }
  }
}
