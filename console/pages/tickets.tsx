/** 求助: 咨询, 帮办代办, 办不成事; what is due first. */
import type { TicketPage } from '@core/contract/ticket'
import { TICKET_KINDS, TICKET_STATES, type TicketState } from '@core/ticket'
import { KIND_WORDS } from '@core/ticket-words'
import { tickets } from '../api/tickets'
import { Due } from '../components/due'
import type { Column } from '../components/work-grid'
import { Worklist } from '../components/worklist'
import { go, useAddress } from '../platform/address'
import { listing } from '../stores/listing'
import { useOffice } from '../stores/office'
import { today } from '../stores/today'
import { TICKET_WORDS } from '../words/states'
import { ageWords } from '../words/time'
import { matches, useFilters } from './filters'

type TicketBrief = TicketPage['tickets'][number]

const TABS: readonly TicketState[] = [
  'open', 'answered', ...TICKET_STATES.filter((state) => state !== 'open' && state !== 'answered'),
]

const ticketListing = listing<TicketBrief>(async (state, part) => {
  const page = await tickets(state, part)
  return { rows: page.tickets, next: page.next }
})

export const ticketTab = (query: URLSearchParams): TicketState =>
  TABS.find((state) => state === query.get('state')) ?? 'open'

export function TicketsPage() {
  const { query } = useAddress()
  const state = ticketTab(query)
  const { given: { q, kind }, to } = useFilters('/tickets', state, ['q', 'kind'])
  const listed = ticketListing.use(state)
  const calendar = useOffice((office) => office.calendar)
  const rows = listed.rows.filter((row) =>
    matches(q, row.number, row.person) && (kind === '' || row.kind === kind))
  const day = today()
  const columns: Column<TicketBrief>[] = [
    {
      key: 'number', title: '编号', width: '190px',
      cell: ({ number }) => <span className='number'>{number}</span>,
    },
    { key: 'kind', title: '类别', width: '88px', cell: (row) => KIND_WORDS[row.kind].name },
    { key: 'person', title: '求助人', width: '96px', cell: ({ person }) => person },
    { key: 'about', title: '关于', width: 'minmax(140px, 1fr)', cell: ({ about }) => about },
    { key: 'region', title: '县市', width: '140px', cell: ({ region }) => region },
    { key: 'holder', title: '由谁答复', width: '200px', cell: ({ holder }) => holder },
    {
      key: 'due', title: '答复期限', width: '240px',
      cell: ({ dueOn, overdue }) => <Due due={dueOn} signal={overdue ? 'yellow' : 'none'}
        today={day} calendar={calendar} />,
    },
    { key: 'age', title: '提出了', width: '72px', cell: ({ openedAt }) => ageWords(openedAt, day) },
  ]
  return <Worklist title='求助' gridKey={state} state={state} onState={(next) => to({ state: next })}
    tabs={TABS.map((one) => ({ state: one, name: TICKET_WORDS[one].name }))}
    text={q} onText={(text) => to({ q: text })} searchLabel='编号或姓名'
    choices={[{
      label: '哪一类', value: kind || undefined, onChange: (value) => to({ kind: value }),
      options: TICKET_KINDS.map((value) => ({ value, label: KIND_WORDS[value].name })),
    }]}
    listed={listed} rows={rows} columns={columns} keyOf={({ id }) => id}
    onOpen={({ id }) => go(`/tickets/${id}?state=${state}`)}
    place={ticketListing.placeOf(state)}
    onPlace={(place) => ticketListing.keepPlace(state, place)}
    empty={`没有${TICKET_WORDS[state].name}的求助。`} />
}
