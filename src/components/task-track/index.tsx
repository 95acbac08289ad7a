import { shanghaiDate } from '@core/clock'
import type { TaskView } from '@core/contract/case'
import { EXTENSION_CAUSES, PAUSE_REASONS } from '@core/task'
import { SIGNAL_WORDS, dayWords } from '@core/timeline'
import { Box, Words } from '@/ui/box'
import { LinkButton } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Tag } from '@/ui/status'
import { TASK_BADGES } from '../case-state'
import { titled } from '@core/titled'
import './index.scss'

const SIGNAL_TONES = { warning: 'warn', yellow: 'bad', red: 'bad' } as const

const sentenceOf = (text: string) => (/[。！？]$/.test(text) ? text : `${text}。`)

/** Where the item stands, in one sentence. */
function standing(task: TaskView): string {
  const { state, startedAt, endedAt, dueOn, waitsFor, pause, reason } = task
  const due = dueOn ? `，承诺 ${dayWords(dueOn)}前办结` : ''
  const ended = endedAt ? `${dayWords(shanghaiDate(endedAt))}` : ''
  switch (state) {
    case 'waiting': return waitsFor.length > 0
      ? `等${waitsFor.map((name) => `“${name}”`).join('、')}办好就开始。`
      : '受理后开始。'
    case 'dispatched':
    case 'received':
    case 'reviewed':
      return startedAt ? `${dayWords(shanghaiDate(startedAt))}开始${due}。` : '已经开始。'
    case 'asking': return '需要您补正，补好后接着办。'
    case 'paused':
      return sentenceOf(`${pause ? PAUSE_REASONS[pause.reason] : '法定程序'}期间不计时${
        pause?.note ? `：${pause.note}` : ''}`)
    case 'approved': return `${ended}办好。`
    case 'rejected': return sentenceOf(`${ended}不予办理${reason ? `：${reason}` : ''}`)
    case 'cancelled': return sentenceOf(`不再办理${reason ? `：${reason}` : ''}`)
  }
}

function extended({ days, cause, note }: NonNullable<TaskView['extension']>): string {
  return sentenceOf(`经批准依法延长了 ${days} 个工作日：${EXTENSION_CAUSES[cause]}（${note}）`)
}

/** One item at its department; several run side by side. */
export function TaskTrack({ task, onResult }: { task: TaskView; onResult: (id: string) => void }) {
  const badge = TASK_BADGES[task.state]
  const { signal } = task
  const { result } = task
  return (
    <Box as="li" className="track">
      <Box className={`track-rail track-${badge.tone}`} hidden />
      <Box className="track-head">
        <Box as="h3" className="track-name">{task.name}</Box>
        <Tag tone={badge.tone}>{badge.label}</Tag>
      </Box>
      <Box as="p" className="track-department">{task.department}</Box>
      <Box as="p" className="track-line">{standing(task)}</Box>
      {task.extension && <Box as="p" className="track-line">{extended(task.extension)}</Box>}
      {signal !== 'none' && (
        <Box as="p" className={`track-signal track-signal-${SIGNAL_TONES[signal]}`}>
          <Icon name="clock" />
          <Words>{`${SIGNAL_WORDS[signal].tag}：${SIGNAL_WORDS[signal].text}`}</Words>
        </Box>
      )}
      {result && (
        <LinkButton onTap={() => onResult(result.id)}>{`查看${titled(result.name)}`}</LinkButton>
      )}
    </Box>
  )
}
