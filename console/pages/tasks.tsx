/** 事项: the work list of a department, what is due first. */
import type { TaskPage } from '@core/contract/task'
import { isCaseNumber } from '@core/number'
import { TASK_OPEN, type TaskState } from '@core/task'
import { taskCounts, tasks } from '../api/tasks'
import { Due } from '../components/due'
import { StateTag } from '../components/tags'
import type { Column } from '../components/work-grid'
import { Worklist } from '../components/worklist'
import { go, useAddress } from '../platform/address'
import { useCounts } from '../stores/counts'
import { listing } from '../stores/listing'
import { regionName, useOffice } from '../stores/office'
import { today } from '../stores/today'
import { TASK_WORDS } from '../words/states'
import { momentWords } from '../words/time'
import { countyOptions, matches, useFilters } from './filters'

type TaskBrief = TaskPage['tasks'][number]

const TABS: readonly TaskState[] = [...TASK_OPEN, 'approved', 'rejected']

/** By state, or `=number` of a case: its tasks here, whatever their state. */
export const taskListing = listing<TaskBrief>(async (query, part) => {
  const number = query.startsWith('=') ? query.slice(1) : undefined
  const page = await tasks({ state: number ? undefined : query, number, ...part })
  return { rows: page.tasks, next: page.next }
})

export const taskTab = (query: URLSearchParams): TaskState =>
  TABS.find((state) => state === query.get('state')) ?? 'dispatched'

export function TasksPage() {
  const { query } = useAddress()
  const state = taskTab(query)
  const { given: { q, item, county }, to } = useFilters('/tasks', state, ['q', 'item', 'county'])
  const wanted = q.trim().toUpperCase().replace(/-\d+$/, '')
  const asked = isCaseNumber(wanted) ? `=${wanted}` : state
  const listed = taskListing.use(asked)
  const counts = useCounts(taskCounts, listed.at)
  const regions = useOffice((office) => office.regions)
  const rows = listed.rows.filter((row) => matches(q, row.number, row.applicant) &&
    (item === '' || row.itemId === item) && (county === '' || row.regionCode === county))
  const items = new Map(listed.rows.map(({ itemId, name }) => [itemId, name]))
  return <Worklist title='事项' state={state} onState={(next) => to({ state: next })}
    tabs={TABS.map((one) => ({
      state: one, name: TASK_WORDS[one].name,
      count: counts && TASK_OPEN.has(one) ? counts[one] ?? 0 : undefined,
    }))}
    text={q} onText={(text) => to({ q: text })} searchLabel='编号或姓名'
    choices={[
      {
        label: '哪个事项', value: item || undefined, onChange: (value) => to({ item: value }),
        options: [...items].map(([value, label]) => ({ value, label })),
      },
      {
        label: '县市', value: county || undefined, onChange: (value) => to({ county: value }),
        options: countyOptions(regions),
      },
    ]}
    listed={listed} rows={rows} columns={useColumns(asked)}
    keyOf={({ caseId, n }) => `${caseId}.${n}`} gridKey={asked}
    onOpen={({ caseId, n }) => go(`/tasks/${caseId}.${n}?state=${state}`)}
    place={taskListing.placeOf(asked)} onPlace={(place) => taskListing.keepPlace(asked, place)}
    empty={asked === state ? `没有${TASK_WORDS[state].name}的事项。` : '本部门没有这个编号的事项。'} />
}

function useColumns(asked: string): Column<TaskBrief>[] {
  const { calendar, regions } = useOffice()
  const day = today()
  const found: Column<TaskBrief> = {
    key: 'state', title: '状态', width: '88px',
    cell: ({ state }) => <StateTag {...TASK_WORDS[state]} />,
  }
  return [
    {
      key: 'number', title: '编号', width: '236px',
      cell: ({ number }) => <span className='number'>{number}</span>,
    },
    ...(asked.startsWith('=') ? [found] : []),
    { key: 'name', title: '申请人', width: '96px', cell: ({ applicant }) => applicant },
    { key: 'item', title: '事项', width: 'minmax(160px, 1fr)', cell: ({ name }) => name },
    {
      key: 'county', title: '县市', width: '120px',
      cell: ({ regionCode }) => regionName(regions, regionCode),
    },
    {
      key: 'due', title: '承诺期限', width: '270px',
      cell: ({ state, dueOn, signal }) => <Due due={TASK_OPEN.has(state) ? dueOn : null}
        signal={signal} today={day} calendar={calendar} />,
    },
    {
      key: 'handler', title: '上一步', width: '210px', cell: ({ handler }) => (handler
        ? `${handler.name}${handler.at ? ` ${momentWords(handler.at)}` : ''}` : ''),
    },
  ]
}
