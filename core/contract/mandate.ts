/** 委托: whom I act for, who acts for me, and how one begins. */
import { type Static, Type } from '@sinclair/typebox'
import { ACTS, CODE_KINDS, MANDATE_KINDS, type MandateState } from '../mandate'
import { Day, Id, Instant, Nullable, OneOf, Slug, closed } from './wire'

const STATES = ['offered', 'lapsed', 'live', 'ended', 'revoked'] as const satisfies MandateState[]

const Topics = Nullable(Type.Array(
  Type.Object({ id: Slug, title: Type.String() }, closed),
  { description: 'null: every topic' },
))

const facts = {
  id: Id,
  kind: OneOf(MANDATE_KINDS),
  topics: Topics,
  acts: OneOf(ACTS),
  startsOn: Day,
  endsOn: Type.String({ description: 'the last day it holds; Asia/Shanghai' }),
}

export const MandateView = Type.Object(
  {
    ...facts,
    side: OneOf(['agent', 'principal'] as const),
    principal: Type.String({ description: 'masked; a company in full' }),
    agent: Nullable(Type.String({ description: 'masked; null until the code is taken' })),
    state: OneOf(STATES),
    codeUntil: Nullable(Instant),
    proof: Nullable(Type.String({ description: 'the certificate that proved it' })),
    madeAt: Instant,
    agreedAt: Nullable(Instant),
    revokedAt: Nullable(Instant),
    revokedBy: Nullable(OneOf(['agent', 'principal', 'system'] as const)),
    unread: Type.Integer({ description: 'messages of one who has no account to read them' }),
  },
  closed,
)

export const Mandates = Type.Object(
  {
    mine: Type.Array(MandateView, { description: 'whom I act for' }),
    given: Type.Array(MandateView, {
      description: 'who acts for me, or for whom I may entrust: a child, a company',
    }),
  },
  closed,
)

/** What shared certificates would prove, before anything is kept. */
export const Provable = Type.Object(
  {
    children: Type.Array(Type.Object(
      {
        certificateId: Type.String(), name: Type.String({ description: 'masked' }), bornOn: Day,
        until: Day, proof: Type.String(), under14: Type.Boolean(), added: Type.Boolean(),
      },
      closed,
    )),
    companies: Type.Array(Type.Object(
      {
        certificateId: Type.String(), name: Type.String(), until: Day, proof: Type.String(),
        added: Type.Boolean(),
      },
      closed,
    )),
  },
  closed,
)

const agreed = Type.Literal(true, { description: 'ticked by the person, never beforehand' })

/** A child or a company, proved by a certificate the server fetches itself. */
export const AddProved = Type.Object(
  {
    kind: OneOf(['child', 'company'] as const),
    certificateId: Type.String({ minLength: 1, maxLength: 200 }),
    consent: Type.Object(
      { agent: agreed, guardian: Type.Optional(agreed) },
      closed,
    ),
  },
  closed,
)

/** Entrusts somebody by a code. */
export const OfferMandate = Type.Object(
  {
    kind: OneOf(CODE_KINDS),
    topics: Nullable(Type.Array(Slug, { minItems: 1, maxItems: 30, uniqueItems: true })),
    acts: OneOf(ACTS),
    endsOn: Day,
    consent: agreed,
    via: Type.Optional(Type.Union([Id], {
      description: 'entrusts in the name of this child or company, whom one acts for oneself',
    })),
  },
  closed,
)

export const Offered = Type.Object(
  {
    mandate: MandateView,
    code: Type.String({ description: 'told this once; only its hash is kept' }),
  },
  closed,
)

const Code = Type.String({ minLength: 1, maxLength: 60 })

/** Looks at what a code asks. */
export const OpenCode = Type.Object({ code: Code }, closed)

export const Offer = Type.Object(
  { ...facts, principal: Type.String(), codeUntil: Instant },
  closed,
)

export const TakeCode = Type.Object({ code: Code, consent: agreed }, closed)

export type MandateView = Static<typeof MandateView>
export type Mandates = Static<typeof Mandates>
export type Provable = Static<typeof Provable>
export type AddProved = Static<typeof AddProved>
export type OfferMandate = Static<typeof OfferMandate>
export type Offered = Static<typeof Offered>
export type Offer = Static<typeof Offer>
export type TakeCode = Static<typeof TakeCode>
