/** 我的信息: what is held, devices, fresh proof of who acts, message preferences, erasing. */
import { type Static, Type } from '@sinclair/typebox'
import { HOLDING_KINDS, type HoldingKind } from '../holdings'
import { CHOSEN_KINDS, type ChosenKind, WECHAT_KINDS, type WechatKind } from '../message-kinds'
import { TICKET_KINDS } from '../ticket'
import { Id, Instant, Nullable, OneOf, closed } from './wire'

const Phone = Type.String({ pattern: '^1[3-9]\\d{9}$' })
const Otp = Type.String({ pattern: '^\\d{6}$' })
const Challenge = Type.String({ maxLength: 100 })

export const CONFIRM_WAYS = ['sms', 'wechat'] as const

export const MyHoldings = Type.Object(
  {
    counts: Type.Unsafe<Record<HoldingKind, number>>(Type.Object(
      Object.fromEntries(HOLDING_KINDS.map((kind) => [kind, Type.Integer()])),
      { ...closed, description: 'how many of each kind; of account and identity 0 or 1' },
    )),
    unusedPhotos: Type.Integer({ description: 'in no case, draft or open signing' }),
    openCases: Type.Array(
      Type.Object({ id: Id, number: Type.String(), topicTitle: Type.String() }, closed),
      { description: 'they stand in the way of closing the account' },
    ),
    openTickets: Type.Array(
      Type.Object({ id: Id, number: Type.String(), kind: OneOf(TICKET_KINDS) }, closed),
      { description: 'calls for help that closing the account withdraws' },
    ),
    confirmBy: OneOf(CONFIRM_WAYS),
    confirmedUntil: Nullable(Instant),
  },
  closed,
)

/** By a code sent to the account's own phone; by WeChat only where the account has no phone. */
export const Confirm = Type.Union([
  Type.Object({ kind: Type.Literal('sms'), otp: Otp, challenge: Challenge }, closed),
  Type.Object(
    { kind: Type.Literal('wechat'), code: Type.String({ minLength: 1, maxLength: 200 }) },
    closed,
  ),
])
export const Confirmed = Type.Object({ confirmedUntil: Instant }, closed)

export const PhoneChange = Type.Object(
  {
    phone: Phone,
    otp: Otp,
    challenge: Challenge,
    identity: Type.Optional(Type.Object(
      {
        name: Type.String({ minLength: 2, maxLength: 50 }),
        idNumber: Type.String({ minLength: 15, maxLength: 30 }),
      },
      { ...closed, description: 'instead of a fresh code to the old phone: that one is lost' },
    )),
  },
  closed,
)

export const DEVICES = ['wechat', 'phone', 'computer', 'other'] as const
export const Devices = Type.Object(
  {
    devices: Type.Array(Type.Object(
      {
        id: Id, device: OneOf(DEVICES), signedInAt: Instant, seenAt: Instant,
        current: Type.Boolean(),
      },
      closed,
    )),
  },
  closed,
)

const choices = CHOSEN_KINDS.map((kind) => [kind, Type.Boolean()] as const)
export const Preferences = Type.Object(
  {
    sms: Type.Unsafe<Record<ChosenKind, boolean>>(
      Type.Object(Object.fromEntries(choices), closed),
    ),
    phone: Type.Boolean({ description: 'false: there is no number to send to' }),
    wechat: Type.Object(
      {
        templates: Type.Unsafe<Partial<Record<WechatKind, string>>>(Type.Record(
          Type.String(), Type.String(),
          { description: 'what the mini-program may ask consent for; none: it is not offered' },
        )),
        left: Type.Unsafe<Record<WechatKind, number>>(Type.Object(
          Object.fromEntries(WECHAT_KINDS.map((kind) => [kind, Type.Integer()])),
          { ...closed, description: 'messages the person has still allowed: one consent is one' },
        )),
        refused: Type.Boolean({ description: 'said no, so nobody asks again unbidden' }),
      },
      closed,
    ),
  },
  closed,
)
export const PreferencesChange = Type.Object(
  {
    sms: Type.Unsafe<Partial<Record<ChosenKind, boolean>>>(
      Type.Partial(Type.Object(Object.fromEntries(choices)), closed),
    ),
  },
  closed,
)

/** What the person answered to WeChat's own prompt, kind by kind. */
export const WechatConsent = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 200, description: 'of wx.login' }),
    accepted: Type.Array(OneOf(WECHAT_KINDS), { maxItems: WECHAT_KINDS.length }),
  },
  closed,
)

export const ERASABLE = ['drafts', 'photos'] as const
export const Erase = Type.Object({ what: OneOf(ERASABLE) }, closed)
export const Erased = Type.Object({ count: Type.Integer() }, closed)

export type MyHoldings = Static<typeof MyHoldings>
export type Confirm = Static<typeof Confirm>
export type Confirmed = Static<typeof Confirmed>
export type PhoneChange = Static<typeof PhoneChange>
export type DeviceKind = (typeof DEVICES)[number]
export type Devices = Static<typeof Devices>
export type Preferences = Static<typeof Preferences>
export type WechatConsent = Static<typeof WechatConsent>
export type Erasable = (typeof ERASABLE)[number]
export type Erased = Static<typeof Erased>
