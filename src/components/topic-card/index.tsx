import type { TopicBrief } from '@core/contract/home'
import { CardLink } from '@/ui/card'

export interface TopicCardProps {
  topic: TopicBrief
  /** The topic's own words that were meant; its summary stands there otherwise. */
  why?: readonly string[]
  onTap: () => void
}

/** One thing to do, as home and search list it. */
export function TopicCard({ topic, why = [], onTap }: TopicCardProps) {
  const { title, summary, icon } = topic
  const note = why.length > 0 ? `和您说的有关：${why.join('、')}` : summary
  return <CardLink title={title} note={note} icon={icon} onTap={onTap} />
}
