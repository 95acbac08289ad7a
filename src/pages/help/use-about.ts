import type { TicketAbout } from '@core/contract/ticket'
import { useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { asRefused } from '@/api/client'
import { recallCase, refreshCase, useCases } from '@/stores/cases'
import { useHome } from '@/stores/home'
import { token } from '@/stores/session'
import type { Fact } from '@/ui/card'

/** What the help is about, from where one came: told to the citizen, and sent along. */
export function useAbout() {
  const params = useRouter<{
    page?: string; topic?: string; case?: string; item?: string
  }>().params
  const { page, topic, case: caseId, item } = params
  const view = useCases(({ byId }) => (caseId ? byId[caseId]?.view : undefined))
  const topics = useHome((state) => state.topics)
  useEffect(() => {
    if (caseId && !recallCase(caseId) && token()) refreshCase(caseId).catch(asRefused)
  }, [caseId])
  const topicId = view?.topicId ?? topic
  const title = view?.topicTitle ?? topics?.find(({ id }) => id === topicId)?.title
  const task = view?.tasks.find(({ itemId }) => itemId === item)
  const facts: Fact[] = [
    { term: '办什么事', value: title },
    { term: '事项', value: task?.name },
    { term: '办件编号', value: view?.number },
  ].filter(({ value }) => value)
  const about: TicketAbout = {
    ...(page ? { page } : {}), ...(topicId ? { topicId } : {}),
    ...(caseId ? { caseId } : {}), ...(item ? { itemId: item } : {}),
  }
  return { topicId, facts, about, fixedCounty: view !== undefined }
}
