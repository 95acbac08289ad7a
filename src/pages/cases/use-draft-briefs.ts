/** Begun and not sent: what the server keeps, and what only this phone has yet. */
import { useDidShow } from '@tarojs/taro'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { getHome } from '@/api/topics'
import { draftOf, useDrafts } from '@/stores/drafts'
import { token } from '@/stores/session'
import { keptTopic } from '@/stores/topics'

export interface DraftBrief {
  topicId: string
  title: string
}

export function useDraftBriefs(): DraftBrief[] {
  const [remote, setRemote] = useState<readonly DraftBrief[]>([])
  const local = useDrafts(({ byTopic }) => byTopic)
  useDidShow(() => {
    if (!token()) return
    getHome()
      .then(({ tasks, topics }) => setRemote(tasks.flatMap(({ kind, topicId }) => {
        const title = topics.find(({ id }) => id === topicId)?.title
        return kind === 'draft' && topicId && title ? [{ topicId, title }] : []
      })))
      // The phone's own drafts are listed all the same.
      .catch(asRefused)
  })
  const own = Object.keys(local).flatMap((topicId): DraftBrief[] => {
    const title = keptTopic(topicId)?.title
    return title && (draftOf(topicId)?.changedAt ?? 0) > 0 ? [{ topicId, title }] : []
  })
  return [...own, ...remote.filter((one) => !own.some(({ topicId }) => topicId === one.topicId))]
}
