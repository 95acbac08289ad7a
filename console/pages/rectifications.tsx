/** 差评整改: low ratings to be put right, the nearest hard stop first. */
import type { RectificationBrief } from '@core/contract/rating'
import { RECTIFICATION_STATES, type RectificationState } from '@core/rectification'
import { rectifications } from '../api/rectifications'
import { Due } from '../components/due'
import type { Column } from '../components/work-grid'
import { Worklist } from '../components/worklist'
import { go, useAddress } from '../platform/address'
import { listing } from '../stores/listing'
import { regionName, useOffice } from '../stores/office'
import { today } from '../stores/today'
import { RECTIFICATION_WORDS } from '../words/states'
import { matches, useFilters } from './filters'

const rectificationListing = listing<RectificationBrief>(async (state, part) => {
  const page = await rectifications(state, part)
  return { rows: page.rectifications, next: page.next }
})

export const rectificationTab = (query: URLSearchParams): RectificationState =>
  RECTIFICATION_STATES.find((state) => state === query.get('state')) ?? 'open'

export function RectificationsPage() {
  const { query } = useAddress()
  const state = rectificationTab(query)
  const { given: { q }, to } = useFilters('/rectifications', state, ['q'])
  const listed = rectificationListing.use(state)
  const { calendar, regions } = useOffice()
  const rows = listed.rows.filter(({ number, applicant }) => matches(q, number, applicant))
  const day = today()
  const columns: Column<RectificationBrief>[] = [
    {
      key: 'number', title: '办件编号', width: '220px',
      cell: ({ number }) => <span className='number'>{number}</span>,
    },
    { key: 'stars', title: '评价', width: '64px', cell: ({ stars }) => `${stars} 星` },
    { key: 'name', title: '评价人', width: '96px', cell: ({ applicant }) => applicant },
    { key: 'about', title: '被评价的', width: 'minmax(140px, 1fr)', cell: ({ about }) => about },
    { key: 'by', title: '由谁整改', width: '200px', cell: ({ by }) => by },
    {
      key: 'county', title: '县市', width: '140px',
      cell: ({ regionCode }) => regionName(regions, regionCode),
    },
    { key: 'round', title: '轮次', width: '56px', cell: ({ round }) => `第 ${round}` },
    {
      key: 'due', title: '下一步期限', width: '270px',
      cell: (row) => <Due due={nextDue(row)} signal={row.signal} today={day} calendar={calendar} />,
    },
  ]
  return <Worklist title='差评整改' gridKey={state} state={state}
    onState={(next) => to({ state: next })}
    tabs={RECTIFICATION_STATES.map((one) => ({ state: one, name: RECTIFICATION_WORDS[one].name }))}
    text={q} onText={(text) => to({ q: text })} searchLabel='编号或姓名' choices={[]}
    listed={listed} rows={rows} columns={columns} keyOf={({ id }) => id}
    onOpen={({ id }) => go(`/rectifications/${id}?state=${state}`)}
    place={rectificationListing.placeOf(state)}
    onPlace={(place) => rectificationListing.keepPlace(state, place)}
    empty={`没有${RECTIFICATION_WORDS[state].name}的差评整改。`} />
}

/** The day by which whoever is next has to act. */
export function nextDue({ state, contactBy, answerBy, stopBy }: RectificationBrief): string | null {
  switch (state) {
    case 'open': return contactBy
    case 'contacted': return answerBy
    case 'answered': return stopBy
    case 'confirmed':
    case 'closed': return null
  }
}
