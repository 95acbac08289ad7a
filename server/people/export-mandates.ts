/** Whom a person acts for and who acts for them, as the export tells it: the other side masked. */
import { ACTS_WORDS, AGENT_WORDS, type MandateState, PRINCIPAL_WORDS } from '../../core/mandate'
import type { Citizen } from '../actor'
import { listMandates } from '../mandates/service'
import type { Platform } from '../platform'
import { whenWords } from './export-words'

const STATE_WORDS: Record<MandateState, string> = {
  offered: '等对方接受', lapsed: '没有人接受，已过期', live: '有效', ended: '已到期', revoked: '已撤销',
}

export async function exportedMandates(platform: Platform, citizen: Citizen) {
  const { mine, given } = await listMandates(platform, citizen)
  const when = (at: string | null) => at && whenWords(new Date(at))
  const told = (all: typeof mine) => all.map((one) => ({
    ...(one.side === 'agent'
      ? { 您帮谁办: `${PRINCIPAL_WORDS[one.kind]} ${one.principal}` }
      : { 为谁办: one.principal, 谁来办: `${AGENT_WORDS[one.kind]} ${one.agent ?? ''}` }),
    办什么: one.topics?.map(({ title }) => title) ?? '所有事项', 能做什么: ACTS_WORDS[one.acts],
    从: one.startsOn, 到: one.endsOn, 状态: STATE_WORDS[one.state], 凭什么: one.proof,
    委托时间: when(one.madeAt), 接受时间: when(one.agreedAt), 结束时间: when(one.revokedAt),
  }))
  return { 我帮谁办: told(mine), 谁帮我办: told(given) }
}
