/** 订阅消息模板: what the account was given on the WeChat open platform, by kind of message. */
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { WECHAT_KINDS, type WechatKind } from '../../core/message-kinds'
import { closed } from '../../core/contract/wire'

const Name = Type.String({ minLength: 1, maxLength: 60 })
/** `title`, `about`, `at`: the template's own names of its fields, e.g. thing1, thing2, time3. */
const Template = Type.Object({ id: Name, title: Name, about: Name, at: Name }, closed)

export type WechatTemplate = Static<typeof Template>
export type WechatTemplates = Partial<Record<WechatKind, WechatTemplate>>

/** A demo has all of them; elsewhere what WECHAT_TEMPLATES does not name is not offered. */
export function readTemplates(
  env: Readonly<Record<string, string | undefined>>,
  problems: string[],
): WechatTemplates {
  const text = env.WECHAT_TEMPLATES
  if (!text) return env.NODE_ENV === 'production' ? {} : DEMO
  const given = read(text)
  const known = Object.entries(given ?? {}).flatMap(([name, template]) => {
    const kind = WECHAT_KINDS.find((one) => one === name)
    return kind && Value.Check(Template, template) ? [[kind, template] as const] : []
  })
  if (!given || known.length < Object.keys(given).length) {
    const kinds = WECHAT_KINDS.join(', ')
    problems.push(`WECHAT_TEMPLATES must be JSON: ${kinds} → {id, title, about, at}`)
  }
  return Object.fromEntries(known)
}

const DEMO = Object.fromEntries(WECHAT_KINDS.map((kind) =>
  [kind, { id: `demo-${kind}`, title: 'thing1', about: 'thing2', at: 'time3' }]))

function read(text: string): object | undefined {
  try {
    const given: unknown = JSON.parse(text)
    return typeof given === 'object' && given !== null ? given : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
