import { goTo } from '@/platform/navigation'
import { Box } from '@/ui/box'
import { Card, CardLink } from '@/ui/card'
import { Loading } from '@/ui/status'
import { useHome } from '@/stores/home'
import { useAnswers } from './use-answers'

/** What the guide already answers, before a person is asked. */
export function AnswersFirst({ asked, topicId }: { asked: string; topicId: string | undefined }) {
  const { busy, faqs, topics } = useAnswers(asked, topicId)
  const known = useHome((state) => state.topics) ?? []
  const shown = topics.flatMap(({ topicId: id }) => known.find((topic) => topic.id === id) ?? [])
  if (busy) return <Loading label="正在找答案" rows={3} />
  if (faqs.length === 0 && shown.length === 0) {
    return (
      <Box as="p" role="status" live="polite">没有找到现成的答案。发给工作人员，会在期限内答复您。</Box>
    )
  }
  return (
    <>
      <Box as="p" className="help-told" role="status" live="polite">
        {`找到 ${faqs.length + shown.length} 条。不是您要的，就发给工作人员。`}
      </Box>
      {faqs.map(({ ask, answer }) => (
        <Card key={ask + answer} title={ask}><Box as="p">{answer}</Box></Card>
      ))}
      {shown.map(({ id, title, summary }) => (
        <CardLink
          key={id} icon="document" title={title} note={summary}
          onTap={() => goTo('topic', { topic: id })}
        />
      ))}
    </>
  )
}
