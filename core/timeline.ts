/** What a reader of the timeline is told: who did what, where, until when, and what comes next. */
import type { CaseState } from './case'
import type { Happening } from './history'
import { EXTENSION_CAUSES, PAUSE_REASONS, type TaskState } from './task'
import { titled } from './titled'

/** The names a sentence uses. Never a citizen's: the applicant is 您, or 申请人 to staff. */
export interface Names {
  applicant: '您' | '申请人'
  /** who did it in the applicant's place, e.g. 代办人 艾力·** */
  agent?: string
  /** the window's office */
  office: string
  department: (itemId: string) => string
  item: (itemId: string) => string
  /** whether the topic's tone lets us ask for a rating */
  asksRating: boolean
}

export const HANDOVER_WORDS = {
  electronic: '电子结果，在手机上领取',
  window: '到综合窗口领取',
  post: '邮寄送达',
} as const

/** '2026-11-30' → '11月30日' */
export function dayWords(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

const until = (day: string | undefined) => (day ? `，承诺 ${dayWords(day)}前办结` : '')
const reasonWords = (reason: string | undefined) => (reason ? `：${reason}` : '')

/** What the applicant did, or somebody for them. */
function done({ applicant, agent }: Names, act: string): string {
  return agent ? `${agent}已代${applicant}${act}` : `${applicant}已${act}`
}

/** The sentence of one event. */
export function sentence(event: Happening, names: Names): string {
  const { applicant, office } = names
  const item = event.itemId ? `“${names.item(event.itemId)}”` : ''
  const department = event.itemId ? names.department(event.itemId) : ''
  const asked = event.asks?.length ?? 0
  switch (event.is) {
    case 'submit': {
      const by = event.acceptBy ? `，最晚 ${dayWords(event.acceptBy)}前答复` : ''
      const begun = event.begunAt ? `（先在${event.begunAt}填写，转到手机上办）` : ''
      const picked = event.pickedUp ? '，接着手机上填的办' : ''
      return event.atWindow
        ? `${office}窗口代办录入：${applicant}到场申请${picked}，正在核对${by}。`
        : `${done(names, '提交申请')}${begun}，${office}正在核对${by}。`
    }
    case 'accept': return `${office}已受理${until(event.dueOn)}，接下来分派给各部门。`
    case 'auto-accept':
      return `五个工作日内没有要求补正，依法视为已受理${until(event.dueOn)}。`
    case 'return':
      return `${office}请${applicant}一次补正 ${asked} 处内容，补好后继续办理，其他事项不受影响。`
    case 'refuse':
      return `${office}不予受理${reasonWords(event.reason)}。${event.remedy ?? ''}`
    case 'dispatch': return `${office}已分派给各部门，能同时办的同时开始。`
    case 'urge': return `${office}已催促${department}办理${item}。`
    case 'resubmit': return `${done(names, '补正')}，${office}和有关部门继续办理。`
    case 'withdraw': return `${done(names, '撤回申请')}，各部门停止办理。`
    case 'settle': return `各事项都已有结果，接下来由${office}统一出件。`
    case 'hand-over':
      return `${office}已统一出件，本次办理结束${names.asksRating ? `，请${applicant}评价` : ''}。`
    case 'confirm-receipt':
      return `${done(names, '领取电子结果')}，本次办理结束${names.asksRating ? '，请评价' : ''}。`
    case 'choose-handover':
      return `领取方式改为：${HANDOVER_WORDS[event.handover ?? 'electronic']}。`
    case 'task.start': return `${item}已转到${department}${until(event.dueOn)}。`
    case 'task.receive': return `${department}已收到${item}${until(event.dueOn)}。`
    case 'task.request-correction':
      return `${department}提出${item}有 ${asked} 处需要补正，由${office}一次告知${applicant}。`
    case 'task.resume-corrected':
      return `${department}收到补正，继续办理${item}${until(event.dueOn)}。`
    case 'task.pause': return `${department}因${pauseWords(event)}暂停计时：${item}。`
    case 'task.resume': return `${department}恢复办理${item}${until(event.dueOn)}。`
    case 'task.review': return `${department}已审核${item}，正在审批。`
    case 'task.propose-extension': return `${department}拟延长${item}的办理期限，正在审批。`
    case 'task.extend': return `${department}经批准延长${item}的办理期限${extensionWords(event)}。`
    case 'task.send-back': return `${department}重新审核${item}。`
    case 'task.approve':
      return `${department}已办好${item}${event.result ? `，结果：${titled(event.result)}` : ''}。`
    case 'task.reject': return `${department}不予办理${item}${reasonWords(event.reason)}。`
    case 'task.cancel': return `${item}不再办理${reasonWords(event.reason)}。`
    case 'result.revoke':
      return `${department}撤销了${item}的结果${reasonWords(event.reason)}。`
    case 'task.signal': return `${item}${SIGNAL_WORDS[event.level ?? 'warning'].text}`
  }
}

/** 预警, 黄牌, 红牌 in words a citizen understands. */
export const SIGNAL_WORDS = {
  warning: { tag: '快到期了', text: '快到承诺期限了，已提醒部门抓紧办。' },
  yellow: { tag: '已超期', text: '已超过承诺期限，部门收到黄牌，监督部门正在督办。' },
  red: { tag: '严重超期', text: '已严重超期，部门收到红牌，监督部门正在督办。' },
} as const

export type SignalLevel = keyof typeof SIGNAL_WORDS

interface Signalled {
  name: string
  itemId: string
  signal: 'none' | SignalLevel
}

/** The items over their promised days, or close to them, the worst first; undefined: none is. */
export function delayOf(
  tasks: readonly Signalled[],
): { level: SignalLevel; itemId: string; text: string } | undefined {
  for (const level of ['red', 'yellow', 'warning'] as const) {
    const [first, ...others] = tasks.filter(({ signal }) => signal === level)
    if (!first) continue
    const which = others.length > 0 ? `“${first.name}”等 ${others.length + 1} 项` : `“${first.name}”`
    return { level, itemId: first.itemId, text: `${which}${SIGNAL_WORDS[level].text}` }
  }
  return undefined
}

function extensionWords({ days, cause, dueOn }: Happening): string {
  const why = cause ? `（${EXTENSION_CAUSES[cause]}）` : ''
  return `${days ? ` ${days} 个工作日` : ''}${why}${dueOn ? `，新的期限是 ${dayWords(dueOn)}` : ''}`
}

function pauseWords({ pause, note }: Happening): string {
  return `${pause ? PAUSE_REASONS[pause] : '法定程序'}${note ? `（${note}）` : ''}`
}

/** What the head of a case page says. */
export interface Headline {
  /** 现在到哪一步 */
  now: string
  /** 谁在办 */
  who: string
  /** 到什么时候 */
  until: string
  /** 下一步 */
  next: string
}

interface Headed {
  state: CaseState
  acceptBy: string
  dueOn: string | null
  contact: { office: string }
  tasks: readonly { state: TaskState; department: string }[]
}

const ENDED: ReadonlySet<TaskState> = new Set(['approved', 'rejected', 'cancelled'])

/** Where a case stands, who holds it, until when, and what comes next. */
export function headline({ state, acceptBy, dueOn, contact, tasks }: Headed): Headline {
  const office = contact.office
  const due = dueOn ? `承诺 ${dayWords(dueOn)}前全部办结` : ''
  const running = tasks.filter((task) => task.state !== 'waiting' && !ENDED.has(task.state))
  const departments = [...new Set(running.map(({ department }) => department))].join('、')
  const done = tasks.filter((task) => ENDED.has(task.state)).length
  const progress = `${tasks.length} 项里已有 ${done} 项有结果`
  switch (state) {
    case 'submitted': return {
      now: '等待受理', who: office, until: `最晚 ${dayWords(acceptBy)}前答复`, next: '受理后分派给各部门',
    }
    case 'returned': return {
      now: '需要您补正', who: '您', until: '补正前不计时', next: '补正后重新核对',
    }
    case 'accepted': return { now: '已受理', who: office, until: due, next: '分派给各部门' }
    case 'handling': return {
      now: `正在办理，${progress}`, who: departments || office, until: due, next: '全部办好后统一出件',
    }
    case 'correcting': return {
      now: `需要您补正，${progress}`, who: '您', until: due, next: '补正后有关部门继续办理',
    }
    case 'ready': return { now: '已全部办完', who: office, until: due, next: '领取结果' }
    case 'finished': return { now: '已出件', who: office, until: '', next: '评价这次办理' }
    case 'refused': return {
      now: '不予受理', who: office, until: '', next: '可按告知的途径申请复议或提起诉讼',
    }
    case 'withdrawn': return { now: '已撤回', who: '您', until: '', next: '需要时可重新申请' }
  }
}
