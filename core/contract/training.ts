/** 培训: how a client knows that all here is invented, who may be practised as, practice cases. */
import { type Static, Type } from '@sinclair/typebox'
import { CaseView } from './case'
import { STAFF_ROLES } from './session'
import { Id, OneOf, RequestId, closed } from './wire'

/** GET /v1/health. */
export const Health = Type.Object(
  {
    ok: Type.Literal(true),
    training: Type.Optional(Type.Literal(true, { description: 'everybody here is invented' })),
  },
  closed,
)

/** The invented accounts, open to everybody in the room; in training only. */
export const TrainingAccounts = Type.Object(
  {
    accounts: Type.Array(Type.Object(
      {
        login: Type.String(),
        name: Type.String(),
        role: OneOf(STAFF_ROLES),
        password: Type.String(),
        totp: Type.String({ description: 'good for one sign-in within half a minute' }),
      },
      closed,
    )),
  },
  closed,
)

export const PracticeBody = Type.Object({ requestId: RequestId }, closed)

/** What was made, in the state it was left in. */
export const PracticeBatch = Type.Object(
  {
    cases: Type.Array(Type.Object(
      {
        id: Id,
        number: Type.String(),
        topicTitle: Type.String(),
        region: Type.String({ description: 'name of the county' }),
        state: CaseView.properties.state,
      },
      closed,
    )),
  },
  closed,
)

export type Health = Static<typeof Health>
export type TrainingAccounts = Static<typeof TrainingAccounts>
export type PracticeBody = Static<typeof PracticeBody>
export type PracticeBatch = Static<typeof PracticeBatch>
