import type { TopicBrief } from '@core/contract/home'
import { CardLink } from '@/ui/card'

/** One thing to do, as the home page lists it. */
export function TopicCard({ topic, onTap }: { topic: TopicBrief; onTap: () => void }) {
  const { title, summary } = topic
  return <CardLink title={title} note={summary} icon="document" onTap={onTap} />
}
