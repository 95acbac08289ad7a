/** The region's unified identity service: knows only the invented people. */
import type { DemoPerson } from './people/person'
import {
  type Service, type ServiceOptions, canMisbehave, listen, newService, signedJson,
} from './service'

export async function startIdentity(
  options: ServiceOptions & { secret: string; people: readonly DemoPerson[] },
): Promise<Service> {
  const app = newService()
  canMisbehave(app)
  const open = signedJson({ keyId: 'platform', secret: options.secret })
  app.post('/v1/verify', async (request) => {
    const { name, idNumber } = open(request)
    const person = options.people.find((one) => one.name === name && one.idNumber === idNumber)
    return person ? { match: true, data: person.identity } : { match: false }
  })
  return listen(app, options)
}
