import type { CaseView } from '@core/contract/case'
import { EXTENSION_CAUSES, PAUSE_REASONS } from '@core/task'
import { resultFile } from '../../api/cases'
import { Due } from '../../components/due'
import { PrintButton } from '../../components/print-button'
import { StateTag } from '../../components/tags'
import { useOffice } from '../../stores/office'
import { useSession } from '../../stores/session'
import { today } from '../../stores/today'
import { TASK_WORDS } from '../../words/states'

type Task = CaseView['tasks'][number]

/** Every item of the case: who has it, until when, what came of it. */
export function TasksTable({ tasks }: { tasks: readonly Task[] }) {
  const calendar = useOffice((state) => state.calendar)
  const prints = useSession(({ session }) => session?.staff.role === 'window')
  return <table className='tasks'>
    <thead><tr>
      <th scope='col'>事项</th><th scope='col'>状态</th><th scope='col'>期限</th><th scope='col'>说明</th>
    </tr></thead>
    <tbody>
      {tasks.map((task) => <tr key={task.n}>
        <th scope='row'>{task.name}<br /><span className='quiet'>{task.department}</span></th>
        <td><StateTag {...TASK_WORDS[task.state]} /></td>
        <td>{task.startedAt !== null && task.endedAt === null
          ? <Due due={task.dueOn} signal={task.signal} today={today()} calendar={calendar} />
          : <span className='quiet number'>{task.endedAt?.slice(0, 10) ?? ''}</span>}</td>
        <td>
          {explain(task)}
          {task.result && prints && <PrintButton name={`打印${task.result.name}`}
            load={() => resultFile(task.result?.id ?? '')} />}
        </td>
      </tr>)}
    </tbody>
  </table>
}

function explain({ waitsFor, pause, reason, result, extension }: Task): string {
  if (waitsFor.length > 0) return `等：${waitsFor.join('、')}`
  if (pause) return `${PAUSE_REASONS[pause.reason]}：${pause.note}`
  if (reason !== null) return reason
  if (result) return `${result.name} ${result.number} `
  return extension ? `延期 ${extension.days} 个工作日：${EXTENSION_CAUSES[extension.cause]}` : ''
}
