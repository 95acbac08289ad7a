/** 责任人联系表 (annex 2 of the plan). */
import { type Static, Type } from '@sinclair/typebox'
import { CONTACT_ROLE_IDS, CONTACT_STAGE_IDS } from '../escalation'
import { Id, Nullable, OneOf, RegionCode, RequestId, Slug, closed } from './wire'

const Scope = {
  topicId: Nullable(Slug),
  itemId: Nullable(Slug),
  role: OneOf(CONTACT_ROLE_IDS),
  stage: Nullable(OneOf(CONTACT_STAGE_IDS)),
}

/** Null: of all topics, items, stages. */
export const ContactInput = Type.Object(
  {
    ...Scope,
    name: Type.String({ minLength: 1, maxLength: 50 }),
    phone: Type.String({ minLength: 1, maxLength: 30, description: 'mobile or landline' }),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const MOST_CONTACTS_OF_A_UNIT = 1000

/** The whole list of one unit; what is not in it goes. */
export const ContactsBody = Type.Object(
  {
    requestId: RequestId,
    departmentId: Slug,
    regionCode: RegionCode,
    contacts: Type.Array(ContactInput, { maxItems: MOST_CONTACTS_OF_A_UNIT }),
  },
  closed,
)

export const Contact = Type.Object(
  {
    id: Id,
    departmentId: Slug,
    regionCode: RegionCode,
    unit: Type.String(),
    topicTitle: Nullable(Type.String()),
    itemName: Nullable(Type.String()),
    ...Scope,
    name: Type.String(),
    phone: Type.String(),
    note: Type.String(),
    masked: Type.Boolean(),
    draft: Type.Boolean({ description: 'nobody has confirmed it yet' }),
  },
  closed,
)

export const ContactPage = Type.Object(
  { contacts: Type.Array(Contact), next: Nullable(Type.String()) },
  closed,
)

export const ContactsSaved = Type.Object(
  { units: Type.Integer(), contacts: Type.Integer() },
  closed,
)

export type ContactInput = Static<typeof ContactInput>
export type ContactsBody = Static<typeof ContactsBody>
export type Contact = Static<typeof Contact>
export type ContactPage = Static<typeof ContactPage>
export type ContactsSaved = Static<typeof ContactsSaved>
