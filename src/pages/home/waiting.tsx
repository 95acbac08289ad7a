import type { HomeTask } from '@core/contract/home'
import { type Params, goTo } from '@/platform/navigation'
import { Box } from '@/ui/box'
import { CardLink } from '@/ui/card'
import type { IconName } from '@/ui/icon'
import { Tag, type Tone } from '@/ui/status'

interface Kind {
  page: string
  tag: string
  tone: Tone
  icon: IconName
}

const KINDS: Record<HomeTask['kind'], Kind> = {
  correction: { page: 'correction', tag: '要补正', tone: 'bad', icon: 'alert' },
  signature: { page: 'countersign', tag: '请签名', tone: 'warn', icon: 'document' },
  rectification: { page: 'case', tag: '有答复', tone: 'warn', icon: 'info' },
  ticket: { page: 'ticket', tag: '有答复', tone: 'warn', icon: 'info' },
  result: { page: 'case', tag: '有结果', tone: 'good', icon: 'check' },
  rating: { page: 'rating', tag: '请评价', tone: 'active', icon: 'check' },
  draft: { page: 'topic', tag: '没填完', tone: 'warn', icon: 'document' },
  progress: { page: 'case', tag: '办理中', tone: 'active', icon: 'clock' },
}
const LATE = { tag: '已超期', tone: 'bad' } as const

/** What waits for me, then what others are at work on. */
export function Waiting({ tasks }: { tasks: readonly HomeTask[] }) {
  const mine = tasks.filter(({ kind }) => kind !== 'progress')
  const others = tasks.filter(({ kind }) => kind === 'progress')
  return (
    <>
      {mine.length > 0 && <Tasks title="等您处理" tasks={mine} />}
      {others.length > 0 && <Tasks title="正在办理" tasks={others} />}
    </>
  )
}

function Tasks({ title, tasks }: { title: string; tasks: readonly HomeTask[] }) {
  return (
    <Box as="section" className="home-part">
      <Box as="h2" className="home-title">{title}</Box>
      {tasks.map((task) => {
        const { page, icon, ...badge } = KINDS[task.kind]
        const { tag, tone } = task.late && task.kind === 'progress' ? LATE : badge
        return (
          <CardLink
            key={`${task.kind} ${task.caseId ?? task.ticketId ?? task.code ?? task.topicId}`}
            title={task.title} note={task.text} icon={icon}
            tag={<Tag tone={tone}>{tag}</Tag>} onTap={() => goTo(page, paramsOf(task))}
          />
        )
      })}
    </Box>
  )
}

function paramsOf({ caseId, ticketId, code, topicId }: HomeTask): Params {
  if (code) return { code }
  const id = caseId ?? ticketId
  return id ? { id } : { topic: topicId ?? undefined }
}
