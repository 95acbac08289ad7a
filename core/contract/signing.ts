/** 会签: inviting other people to sign an application, and their answer. */
import { type Static, Type } from '@sinclair/typebox'
import { Signature } from './case'
import {
  Answers, Id, Instant, Nullable, OneOf, RegionCode, RequestId, Slug, Values, closed,
} from './wire'

/** 256 random bits; opens an invitation for the person it is meant for, and nobody else. */
export const SigningCode = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
const ContentHash = Type.String({
  pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of what is signed (core/signing)',
})

export const InviteSigners = Type.Object(
  {
    requestId: Type.Unsafe<string>({ ...RequestId, description: "the draft's" }),
    topicId: Slug,
    topicVersion: Type.Integer({ minimum: 1 }),
    regionCode: RegionCode,
    answers: Answers,
    form: Values,
  },
  closed,
)

/** What the answer to a correction says, as `resubmit` will bring it. */
export const InviteAgain = Type.Object({ form: Values }, closed)

const SIGNER_STATES = ['waiting', 'signed', 'declined', 'expired', 'self'] as const

export const SignerState = Type.Object(
  {
    id: Type.String({ description: 'shareholder, or shareholder.2 of a list' }),
    label: Type.String(),
    state: OneOf(SIGNER_STATES),
    code: Nullable(SigningCode),
    toldAt: Nullable(Instant),
    answeredAt: Nullable(Instant),
    expiresAt: Nullable(Instant),
    reason: Nullable(Type.String({ description: 'why declined' })),
  },
  closed,
)

/** How far the signing of one draft is, for the person filling in. */
export const Signing = Type.Object(
  {
    contentHash: Nullable(ContentHash),
    signers: Type.Array(SignerState),
  },
  { ...closed, $id: 'Signing' },
)

const texts = Type.Array(Type.String())

/** What a signer reads before answering. Nothing of it once it is filed or too late. */
export const Countersigning = Type.Object(
  {
    topicId: Slug,
    topicTitle: Type.String(),
    state: OneOf(['waiting', 'signed', 'declined', 'expired', 'filed'] as const),
    expiresAt: Instant,
    answeredAt: Nullable(Instant),
    /** who they are in it, e.g. 法定代表人、股东 1 */
    labels: texts,
    applicant: Type.String({ description: 'masked' }),
    region: Type.String(),
    /** what `sign` must name, so that nobody signs what was changed meanwhile */
    seen: Nullable(ContentHash),
    sheet: Nullable(Type.Object(
      {
        answers: Type.Array(Type.Object({ ask: Type.String(), answer: Type.String() }, closed)),
        departments: Type.Array(
          Type.Object({ name: Type.String(), items: texts, yours: texts }, closed),
        ),
        groups: Type.Array(Type.Object(
          {
            title: Type.String(),
            whose: OneOf(['you', 'others', 'common'] as const),
            rows: Type.Array(
              Type.Object({ label: Type.String(), value: Type.String() }, closed),
            ),
          },
          closed,
        )),
      },
      closed,
    )),
  },
  { ...closed, $id: 'Countersigning' },
)

export const CountersignConsent = Type.Object(
  {
    content: Type.Literal(true, { description: 'has read it; what concerns them is true' }),
    sharing: Type.Literal(true, { description: 'separate consent: shared with the departments' }),
  },
  closed,
)

export const SignBody = Type.Object(
  { requestId: RequestId, seen: ContentHash, consent: CountersignConsent, signature: Signature },
  closed,
)
export const DeclineBody = Type.Object(
  { requestId: RequestId, reason: Type.String({ minLength: 1, maxLength: 200 }) },
  closed,
)

/** One signature as it is sealed into the case. */
export const Countersignature = Type.Object(
  {
    personId: Id, at: Instant, hash: ContentHash,
    consent: CountersignConsent, signature: Signature,
  },
  closed,
)

export type InviteSigners = Static<typeof InviteSigners>
export type Signing = Static<typeof Signing>
export type SignerState = Static<typeof SignerState>
export type Countersigning = Static<typeof Countersigning>
export type SignBody = Static<typeof SignBody>
export type DeclineBody = Static<typeof DeclineBody>
export type Countersignature = Static<typeof Countersignature>
