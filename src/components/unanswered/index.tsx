import { goBack, goTo } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'

/** Instead of a page that needs every question answered: a deep link can come too early. */
export function Unanswered({ title, topicId }: { title: string; topicId: string }) {
  return (
    <Page
      title={title} onBack={goBack} lead="还有问题没有回答，回答完才知道要办什么。"
      footer={<Button onTap={() => goTo('questions', { topic: topicId })}>去回答问题</Button>}
    />
  )
}
