/** What the three administrators see and do (三员分立): how the house runs, never a case. */
import { type Static, Type } from '@sinclair/typebox'
import { MANAGED_ROLES } from '../account'
import { DUTY_IDS } from '../duty'
import { STAFF_ROLES } from './session'
import {
  Day, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Sentence, Slug, closed,
} from './wire'

const count = (description: string) => Type.Integer({ minimum: 0, description })

export const DELIVERY_STATES = ['dead', 'waiting'] as const
const ALL_STATES = [...DELIVERY_STATES, 'done'] as const

/** One way out of the house: a department's system, the SMS gateway, WeChat. */
export const Lane = Type.Object(
  {
    id: Type.String({ description: 'e.g. department:health' }),
    name: Type.String(),
    waiting: count('not delivered yet'),
    retrying: count('of these, failed at least once'),
    dead: count('given up after all attempts'),
    oldestAt: Nullable(Instant),
  },
  closed,
)
export const Lanes = Type.Object({ lanes: Type.Array(Lane) }, closed)

/** A job of the outbox without what it carries. */
export const Delivery = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    lane: Type.String(),
    laneName: Type.String(),
    what: Type.String(),
    state: OneOf(ALL_STATES),
    attempts: count('this life'),
    createdAt: Instant,
    nextAt: Nullable(Instant),
    deadAt: Nullable(Instant),
    reason: Nullable(Type.String({ description: 'of the last failure; no personal data' })),
  },
  closed,
)
export const DeliveryPage = Type.Object(
  { deliveries: Type.Array(Delivery), next: Nullable(Type.String()) },
  closed,
)

export const ReviveBody = Type.Object({ requestId: RequestId, reason: Sentence }, closed)
export const LaneReviveBody = Type.Object(
  { requestId: RequestId, reason: Sentence, lane: Type.String({ minLength: 1, maxLength: 100 }) },
  closed,
)
export const Revived = Type.Object({ revived: count('dead letters given new attempts') }, closed)

export const SystemHealth = Type.Object(
  {
    at: Instant,
    version: Type.String({ description: 'of the platform' }),
    node: Type.String(),
    postgres: Type.String(),
    migrations: Type.Array(
      Type.Object({ number: Type.Integer(), name: Type.String(), appliedAt: Instant }, closed),
    ),
    topics: count('published topics'),
    databaseBytes: count('on disk'),
    connections: count('to this database'),
    queue: Type.Object(
      { waiting: count('deliveries'), dead: count('deliveries'), oldestAt: Nullable(Instant) },
      closed,
    ),
  },
  closed,
)

const ACCOUNT_ACTIONS = ['change', 'reset', 'disable', 'enable'] as const
const Duties = Nullable(Type.Array(OneOf(DUTY_IDS), { description: 'null: all of the role' }))
const PersonName = Type.String({ minLength: 2, maxLength: 50 })

export const Account = Type.Object(
  {
    id: Id,
    login: Type.String(),
    name: Type.String(),
    role: OneOf(STAFF_ROLES),
    department: Nullable(Type.String()),
    unit: Type.String({ description: 'region and department by name' }),
    region: RegionCode,
    duties: Duties,
    disabledAt: Nullable(Instant),
    createdAt: Instant,
    signedInAt: Nullable(Instant),
    passwordOnceUntil: Nullable(Instant),
    actions: Type.Array(OneOf(ACCOUNT_ACTIONS)),
  },
  closed,
)
export const AccountPage = Type.Object(
  { accounts: Type.Array(Account), next: Nullable(Type.String()) },
  closed,
)

const Facts = {
  role: OneOf(MANAGED_ROLES),
  department: Nullable(Slug),
  region: RegionCode,
  duties: Duties,
}
const Asked = { requestId: RequestId, reason: Sentence }

/** What an account can belong to; regions are in GET /v1/regions. */
export const Units = Type.Object(
  { departments: Type.Array(Type.Object({ id: Slug, name: Type.String() }, closed)) },
  closed,
)

export const AccountBody = Type.Object(
  {
    ...Asked,
    ...Facts,
    login: Type.String({ pattern: '^[a-z][a-z0-9-]{2,39}$' }),
    name: PersonName,
    idNumber: Type.Optional(
      Type.String({ maxLength: 30, description: 'only its keyed index is kept (回避)' }),
    ),
  },
  closed,
)

export const AccountActionBody = Type.Union([
  Type.Object({ do: Type.Literal('change'), ...Asked, ...Facts, name: PersonName }, closed),
  Type.Object({ do: Type.Literal('reset'), ...Asked }, closed),
  Type.Object({ do: Type.Literal('disable'), ...Asked }, closed),
  Type.Object({ do: Type.Literal('enable'), ...Asked }, closed),
])

/** Shown once, then known to nobody here. */
export const Credentials = Type.Object(
  {
    password: Type.String({ description: 'for one sign-in, which sets another' }),
    totpSecret: Type.String({ description: 'base32' }),
    totpUri: Type.String({ description: 'otpauth:// for an authenticator' }),
  },
  closed,
)
export const AccountSaved = Type.Object(
  { account: Account, credentials: Nullable(Credentials) },
  closed,
)

export const AUDITED_KINDS = ['citizen', 'anonymous', 'system', 'outside', ...STAFF_ROLES] as const

export const AuditQuery = {
  login: Type.Optional(Type.String({ minLength: 2, maxLength: 64 })),
  kind: Type.Optional(OneOf(AUDITED_KINDS)),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}
export const AuditLine = Type.Object(
  {
    id: Type.Integer(),
    at: Instant,
    kind: OneOf(AUDITED_KINDS),
    name: Type.String({ description: 'of staff; 本人, 代办人 … of all others' }),
    login: Nullable(Type.String()),
    what: Type.String(),
    about: Type.String({ description: 'kind of thing and the end of its id' }),
    why: Type.String(),
    result: Type.String(),
  },
  closed,
)
export const AuditPage = Type.Object(
  { lines: Type.Array(AuditLine), next: Nullable(Type.String()) },
  closed,
)

export type Lane = Static<typeof Lane>
export type Lanes = Static<typeof Lanes>
export type DeliveryState = (typeof DELIVERY_STATES)[number]
export type Delivery = Static<typeof Delivery>
export type DeliveryPage = Static<typeof DeliveryPage>
export type ReviveBody = Static<typeof ReviveBody>
export type LaneReviveBody = Static<typeof LaneReviveBody>
export type Revived = Static<typeof Revived>
export type SystemHealth = Static<typeof SystemHealth>
export type Account = Static<typeof Account>
export type AccountPage = Static<typeof AccountPage>
export type Units = Static<typeof Units>
export type AccountBody = Static<typeof AccountBody>
export type AccountActionBody = Static<typeof AccountActionBody>
export type AccountAction = AccountActionBody['do']
export type Credentials = Static<typeof Credentials>
export type AccountSaved = Static<typeof AccountSaved>
export type AuditedKind = (typeof AUDITED_KINDS)[number]
export type AuditLine = Static<typeof AuditLine>
export type AuditPage = Static<typeof AuditPage>
