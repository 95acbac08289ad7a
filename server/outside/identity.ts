/** 统一身份认证: does a name belong to an ID number. */
import { Type } from '@sinclair/typebox'
import { closed } from '@core/contract/wire'
import { type Line, askSigned, under } from './http'

const Verified = Type.Union([
  Type.Object({ match: Type.Literal(false) }, closed),
  Type.Object(
    {
      match: Type.Literal(true),
      data: Type.Record(
        Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,63}$' }),
        Type.String({ maxLength: 1000 }),
        { ...closed, maxProperties: 50 },
      ),
    },
    closed,
  ),
])

export function identity(line: Line, { url, secret }: { url: string; secret: string }) {
  return {
    check(person: { name: string; idNumber: string }) {
      const { name, idNumber } = person
      const key = { keyId: 'platform', secret }
      const content = { name, idNumber }
      return askSigned(line, { url: under(url, '/v1/verify'), key, content }, Verified)
    },
  }
}
