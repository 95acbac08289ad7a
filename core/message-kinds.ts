/** What we tell a person about, and which of it also goes by SMS. In the app it is always shown. */
export interface MessageKind {
  title: string
  what: string
  /** 'always': the law wants it told, or the account is at stake */
  sms: 'always' | 'choice'
}

export const MESSAGE_KINDS = {
  legal: {
    title: '法定告知', sms: 'always',
    what: '需要补正、不予受理、期限延长、办理超期',
  },
  security: {
    title: '账户安全', sms: 'always',
    what: '验证码、更换手机号',
  },
  progress: {
    title: '办理进展', sms: 'choice',
    what: '已提交、已受理、已办完、已出件、已撤回',
  },
  signing: {
    title: '签名进展', sms: 'choice',
    what: '您邀请的人签了名，或不同意签名',
  },
  reminder: {
    title: '提醒', sms: 'choice',
    what: '没提交的申请快要到期',
  },
} as const satisfies Record<string, MessageKind>

export type MessageKindId = keyof typeof MESSAGE_KINDS

/** Kinds a person may have without SMS. */
export const CHOSEN_KINDS = ['progress', 'signing', 'reminder'] as const satisfies MessageKindId[]
export type ChosenKind = (typeof CHOSEN_KINDS)[number]

export const isChosen = (kind: string): kind is ChosenKind =>
  CHOSEN_KINDS.some((one) => one === kind)

/** Kinds WeChat can carry: one template each, and no prompt may ask for more than three. */
export const WECHAT_KINDS = ['legal', 'progress', 'reminder'] as const satisfies MessageKindId[]
export type WechatKind = (typeof WECHAT_KINDS)[number]

export const isForWechat = (kind: string): kind is WechatKind =>
  WECHAT_KINDS.some((one) => one === kind)
