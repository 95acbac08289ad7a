/** 短信: hands a text to the provider. Accepted is not yet delivered. */
import { Type } from '@sinclair/typebox'
import { closed } from '@core/contract/wire'
import { type Line, askSigned, under } from './http'

const Accepted = Type.Object(
  { accepted: Type.Literal(true), id: Type.String({ maxLength: 100 }) },
  closed,
)

interface Gateway {
  url: string
  secret: string
  /** said before each text; empty: nothing */
  mark: string
}

export function sms(line: Line, { url, secret, mark }: Gateway) {
  return {
    async send(phone: string, text: string): Promise<void> {
      const key = { keyId: 'platform', secret }
      await askSigned(
        line,
        { url: under(url, '/v1/messages'), key, content: { phone, text: mark + text } },
        Accepted,
      )
    },
  }
}
