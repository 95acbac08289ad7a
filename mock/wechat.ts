/** WeChat's code2session. Any code `demo-…` is a person; the same code gives the same openid. */
import { createHash } from 'node:crypto'
import { type Service, type ServiceOptions, canMisbehave, listen, newService } from './service'

export async function startWechat(
  options: ServiceOptions & { appId: string; secret: string },
): Promise<Service> {
  const app = newService()
  canMisbehave(app)
  app.get<{ Querystring: Record<string, string> }>('/sns/jscode2session', async ({ query }) => {
    const { appid, secret, js_code: code = '', grant_type: grant } = query
    if (appid !== options.appId) return { errcode: 40013, errmsg: 'invalid appid' }
    if (secret !== options.secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    if (grant !== 'authorization_code') return { errcode: 40002, errmsg: 'invalid grant_type' }
    if (!/^demo-[\w-]{1,64}$/.test(code)) return { errcode: 40029, errmsg: 'invalid code' }
    const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
    return { openid: `o${hash(code).slice(0, 27)}`, session_key: hash(`${code} session`) }
  })
  return listen(app, options)
}
