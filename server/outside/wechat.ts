/** 微信: code2session at sign-in, and 订阅消息 to whoever allowed one. */
import { type TSchema, type Static, Type } from '@sinclair/typebox'
import { Refused } from '@core/refusal'
import { type Line, ask, under } from './http'

/** WeChat answers 200 for errors too. It may add fields, so the shapes stay open. */
const Failed = Type.Object({ errcode: Type.Integer(), errmsg: Type.String() })
const Code2Session = Type.Union([
  Type.Object({
    openid: Type.String({ pattern: '^[\\w-]{10,64}$' }),
    session_key: Type.String({ minLength: 1 }),
    errcode: Type.Optional(Type.Literal(0)),
  }),
  Failed,
])
const StableToken = Type.Union([
  Type.Object({ access_token: Type.String({ minLength: 1 }), expires_in: Type.Integer() }),
  Failed,
])

/** 40029: not a code; 40163: used before; 40226: WeChat blocks this person. */
const BAD_CODES: ReadonlySet<number> = new Set([40029, 40163, 40226])
/** The access token is wrong, invalid or has run out. */
const BAD_TOKENS: ReadonlySet<number> = new Set([40001, 40014, 42001])
/** The person allowed none, or none any more. */
const NOT_ALLOWED = 43101
/** 40003: no such person; 40037: no such template; 47003: fields that do not fit it. */
const NEVER: ReadonlySet<number> = new Set([40003, 40037, 47003])
/** A token is asked for anew this long before it runs out. */
const TOKEN_MARGIN_MS = 300_000

export interface WechatMessage {
  template: string
  /** of the mini-program, with its parameters */
  page: string
  /** field of the template → text */
  data: Readonly<Record<string, string>>
}

/** `wrong`: nothing that trying again could mend */
export type WechatOutcome = 'sent' | 'not-allowed' | 'wrong'

interface Settings {
  url: string
  appId: string
  secret: string
}

export function wechat(line: Line, config: Settings) {
  const tokens = tokenOf(line, config)
  return {
    /**
     * @throws {Refused} WRONG_CODE when WeChat does not accept the code, OUTSIDE_DOWN for the rest
     */
    async openIdOf(code: string): Promise<string> {
      const url = under(config.url, '/sns/jscode2session')
      url.search = new URLSearchParams({
        appid: config.appId,
        secret: config.secret,
        js_code: code,
        grant_type: 'authorization_code',
      }).toString()
      const reply = await ask(line, { method: 'GET', url }, Code2Session)
      if ('openid' in reply) return reply.openid
      if (BAD_CODES.has(reply.errcode)) throw new Refused('WRONG_CODE')
      throw refused(line, reply.errcode)
    },

    /** One message for one consent. @throws {Refused} OUTSIDE_DOWN: it may be tried again */
    async notify(openId: string, message: WechatMessage): Promise<WechatOutcome> {
      const { template: template_id, page, data } = message
      const fields = Object.entries(data).map(([name, value]) => [name, { value }])
      const content = { touser: openId, template_id, page, data: Object.fromEntries(fields) }
      for (const fresh of [false, true]) {
        const token = await tokens(fresh)
        const path = `/cgi-bin/message/subscribe/send?access_token=${encodeURIComponent(token)}`
        const { errcode } = await post(line, under(config.url, path), { content, reply: Failed })
        if (errcode === 0) return 'sent'
        if (errcode === NOT_ALLOWED) return 'not-allowed'
        if (BAD_TOKENS.has(errcode) && !fresh) continue
        const why = refused(line, errcode)
        if (NEVER.has(errcode)) return 'wrong'
        throw why
      }
      throw refused(line, 0)
    },
  }
}

/** The stable token: asking again gives the same one, so each process may keep its own copy. */
function tokenOf(line: Line, { url, appId, secret }: Settings) {
  let kept: { token: string; until: number } | undefined
  return async (fresh: boolean): Promise<string> => {
    if (kept && !fresh && kept.until > line.now().getTime()) return kept.token
    const content = {
      grant_type: 'client_credential', appid: appId, secret, force_refresh: fresh,
    }
    const reply = await post(
      line, under(url, '/cgi-bin/stable_token'), { content, reply: StableToken })
    if (!('access_token' in reply)) throw refused(line, reply.errcode)
    const { access_token: token, expires_in: seconds } = reply
    kept = { token, until: line.now().getTime() + seconds * 1000 - TOKEN_MARGIN_MS }
    return token
  }
}

function post<T extends TSchema>(
  line: Line,
  url: URL,
  { content, reply }: { content: object; reply: T },
): Promise<Static<T>> {
  const headers = { 'content-type': 'application/json' }
  return ask(line, { method: 'POST', url, headers, body: JSON.stringify(content) }, reply)
}

function refused(line: Line, errcode: number): Refused {
  line.log.warn({ system: line.system, errcode }, 'WeChat refused the call')
  return new Refused('OUTSIDE_DOWN', { system: line.system })
}
