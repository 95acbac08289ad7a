/** 时限信号: 预警, 黄牌, 红牌; the worst first. */
import type { SignalBrief } from '@core/contract/supervision'
import {
  CONTACT_ROLES, LEVELS, LEVEL_WORDS, SIGNAL_STATES, type ContactRole, type SignalState,
} from '@core/escalation'
import { signals } from '../api/supervision'
import { SignalTag } from '../components/tags'
import type { Column } from '../components/work-grid'
import { Worklist } from '../components/worklist'
import { go, useAddress } from '../platform/address'
import { listing } from '../stores/listing'
import { SIGNAL_WORDS } from '../words/states'
import { matches, useFilters } from './filters'

const signalListing = listing<SignalBrief>(async (asked, part) => {
  const [state = 'open', level] = asked.split('.')
  const page = await signals({ state, level: level || undefined, ...part })
  return { rows: page.signals, next: page.next }
})

export const signalTab = (query: URLSearchParams): SignalState =>
  SIGNAL_STATES.find((state) => state === query.get('state')) ?? 'open'

/** 业务经办人员、科室负责人: on whom an SMS was sent. */
export const toldWords = (told: readonly ContactRole[]): string =>
  told.map((role) => CONTACT_ROLES[role]).join('、') || '没有告知到人'

const BRIEF: Record<ContactRole, string> = { handler: '经办', chief: '科室', leader: '分管' }
const briefly = (told: readonly ContactRole[]): string =>
  told.map((role) => BRIEF[role]).join('、') || '没有告知到人'

export function OverWords({ days }: { days: number }) {
  return days > 0 ? <span className='late'>超 {days} 个工作日</span> : <span>—</span>
}

const COLUMNS: readonly Column<SignalBrief>[] = [
  { key: 'level', title: '信号', width: '56px', cell: ({ level }) => <SignalTag signal={level} /> },
  { key: 'unit', title: '单位', width: '170px', cell: ({ unit }) => unit },
  { key: 'item', title: '事项', width: 'minmax(120px, 1fr)', cell: ({ itemName }) => itemName },
  {
    key: 'number', title: '办件编号', width: '220px',
    cell: ({ number }) => <span className='number'>{number}</span>,
  },
  {
    key: 'due', title: '应办结', width: '88px',
    cell: ({ dueOn }) => <span className='number'>{dueOn ?? '不计时'}</span>,
  },
  { key: 'over', title: '超期', width: '108px', cell: (row) => <OverWords days={row.daysOver} /> },
  { key: 'told', title: '已短信告知', width: '140px', cell: ({ told }) => briefly(told) },
  {
    key: 'order', title: '督办期限', width: '130px',
    cell: ({ orderBy, orderLate }) => orderBy &&
      <span className={orderLate ? 'number late' : 'number'}>{orderBy}{orderLate && ' 已过'}</span>,
  },
]

export function SignalsPage() {
  const { query } = useAddress()
  const state = signalTab(query)
  const { given: { q, level, unit }, to } = useFilters('/signals', state, ['q', 'level', 'unit'])
  const known = LEVELS.find((one) => one === level)
  const asked = `${state}.${known ?? ''}`
  const listed = signalListing.use(asked)
  const rows = listed.rows.filter((row) =>
    matches(q, row.number, row.itemName) && (unit === '' || row.unit === unit))
  const units = [...new Set(listed.rows.map((row) => row.unit))]
  return <Worklist title='时限信号' gridKey={asked} state={state}
    onState={(next) => to({ state: next })}
    tabs={SIGNAL_STATES.map((one) => ({ state: one, name: SIGNAL_WORDS[one].name }))}
    text={q} onText={(text) => to({ q: text })} searchLabel='编号或事项'
    choices={[
      {
        label: '哪一级信号', value: known, onChange: (value) => to({ level: value }),
        options: LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value] })),
      },
      {
        label: '哪个单位', value: unit || undefined, onChange: (value) => to({ unit: value }),
        options: units.map((value) => ({ value, label: value })),
      },
    ]}
    listed={listed} rows={rows} columns={COLUMNS} keyOf={({ id }) => id}
    onOpen={({ id }) => go(`/signals/${id}?state=${state}`)}
    place={signalListing.placeOf(asked)}
    onPlace={(place) => signalListing.keepPlace(asked, place)}
    empty={`没有${SIGNAL_WORDS[state].name}的时限信号。`} />
}
