/** 微信登录: code2session of the WeChat open platform. */
import { Type } from '@sinclair/typebox'
import { Refused } from '@core/refusal'
import { type Line, ask, under } from './http'

/** WeChat answers 200 for errors too. It may add fields, so the shape stays open. */
const Code2Session = Type.Union([
  Type.Object({
    openid: Type.String({ pattern: '^[\\w-]{10,64}$' }),
    session_key: Type.String({ minLength: 1 }),
    errcode: Type.Optional(Type.Literal(0)),
  }),
  Type.Object({ errcode: Type.Integer(), errmsg: Type.String() }),
])

/** 40029: not a code; 40163: used before; 40226: WeChat blocks this person. */
const BAD_CODES: ReadonlySet<number> = new Set([40029, 40163, 40226])

export function wechat(line: Line, config: { url: string; appId: string; secret: string }) {
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
      line.log.warn({ system: line.system, errcode: reply.errcode }, 'WeChat refused the call')
      throw new Refused('OUTSIDE_DOWN', { system: line.system })
    },
  }
}
