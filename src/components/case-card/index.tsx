import type { CaseBrief } from '@core/contract/case'
import { dayWords } from '@core/timeline'
import { shanghaiDate } from '@core/clock'
import { CardLink } from '@/ui/card'
import { Tag } from '@/ui/status'
import { CASE_BADGES } from '../case-state'

/** One of my cases in a list. */
export function CaseCard({ brief, onTap }: { brief: CaseBrief; onTap: () => void }) {
  const { topicTitle, state, done, total, submittedAt, dueOn } = brief
  const badge = CASE_BADGES[state]
  const running = state === 'handling' || state === 'correcting'
  const note = [
    `${dayWords(shanghaiDate(submittedAt))}提交`,
    running ? `${total} 项里 ${done} 项有结果` : '',
    running && dueOn ? `承诺 ${dayWords(dueOn)}前办结` : '',
  ].filter(Boolean).join(' · ')
  return (
    <CardLink
      title={topicTitle}
      note={note}
      tag={<Tag tone={badge.tone}>{badge.label}</Tag>}
      onTap={onTap}
    />
  )
}
