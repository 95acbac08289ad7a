/** The SMS provider. Keeps the latest texts in memory; `/` is the inbox the demo user reads. */
import {
  BadRequest, type Service, type ServiceOptions, canMisbehave, listen, newService, signedJson,
} from './service'

interface Text {
  id: string
  phone: string
  text: string
  at: string
}

const MOST_KEPT = 500

export async function startSms(options: ServiceOptions & { secret: string }): Promise<Service> {
  const app = newService()
  canMisbehave(app)
  const open = signedJson({ keyId: 'platform', secret: options.secret })
  const texts: Text[] = []
  let count = 0
  app.post('/v1/messages', async (request) => {
    const { phone, text } = open(request)
    if (typeof phone !== 'string' || typeof text !== 'string') throw new BadRequest(400, 'shape')
    const id = `sms-${(count += 1)}`
    texts.unshift({ id, phone, text, at: new Date().toISOString() })
    texts.length = Math.min(texts.length, MOST_KEPT)
    return { accepted: true, id }
  })
  app.get<{ Querystring: { phone?: string } }>('/messages', async ({ query: { phone } }) => ({
    messages: texts.filter((one) => phone === undefined || one.phone === phone),
  }))
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(inbox(texts)))
  return listen(app, options)
}

function inbox(texts: readonly Text[]): string {
  const rows = texts.map(({ phone, text, at }) =>
    `<li><b>${safe(phone)}</b> <time>${safe(clock(at))}</time><p>${safe(text)}</p></li>`)
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="3"><title>演示短信收件箱</title>
<style>body{font:18px/1.6 sans-serif;max-width:36em;margin:0 auto;padding:16px;color:#1f2329}
ul{list-style:none;padding:0}li{border-bottom:1px solid #d0d3d6;padding:12px 0}p{margin:4px 0}
time{color:#5a6068;float:right}</style></head><body><h1>演示短信收件箱</h1>
<p>这里显示演示系统发出的短信，最新的在最上面，每 3 秒自动刷新。没有短信发到真的手机上。</p>
<ul>${rows.join('') || '<li>还没有短信。</li>'}</ul></body></html>`
}

function clock(at: string): string {
  return new Date(at).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })
}

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
