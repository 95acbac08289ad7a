/** What became of something on its way out of the house. */
import type { Tone } from './states'

/** Its tag: given up, failed and to be tried again, or not tried yet. */
export function deliveryTag(
  { state, reason }: { state: string; reason: string | null },
): { name: string; tone: Tone } {
  if (state === 'dead') return { name: '已放弃', tone: 'bad' }
  return reason ? { name: '失败待重试', tone: 'waiting' } : { name: '待投递', tone: 'going' }
}

const REASONS: readonly (readonly [part: string, words: string])[] = [
  ['OUTSIDE_DOWN', '对方系统没有回应'],
  ['no answer in time', '对方系统没有及时回应'],
  ['lease ran out', '投递中途服务停止'],
  ['expired before it could be sent', '过了有效期还没送出'],
  ['WeChat does not take it', '微信不接受这条消息'],
]

/** What the outbox wrote down, for whoever cannot read it there. */
export function reasonWords(reason: string): string {
  return REASONS.find(([part]) => reason.includes(part))?.[1] ?? reason
}
