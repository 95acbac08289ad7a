/** What a case was filed with: its page tells of seasons and of what to go on with by it. */
import type { CaseContent, CaseView } from '@core/contract/case'
import type { Topic } from '@core/contract/topic'
import { type Plan, makePlan } from '@core/plan'
import { useCallback, useMemo } from 'react'
import { getCaseContent } from '@/api/cases'
import { useTopic } from './filling'
import { useLoaded } from './loaded'

export interface Filed {
  topic: Topic
  content: CaseContent
  plan: Plan
}

const NOTHING = Promise.resolve(undefined)

/** Asked for only where the topic has something to say by it: each look is in the access log. */
export function useFiled({ id, topicId }: Pick<CaseView, 'id' | 'topicId'>): {
  topic: Topic | undefined
  filed: Filed | undefined
} {
  const { topic } = useTopic(topicId)
  const wanted = topic !== undefined && topic.seasons.length + topic.joins.length > 0
  const load = useCallback(() => (wanted ? getCaseContent(id) : NOTHING), [id, wanted])
  const { value: content } = useLoaded<CaseContent | undefined>(load)
  const filed = useMemo(
    () => topic && content && { topic, content, plan: makePlan(topic, content) },
    [topic, content],
  )
  return { topic, filed }
}
