import type { TicketAbout } from '@core/contract/ticket'
import { keyParts } from '@core/rows'
import { useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { asRefused } from '@/api/client'
import { recallCase, refreshCase, useCases } from '@/stores/cases'
import { useHome } from '@/stores/home'
import { useTopic } from '@/stores/filling'
import { token } from '@/stores/session'
import type { Fact } from '@/ui/card'

/** What the help is about, from where one came: told to the citizen, and sent along. */
export function useAbout() {
  const params = useRouter<{
    page?: string; topic?: string; case?: string; item?: string; field?: string; wrong?: string
  }>().params
  const { page, topic, case: caseId, item, field, wrong } = params
  const view = useCases(({ byId }) => (caseId ? byId[caseId]?.view : undefined))
  const topics = useHome((state) => state.topics)
  useEffect(() => {
    if (caseId && !recallCase(caseId) && token()) refreshCase(caseId).catch(asRefused)
  }, [caseId])
  const topicId = view?.topicId ?? topic
  const title = view?.topicTitle ?? topics?.find(({ id }) => id === topicId)?.title
  const task = view?.tasks.find(({ itemId }) => itemId === item)
  const { topic: whole } = useTopic(field ? topicId ?? '' : '')
  const label = field && whole?.fields.find(({ key }) => key === keyParts(field).key)?.label
  const facts: Fact[] = [
    { term: '办什么事', value: title },
    { term: '事项', value: task?.name },
    { term: '哪一项', value: label },
    { term: '办件编号', value: view?.number },
  ].filter(({ value }) => value)
  const about: TicketAbout = {
    ...(page ? { page } : {}), ...(topicId ? { topicId } : {}),
    ...(caseId ? { caseId } : {}), ...(item ? { itemId: item } : {}),
    ...(field ? { field } : {}),
  }
  // 数据有误: the first words are written already.
  const known = (!field || label) && (!item || task)
  const opening = wrong === undefined || !known ? undefined
    : `${label ?? (task ? `“${task.name}”的结果` : '这里的数据')}有误，应当是：`
  return { topicId, facts, about, opening, fixedCounty: view !== undefined }
}
