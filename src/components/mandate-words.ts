/** How a mandate is told on a page. */
import type { MandateView } from '@core/contract/mandate'
import { ACTS_WORDS, AGENT_WORDS, type MandateState, PRINCIPAL_WORDS } from '@core/mandate'
import type { Fact } from '@/ui/card'
import type { Tone } from '@/ui/status'
import { fullDayWords } from './moment'

export const STATE_WORDS: Record<MandateState, { words: string; tone: Tone }> = {
  offered: { words: '等对方接受', tone: 'active' },
  lapsed: { words: '已过期', tone: 'plain' },
  live: { words: '有效', tone: 'good' },
  ended: { words: '已到期', tone: 'plain' },
  revoked: { words: '已结束', tone: 'plain' },
}

type Scope = Pick<MandateView, 'topics' | 'acts' | 'startsOn' | 'endsOn'>

export const topicWords = ({ topics }: Pick<MandateView, 'topics'>) =>
  (topics ? topics.map(({ title }) => title).join('、') : '所有事项')

function termWords({ startsOn, endsOn }: Pick<MandateView, 'startsOn' | 'endsOn'>): string {
  return startsOn === endsOn
    ? `只有${fullDayWords(endsOn)}这一天` : `${fullDayWords(startsOn)}到${fullDayWords(endsOn)}`
}

/** For what, how far, until when. */
export function scopeFacts(scope: Scope): Fact[] {
  return [
    { term: '办什么', value: topicWords(scope) },
    { term: '能做什么', value: ACTS_WORDS[scope.acts] },
    { term: '有效期', value: termWords(scope) },
  ]
}

export const principalWords = ({ kind, principal }: Pick<MandateView, 'kind' | 'principal'>) =>
  `${PRINCIPAL_WORDS[kind]} ${principal}`

export const agentWords = ({ kind, agent }: Pick<MandateView, 'kind' | 'agent'>) =>
  (agent === null ? '还没有人接受' : `${AGENT_WORDS[kind]} ${agent}`)
