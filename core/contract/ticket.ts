/** 求助: 咨询, 帮办代办, 办不成事. */
import { type Static, Type } from '@sinclair/typebox'
import {
  OUTCOMES, RUNGS, TICKET_ACTIONS, TICKET_KINDS, TICKET_STATES, type TicketAction,
} from '../ticket'
import { VISIT_PARTS } from '../visit'
import {
  Day, FieldKey, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Slug, closed,
} from './wire'

const MOST_WORDS = 1000
const Words = Type.String({ minLength: 1, maxLength: MOST_WORDS })
const Days = Type.Integer({ minimum: 1, maximum: 60 })

const RungLimit = Type.Object(
  { rung: OneOf(RUNGS), days: Type.Unsafe<number>({ ...Days, description: 'working days' }) },
  closed,
)
const Ladder = Type.Object(
  {
    rungs: Type.Array(RungLimit, { minItems: 1, maxItems: RUNGS.length }),
  },
  closed,
)

/** catalogue/help.yaml. Whether the ladders go up is for helpFaults of core/ticket.ts. */
export const HelpRules = Type.Object(
  {
    status: OneOf(['draft', 'confirmed'] as const),
    source: Type.String({ minLength: 1 }),
    checkedOn: Day,
    quietDays: Type.Unsafe<number>({ ...Days, description: 'working days' }),
    followUpDays: Days,
    lapseDays: Days,
    kinds: Type.Object({ inquiry: Ladder, assistance: Ladder, unresolved: Ladder }, closed),
  },
  closed,
)

/** Where the citizen came from; what is not known is left out. */
export const TicketAbout = Type.Object(
  {
    page: Type.Optional(Slug),
    topicId: Type.Optional(Slug),
    caseId: Type.Optional(Id),
    itemId: Type.Optional(Slug),
    field: Type.Optional(Type.Unsafe<string>({
      ...FieldKey, description: 'whose value is wrong, or what it is about',
    })),
  },
  closed,
)

/** 上门服务; the phone is another one than the account's. */
export const Visit = Type.Object(
  {
    day: Day,
    part: OneOf(VISIT_PARTS),
    place: Type.String({ minLength: 4, maxLength: 200 }),
    phone: Type.Optional(Type.String({ pattern: '^1[3-9]\\d{9}$' })),
  },
  closed,
)

export const NewTicket = Type.Object(
  {
    requestId: RequestId,
    kind: OneOf(TICKET_KINDS),
    text: Words,
    regionCode: RegionCode,
    about: TicketAbout,
    visit: Type.Optional(Type.Unsafe<Visit>({ ...Visit, description: 'of 帮办代办 only' })),
  },
  closed,
)

export const TicketMessage = Type.Object({ requestId: RequestId, text: Words }, closed)

const act = <Name extends TicketAction>(name: Name) =>
  ({ do: Type.Literal(name), requestId: RequestId })

/** `confirm`, `reopen`, `withdraw` are the citizen's; `pass-up`, `close` whose rung it is. */
export const TicketActionBody = Type.Union([
  Type.Object(act('confirm'), closed),
  Type.Object({ ...act('reopen'), text: Words }, closed),
  Type.Object(act('withdraw'), closed),
  Type.Object(
    {
      ...act('pass-up'),
      text: Type.Unsafe<string>({ ...Words, description: 'the reason; the citizen reads it' }),
      departmentId: Type.Optional(Slug),
    },
    closed,
  ),
  Type.Object({ ...act('close'), outcome: Type.Literal('solved'), text: Words }, closed),
  Type.Object(
    {
      ...act('close'), outcome: Type.Literal('explained'), text: Words,
      basis: Type.String({ minLength: 1, maxLength: 200, description: 'law and article' }),
    },
    closed,
  ),
  Type.Object(
    {
      ...act('close'), outcome: Type.Literal('elsewhere'), text: Words,
      where: Type.String({ minLength: 1, maxLength: 200, description: 'office, address, phone' }),
    },
    closed,
  ),
])

const EVENTS = ['create', 'report', ...TICKET_ACTIONS] as const

export const TicketEntry = Type.Object(
  {
    seq: Type.Integer(),
    at: Instant,
    is: OneOf(EVENTS),
    by: OneOf(['citizen', 'staff', 'system'] as const),
    name: Type.String({ description: 'an office, never a citizen' }),
    text: Type.String({ description: 'the sentence of it' }),
    words: Nullable(Type.String({ description: 'what they wrote' })),
  },
  closed,
)

const brief = {
  id: Id,
  number: Type.String(),
  kind: OneOf(TICKET_KINDS),
  state: OneOf(TICKET_STATES),
  rung: OneOf(RUNGS),
  holder: Type.String({ description: 'who has it, or had it last' }),
  dueOn: Nullable(Day),
  overdue: Type.Boolean(),
  outcome: Nullable(OneOf(OUTCOMES)),
  about: Type.String({ description: 'what it is about, in words; may be empty' }),
  openedAt: Instant,
}

export const TicketBrief = Type.Object(
  {
    ...brief,
    person: Nullable(Type.String({ description: 'masked; for staff' })),
    region: Type.String(),
  },
  closed,
)
export const TicketPage = Type.Object(
  { tickets: Type.Array(TicketBrief), next: Nullable(Type.String()) },
  { ...closed, $id: 'TicketPage' },
)

export const TicketView = Type.Object(
  {
    ...brief,
    version: Type.Integer(),
    regionCode: RegionCode,
    region: Type.String(),
    topicId: Nullable(Slug),
    caseId: Nullable(Id),
    entries: Type.Array(TicketEntry),
    actions: Type.Array(OneOf(TICKET_ACTIONS)),
    above: Nullable(Type.String({ description: 'whom it goes to next' })),
    visit: Nullable(Type.Unsafe<Visit>({
      ...Visit, description: 'for the citizen, and whoever has it',
    })),
    contact: Nullable(Type.Object(
      { name: Type.String(), phone: Type.String() },
      { ...closed, description: 'of the citizen, for whoever has it' },
    )),
  },
  { ...closed, $id: 'TicketView' },
)

export type RungLimit = Static<typeof RungLimit>
export type HelpRules = Static<typeof HelpRules>
export type Visit = Static<typeof Visit>
export type TicketAbout = Static<typeof TicketAbout>
export type NewTicket = Static<typeof NewTicket>
export type TicketMessage = Static<typeof TicketMessage>
export type TicketActionBody = Static<typeof TicketActionBody>
export type TicketEntry = Static<typeof TicketEntry>
export type TicketBrief = Static<typeof TicketBrief>
export type TicketPage = Static<typeof TicketPage>
export type TicketView = Static<typeof TicketView>
