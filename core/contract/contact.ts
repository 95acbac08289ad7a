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

const Edit = { requestId: RequestId, contact: ContactInput }

/** One more person, at the end of a unit's list. */
export const ContactAddBody = Type.Object(
  { ...Edit, departmentId: Slug, regionCode: RegionCode },
  closed,
)

const Revision = Type.Integer({ minimum: 1, description: 'of the line as it was seen' })

export const ContactActionBody = Type.Union([
  Type.Object({ do: Type.Literal('change'), ...Edit, revision: Revision }, closed),
  Type.Object({ do: Type.Literal('remove'), requestId: RequestId, revision: Revision }, closed),
])

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
    revision: Revision,
    editable: Type.Boolean({ description: 'by whoever asked' }),
  },
  closed,
)

export const ContactPage = Type.Object(
  { contacts: Type.Array(Contact), next: Nullable(Type.String()) },
  closed,
)

/** The line as it is now; null: it is gone. */
export const ContactSaved = Type.Object({ contact: Nullable(Contact) }, closed)

const Named = (id: typeof Slug) => ({ id, name: Type.String() })

/** Whom one may add, and what they can answer for. */
export const ContactScopes = Type.Object(
  {
    regions: Type.Array(RegionCode),
    departments: Type.Array(Type.Object(
      {
        ...Named(Slug),
        topics: Type.Array(Type.Object(
          { ...Named(Slug), items: Type.Array(Type.Object(Named(Slug), closed)) }, closed)),
      },
      closed,
    )),
  },
  closed,
)

export const ContactsSaved = Type.Object(
  { units: Type.Integer(), contacts: Type.Integer() },
  closed,
)

export type ContactInput = Static<typeof ContactInput>
export type ContactsBody = Static<typeof ContactsBody>
export type ContactAddBody = Static<typeof ContactAddBody>
export type ContactActionBody = Static<typeof ContactActionBody>
export type Contact = Static<typeof Contact>
export type ContactSaved = Static<typeof ContactSaved>
export type ContactScopes = Static<typeof ContactScopes>
export type ContactPage = Static<typeof ContactPage>
export type ContactsSaved = Static<typeof ContactsSaved>
