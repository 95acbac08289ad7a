/** 电子证照: what data share knows of a person, asked for a named purpose and logged each time. */
import type { SharedCertificate, SharedCertificates } from '../../core/contract/session'
import { Refused } from '../../core/refusal'
import { mask } from '../../core/values'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import type { Platform } from '../platform'
import { openPerson, type Person } from './service'

type Known = SharedCertificates['known']

/**
 * @param purpose  said to the exchange and to the citizen, e.g. 办理“新生儿出生”
 * @throws {Refused} IDENTITY_REQUIRED, OUTSIDE_DOWN
 */
export async function listCertificates(
  platform: Platform,
  { citizen, purpose }: { citizen: Citizen; purpose: string },
): Promise<SharedCertificates> {
  const { outside, db } = platform
  const person = await openPerson(db.db, platform, citizen.id)
  const { name, idNumber } = person
  if (!person.verified || !name || !idNumber) throw new Refused('IDENTITY_REQUIRED')
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查询本人电子证照', object: `person:${citizen.id}`,
    why: purpose,
  })
  const [shared, identity] = await Promise.all([
    outside.certificates.of({ name, idNumber }, purpose),
    person.kind === 'person'
      ? outside.identity.check({ name, idNumber }) : { match: false as const },
  ])
  return {
    certificates: shared.map((certificate) => ({
      ...certificate,
      number: certificate.number.includes('*')
        ? certificate.number
        : mask('certificateNumber', certificate.number),
    })),
    known: knownOf(shared, { person, identity: identity.match ? identity.data : {} }),
  }
}

/** What certificates say, by relation; of the person, the identity service has the last word. */
export function knownOf(
  shared: readonly SharedCertificate[],
  { person, identity }: {
    person: Pick<Person, 'kind' | 'name' | 'idNumber' | 'phone'>
    identity: Readonly<Record<string, string>>
  },
): Known {
  const known: Known = {}
  for (const { people } of shared) {
    for (const [relation, data] of Object.entries(people)) {
      known[relation] = { ...data, ...known[relation] }
    }
  }
  if (person.kind === 'company') {
    const { name: companyName, idNumber: creditCode } = person
    known.company = { ...known.company, ...written({ companyName, creditCode }) }
    return known
  }
  const own = { name: person.name, idNumber: person.idNumber, phone: person.phone }
  known.me = { ...known.me, ...identity, ...written(own) }
  return known
}

function written(data: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).flatMap(([key, value]) =>
    (value ? [[key, value]] : [])))
}
