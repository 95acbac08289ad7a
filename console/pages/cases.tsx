/** 办件: the window's work list, what is due first. Supervision reads the same. */
import type { CaseState } from '@core/case'
import type { CaseBrief } from '@core/contract/case'
import { isCaseNumber } from '@core/number'
import { deskCases, deskCounts } from '../api/cases'
import { Due } from '../components/due'
import { StateTag } from '../components/tags'
import type { Column } from '../components/work-grid'
import { Worklist } from '../components/worklist'
import { go, useAddress } from '../platform/address'
import { useCounts } from '../stores/counts'
import { listing } from '../stores/listing'
import { regionName, useOffice } from '../stores/office'
import { today } from '../stores/today'
import { CASE_WORDS } from '../words/states'
import { ageWords } from '../words/time'
import { countyOptions, matches, useFilters } from './filters'

const TABS: readonly CaseState[] = [
  'submitted', 'accepted', 'returned', 'handling', 'correcting', 'ready', 'finished',
]
const REGION = /^YJS(\d{6})/

/** By state, or `=number`: that one, whatever its state. */
export const caseListing = listing<CaseBrief>(async (query, part) => {
  const number = query.startsWith('=') ? query.slice(1) : undefined
  const state = number ? undefined : query
  const { cases, next } = await deskCases({ state, number, ...part })
  return { rows: cases, next }
})

/** The county is part of a case's number. */
const regionOf = ({ number }: CaseBrief) => REGION.exec(number)?.[1] ?? ''

export const caseTab = (query: URLSearchParams): CaseState =>
  TABS.find((state) => state === query.get('state')) ?? 'submitted'

export function CasesPage() {
  const { query } = useAddress()
  const state = caseTab(query)
  const { given: { q, topic, county }, to } = useFilters('/cases', state, ['q', 'topic', 'county'])
  const wanted = q.trim().toUpperCase()
  const asked = isCaseNumber(wanted) ? `=${wanted}` : state
  const listed = caseListing.use(asked)
  const counts = useCounts(deskCounts, listed.at)
  const { regions, topics } = useOffice()
  const rows = listed.rows.filter((row) => matches(q, row.number, row.applicant) &&
    (topic === '' || row.topicId === topic) && (county === '' || regionOf(row) === county))
  return <Worklist title='办件' state={state} onState={(next) => to({ state: next })}
    tabs={TABS.map((one) => ({
      state: one, name: CASE_WORDS[one].name, count: counts && countOf(counts, one),
    }))}
    text={q} onText={(text) => to({ q: text })} searchLabel='编号或姓名'
    choices={[
      {
        label: '哪件事', value: topic || undefined, onChange: (value) => to({ topic: value }),
        options: topics.map(({ id, title }) => ({ value: id, label: title })),
      },
      {
        label: '县市', value: county || undefined, onChange: (value) => to({ county: value }),
        options: countyOptions(regions),
      },
    ]}
    listed={listed} rows={rows} columns={useColumns(asked)} keyOf={({ id }) => id}
    onOpen={({ id }) => go(`/cases/${id}?state=${state}`)} gridKey={asked}
    place={caseListing.placeOf(asked)} onPlace={(place) => caseListing.keepPlace(asked, place)}
    empty={asked === state ? `没有${CASE_WORDS[state].name}的办件。` : '没有这个编号的办件。'} />
}

const countOf = (counts: Readonly<Record<string, number>>, state: CaseState) =>
  (state === 'finished' ? undefined : counts[state] ?? 0)

function useColumns(asked: string): Column<CaseBrief>[] {
  const { calendar, regions } = useOffice()
  const day = today()
  const found: Column<CaseBrief> = {
    key: 'state', title: '状态', width: '88px',
    cell: ({ state }) => <StateTag {...CASE_WORDS[state]} />,
  }
  return [
    {
      key: 'number', title: '编号', width: '220px',
      cell: ({ number }) => <span className='number'>{number}</span>,
    },
    ...(asked.startsWith('=') ? [found] : []),
    { key: 'name', title: '申请人', width: '96px', cell: ({ applicant }) => applicant },
    { key: 'topic', title: '一件事', width: 'minmax(140px, 1fr)', cell: (row) => row.topicTitle },
    {
      key: 'county', title: '县市', width: '150px',
      cell: (row) => regionName(regions, regionOf(row)),
    },
    { key: 'done', title: '事项', width: '64px', cell: ({ done, total }) => `${done} / ${total}` },
    {
      key: 'due', title: asked === 'submitted' ? '受理期限' : '承诺期限', width: '270px',
      cell: (row) => <Due due={dueOf(row)} signal={row.signal} today={day} calendar={calendar} />,
    },
    { key: 'age', title: '提交了', width: '72px', cell: (row) => ageWords(row.submittedAt, day) },
  ]
}

function dueOf({ state, dueOn, acceptBy }: CaseBrief) {
  if (state === 'submitted') return acceptBy
  return state === 'returned' || state === 'finished' ? null : dueOn
}
