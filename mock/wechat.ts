/**
 * WeChat: code2session and 订阅消息. Any code `demo-…` is a person; the same code gives the same
 * openid. Who allowed what, only WeChat knows: `POST /admin/refusals {openid}` withdraws it all.
 */
import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import {
  type Service, type ServiceOptions, canMisbehave, json, listen, newService,
} from './service'

const MOST_KEPT = 500
const TOKEN_SECONDS = 7200
const MOST_LETTERS = 20

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
  subscriptions(app, options)
  return listen(app, options)
}

interface Told {
  openid: string
  template: string
  page: string
  data: Record<string, { value: string }>
}

function subscriptions(app: FastifyInstance, known: { appId: string; secret: string }): void {
  const refused = new Set<string>()
  const told: Told[] = []
  const token = createHash('sha256').update(`${known.secret} token`).digest('base64url')
  app.post('/cgi-bin/stable_token', async (request) => {
    const { grant_type: grant, appid, secret } = json(request)
    if (grant !== 'client_credential') return { errcode: 40002, errmsg: 'invalid grant_type' }
    if (appid !== known.appId) return { errcode: 40013, errmsg: 'invalid appid' }
    if (secret !== known.secret) return { errcode: 40125, errmsg: 'invalid appsecret' }
    return { access_token: token, expires_in: TOKEN_SECONDS }
  })
  app.post<{ Querystring: Record<string, string> }>(
    '/cgi-bin/message/subscribe/send', async (request) => {
      const { touser, template_id: template, page = '', data } = json(request)
      if (request.query.access_token !== token) return { errcode: 40001, errmsg: 'credential' }
      if (typeof touser !== 'string' || !/^o[\w-]{27}$/.test(touser)) {
        return { errcode: 40003, errmsg: 'invalid openid' }
      }
      if (typeof template !== 'string' || !template.startsWith('demo-')) {
        return { errcode: 40037, errmsg: 'invalid template_id' }
      }
      if (!isData(data)) return { errcode: 47003, errmsg: 'argument invalid' }
      if (refused.has(touser)) return { errcode: 43101, errmsg: 'user refuse to accept the msg' }
      told.unshift({ openid: touser, template, page: String(page), data })
      told.length = Math.min(told.length, MOST_KEPT)
      return { errcode: 0, errmsg: 'ok' }
    })
  app.post('/admin/refusals', async (request) => {
    refused.add(String(json(request).openid))
    return { refused: refused.size }
  })
  app.get('/messages', async () => ({ messages: told }))
}

/** A field of the kind `thing` holds 20 letters, `time` a day and a time. */
function isData(data: unknown): data is Told['data'] {
  if (typeof data !== 'object' || data === null) return false
  return Object.entries(data).every(([name, field]) => {
    const value: unknown = typeof field === 'object' && field !== null && 'value' in field
      ? field.value : undefined
    if (typeof value !== 'string' || value === '') return false
    if (/^thing\d+$/.test(name)) return value.length <= MOST_LETTERS
    return /^time\d+$/.test(name) && /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value)
  })
}
