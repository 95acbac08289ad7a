/** The exchange of electronic certificates. Refuses a query without a purpose, as a real one. */
import type { DemoPerson } from './people/person'
import {
  BadRequest, type Service, type ServiceOptions, canMisbehave, listen, newService, signedJson,
} from './service'

export async function startCertificates(
  options: ServiceOptions & { secret: string; people: readonly DemoPerson[] },
): Promise<Service> {
  const app = newService()
  canMisbehave(app)
  const open = signedJson({ keyId: 'platform', secret: options.secret })
  app.post('/v1/certificates/query', async (request) => {
    const { name, idNumber, purpose } = open(request)
    if (typeof purpose !== 'string' || purpose === '') throw new BadRequest(400, 'purpose')
    const person = options.people.find((one) => one.name === name && one.idNumber === idNumber)
    return { certificates: person?.certificates ?? [] }
  })
  return listen(app, options)
}
