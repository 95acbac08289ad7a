/** What a member of staff reads when something is refused. Core's sentences speak to citizens. */
import { shanghaiTime } from '@core/clock'
import { type Refusal, say } from '@core/refusal'

const TO_STAFF: Partial<Record<Refusal['code'], string>> = {
  OFFLINE: '连不上服务器，请检查网络后再试。',
  TIMEOUT: '服务器没有及时回应，不确定是否办成。请刷新看一看再试。',
  ACTION_NOT_ALLOWED: '这一步现在不能做：状态刚有变化，页面已刷新，请看最新情况。',
  NOT_FOUND: '没有找到，或者不归您的岗位办理。',
  OUTSIDE_NOTICE: '有内容不在一次告知单里，或者已经补正过一次：请写明法定理由。',
  PICK_UP_CODE: '接办码不对，或者不是这位申请人、这件事的，也可能用过了、撤回了、过期了。请核对，或请申请人在手机上重新拿一个。',
  NOT_SIGNED_IN: '登录已过期，请重新登录。',
  TOO_MANY_REQUESTS: '试得太频繁，请 {seconds} 秒后再试。',
}

/** The sentence, with who was faster and when, where the platform tells. */
export function sayToStaff({ code, detail }: Refusal): string {
  const { by, at, seconds } = detail
  const time = typeof at === 'string' && at.includes('T') ? shanghaiTime(at) : ''
  const own = TO_STAFF[code]?.replace('{seconds}', String(seconds ?? ''))
  const text = own ?? say({ code, detail: { time, ...detail } })
  const told = typeof by !== 'string' || text.includes(by)
  return told ? text : `${text}（${by}${time ? ` ${time}` : ''} 已办）`
}

/** Refusals after which what is on the page is no longer so. */
export const MOVED_ON: ReadonlySet<Refusal['code']> =
  new Set(['TAKEN', 'ACTION_NOT_ALLOWED', 'NOT_PROPOSED', 'TIMEOUT'])
