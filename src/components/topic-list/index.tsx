import type { TopicBrief } from '@core/contract/home'
import { TopicCard } from '@/components/topic-card'
import { goTo } from '@/platform/navigation'
import { Box } from '@/ui/box'
import './index.scss'

/** Topics under the stage of life they belong to, in the order the stages come. */
export function TopicList({ topics }: { topics: readonly TopicBrief[] }) {
  const stages = [...new Set(topics.map(({ stage }) => stage))]
  return (
    <>
      {stages.map((stage) => (
        <Box key={stage} className="topic-list-stage">
          <Box as="h3" className="topic-list-name">{stage}</Box>
          {topics.filter((topic) => topic.stage === stage).map((topic) => (
            <TopicCard
              key={topic.id} topic={topic} onTap={() => goTo('topic', { topic: topic.id })}
            />
          ))}
        </Box>
      ))}
    </>
  )
}
