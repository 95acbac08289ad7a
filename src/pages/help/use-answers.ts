import type { Found } from '@core/contract/find'
import { type Faq, answersTo, faqOf } from '@core/faq'
import { makeGuide } from '@core/guide'
import { useEffect, useMemo, useState } from 'react'
import { findTopics } from '@/api/find'
import { asRefused } from '@/api/client'
import { useTopic } from '@/stores/filling'
import { MOST_LETTERS } from '@/stores/find'

const MOST_TOPICS = 3

export interface Answers {
  /** still being looked for */
  busy: boolean
  faqs: readonly Faq[]
  /** the topic they are about */
  topicTitle: string | undefined
  topics: readonly Found[]
}

/**
 * What we know already of what somebody asks: topics by their words, and the answers the guide of
 * the topic gives (the one they came from, else the first found). Offline the kept topic answers.
 */
export function useAnswers(asked: string, topicId: string | undefined): Answers {
  const [reply, setReply] = useState<{ to: string; found: readonly Found[] }>()
  useEffect(() => {
    if (!asked) return undefined
    let left = false
    const keep = (found: readonly Found[]) => {
      if (!left) setReply({ to: asked, found })
    }
    findTopics(asked.slice(0, MOST_LETTERS)).then(keep, (error: unknown) => {
      asRefused(error) // found nothing, then: one may ask a person all the same
      keep([])
    })
    return () => {
      left = true
    }
  }, [asked])
  const busy = reply?.to !== asked
  const found = busy ? [] : reply?.found ?? []
  const { topic } = useTopic(topicId ?? found[0]?.topicId ?? '')
  const faqs = useMemo(
    () => (topic && asked ? answersTo(asked, faqOf(makeGuide(topic))) : []),
    [topic, asked],
  )
  return { busy, faqs, topicTitle: topic?.title, topics: found.slice(0, MOST_TOPICS) }
}
