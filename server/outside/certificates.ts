/** 电子证照 and data share: what the exchange holds of a person, for a named purpose. */
import { Type } from '@sinclair/typebox'
import { SharedCertificate } from '@core/contract/session'
import { closed } from '@core/contract/wire'
import { type Line, askSigned, under } from './http'

const Found = Type.Object(
  { certificates: Type.Array(SharedCertificate, { maxItems: 100 }) },
  closed,
)

export function certificates(line: Line, { url, secret }: { url: string; secret: string }) {
  return {
    /** @param purpose  what the data is for; the exchange keeps it in its own log */
    async of(person: { name: string; idNumber: string }, purpose: string) {
      const { name, idNumber } = person
      const found = await askSigned(
        line,
        {
          url: under(url, '/v1/certificates/query'),
          key: { keyId: 'platform', secret },
          content: { name, idNumber, purpose },
        },
        Found,
      )
      return found.certificates
    },
  }
}
