/** 窗口代办申报: what a clerk opens for somebody who is there in person, and what it opens. */
import { type Static, Type } from '@sinclair/typebox'
import { DraftBody } from './draft'
import { Me } from './session'
import { Id, Instant, Nullable, OneOf, RegionCode, RequestId, Slug, closed } from './wire'

/** To file one topic, or to rate one finished case. */
export const COUNTER_PURPOSES = ['file', 'rate'] as const
/** By an account of theirs, by the identity service, by the card alone while that was down. */
export type Proved = 'account' | 'service' | 'card'

export const QueueTicket = Type.String({
  pattern: '^[A-Za-z0-9-]{1,12}$', description: '排队号',
})

export const OpenFiling = Type.Object(
  {
    requestId: RequestId,
    topicId: Slug,
    regionCode: RegionCode,
    name: Type.String({ minLength: 2, maxLength: 50, description: 'as the ID card has it' }),
    idNumber: Type.String({ minLength: 15, maxLength: 30 }),
    phone: Type.Optional(Type.String({ pattern: '^1[3-9]\\d{9}$' })),
    queueTicket: Type.Optional(QueueTicket),
    pickUpCode: Type.Optional(Type.String({
      pattern: '^\\d{8}$', description: '接办码: goes on with the draft it was given for',
    })),
  },
  closed,
)

export const OpenRating = Type.Object({ requestId: RequestId }, closed)

/** What the clerk hands to the page the citizen's data is entered on. */
export const CounterSession = Type.Object(
  {
    token: Type.String({ description: 'opens this one filing or rating, nothing else' }),
    expiresAt: Instant,
    applicant: Type.String({ description: 'masked' }),
    phone: Nullable(Type.String({ description: 'masked: where messages go' })),
  },
  closed,
)

/** What a clerk has opened within a day, newest first. */
export const CounterFilings = Type.Object(
  {
    filings: Type.Array(
      Type.Object(
        {
          id: Id,
          openedAt: Instant,
          topicTitle: Type.String(),
          applicant: Type.String({ description: 'masked' }),
          queueTicket: Nullable(Type.String()),
          movedAt: Nullable(Instant),
          filed: Nullable(Type.Object({ caseId: Id, number: Type.String() }, closed)),
        },
        closed,
      ),
    ),
  },
  closed,
)

/** 转到手机: what was filled in at the window becomes the citizen's own draft. */
export const MoveToPhone = Type.Object({ draft: DraftBody }, closed)
export const MovedToPhone = Type.Object({ keptUntil: Instant }, closed)

/** What such a page knows of itself. */
export const CounterView = Type.Object(
  {
    id: Id,
    purpose: OneOf(COUNTER_PURPOSES),
    topicId: Slug,
    topicTitle: Type.String(),
    regionCode: RegionCode,
    applicant: Type.String({ description: 'masked' }),
    queueTicket: Nullable(Type.String()),
    caseId: Nullable(Id),
    requestId: Type.String({ description: 'the one its case is filed under' }),
    pickedUp: Type.Boolean({ description: 'it goes on with a draft of the citizen' }),
    expiresAt: Instant,
    draftKey: Type.String({ description: 'base64, 32 bytes: of this session only' }),
    me: Me,
  },
  closed,
)

export type CounterPurpose = (typeof COUNTER_PURPOSES)[number]
export type OpenFiling = Static<typeof OpenFiling>
export type CounterSession = Static<typeof CounterSession>
export type CounterFilings = Static<typeof CounterFilings>
export type CounterView = Static<typeof CounterView>
export type MoveToPhone = Static<typeof MoveToPhone>
export type MovedToPhone = Static<typeof MovedToPhone>
