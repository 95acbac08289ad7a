/** Sign-in of citizens and staff, the person behind a session, what data share knows of them. */
import { type Static, Type } from '@sinclair/typebox'
import { DUTY_IDS } from '../duty'
import { RELATIONS } from './topic'
import { Day, Id, Instant, Nullable, OneOf, RegionCode, closed } from './wire'

const Phone = Type.String({ pattern: '^1[3-9]\\d{9}$' })

export const OtpRequest = Type.Object({ phone: Phone }, closed)
export const OtpReply = Type.Object(
  {
    challenge: Type.String({ description: 'bound to the phone; sent back with the code (S1)' }),
    resendAfter: Type.Integer({ description: 'seconds' }),
    expiresIn: Type.Integer({ description: 'seconds' }),
  },
  closed,
)

export const SignIn = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('sms'),
      phone: Phone,
      otp: Type.String({ pattern: '^\\d{6}$' }),
      challenge: Type.String({ maxLength: 100 }),
    },
    closed,
  ),
  Type.Object(
    { kind: Type.Literal('wechat'), code: Type.String({ minLength: 1, maxLength: 200 }) },
    closed,
  ),
])

export const Me = Type.Object(
  {
    id: Id,
    name: Nullable(Type.String({ description: 'full: it is their own' })),
    idNumber: Nullable(Type.String({ description: 'masked' })),
    phone: Nullable(Type.String({ description: 'masked' })),
    verified: Type.Boolean({ description: 'real-name check passed (实名)' }),
    region: Nullable(RegionCode),
    elder: Type.Boolean({ description: '长辈版' }),
  },
  closed,
)

const DraftKey = Type.String({
  description: 'base64, 32 bytes: encrypts drafts on the phone; never stored beside them',
})

/** What a phone that was started again with a live token asks first. */
export const Account = Type.Composite([Me, Type.Object({ draftKey: DraftKey })], closed)

export const Session = Type.Object(
  {
    token: Type.String(),
    expiresAt: Instant,
    draftKey: DraftKey,
    me: Me,
  },
  closed,
)

export const MeChange = Type.Object(
  { region: Type.Optional(RegionCode), elder: Type.Optional(Type.Boolean()) },
  closed,
)

export const IdentityCheck = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 50 }),
    idNumber: Type.String({ minLength: 15, maxLength: 30 }),
  },
  closed,
)

/** 电子证照 found by data share: usable instead of a photo, and its data prefills the form. */
export const SharedCertificate = Type.Object(
  {
    id: Type.String(),
    type: Type.String({ description: 'as materials name it: resident-id, marriage-certificate …' }),
    name: Type.String(),
    number: Type.String({ description: 'masked' }),
    holder: OneOf(RELATIONS),
    holderName: Type.String(),
    issuer: Type.String(),
    issuedOn: Day,
    validUntil: Nullable(Day),
    people: Type.Record(
      Type.String({ description: 'relation to me' }),
      Type.Record(Type.String({ description: 'element' }), Type.String()),
    ),
  },
  closed,
)
export const SharedCertificates = Type.Object(
  {
    certificates: Type.Array(SharedCertificate),
    known: Type.Record(
      Type.String({ description: 'relation to me' }),
      Type.Record(Type.String(), Type.String()),
      { description: 'identity and certificates merged: what prefill reads' },
    ),
  },
  closed,
)

export const AccessLog = Type.Object(
  {
    entries: Type.Array(
      Type.Object(
        { at: Instant, who: Type.String(), what: Type.String(), why: Type.String() },
        closed,
      ),
    ),
    next: Nullable(Type.String()),
  },
  closed,
)

/** Window, department and supervision handle cases; the others see none. */
export const STAFF_ROLES = [
  'window', 'department', 'supervisor', 'editor', 'publisher',
  'system-admin', 'security-admin', 'audit-admin',
] as const

export const StaffSignIn = Type.Object(
  {
    login: Type.String({ minLength: 2, maxLength: 64 }),
    password: Type.String({ minLength: 8, maxLength: 128 }),
    totp: Type.String({ pattern: '^\\d{6}$' }),
    newPassword: Type.Optional(Type.String({
      minLength: 8, maxLength: 128,
      description: 'in place of a password for one sign-in, or freely',
    })),
  },
  closed,
)

export const StaffMe = Type.Object(
  {
    id: Id,
    name: Type.String(),
    role: OneOf(STAFF_ROLES),
    department: Nullable(Type.String()),
    region: RegionCode,
    duties: Nullable(Type.Array(OneOf(DUTY_IDS), { description: 'null: all of the role' })),
  },
  closed,
)

export const StaffSession = Type.Object(
  { token: Type.String(), expiresAt: Instant, staff: StaffMe },
  closed,
)

export type OtpReply = Static<typeof OtpReply>
export type SignIn = Static<typeof SignIn>
export type Me = Static<typeof Me>
export type Account = Static<typeof Account>
export type Session = Static<typeof Session>
export type SharedCertificate = Static<typeof SharedCertificate>
export type SharedCertificates = Static<typeof SharedCertificates>
export type StaffRole = (typeof STAFF_ROLES)[number]
export type StaffSignIn = Static<typeof StaffSignIn>
export type StaffMe = Static<typeof StaffMe>
export type StaffSession = Static<typeof StaffSession>
export type AccessLog = Static<typeof AccessLog>
