/** The exchange of electronic certificates. Refuses a query without a purpose, as a real one. */
import type { SharedCertificate } from '@core/contract/session'
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
    return { certificates: person?.certificates ?? ofWard(options.people, { name, idNumber }) }
  })
  return listen(app, options)
}

/** A child or a company is in the papers of whoever stands for it: the same, seen as its own. */
function ofWard(
  people: readonly DemoPerson[],
  { name, idNumber }: { name: unknown; idNumber: unknown },
): SharedCertificate[] {
  const papers = people.flatMap(({ certificates }) => certificates)
  const child = papers.filter(({ holder, people: { child: one } }) =>
    holder === 'child' && one?.name === name && one?.idNumber === idNumber)
  const company = papers.filter(({ holder, people: { company: one } }) =>
    holder === 'company' && (one?.creditCode === idNumber || one?.companyName === undefined) &&
    papers.some(({ holderName, people: { company: firm } }) =>
      holderName === name && firm?.creditCode === idNumber))
  return [
    ...child.map((paper) => ({
      ...paper, holder: 'me' as const, people: { ...paper.people, me: paper.people.child ?? {} },
    })),
    ...company,
  ]
}
