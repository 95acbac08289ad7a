/**
 * What shared certificates prove: whose guardian somebody is, which company they represent. Fetched
 * by the server itself each time; the phone only says which of them it means.
 */
import { shanghaiDate } from '../../core/clock'
import type { SharedCertificate } from '../../core/contract/session'
import { isPlainDate } from '../../core/day'
import { guardedUntil, latestEnd } from '../../core/mandate'
import { Refused } from '../../core/refusal'
import { judge } from '../../core/values'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { openPerson } from '../people/service'
import type { Platform } from '../platform'

/** Certificates that name a child's parents, and those that name who represents a company. */
const CHILD_PROOFS: ReadonlySet<string> = new Set([
  'household-register', 'birth-medical-certificate',
])
const COMPANY_PROOF = 'business-license'
/** The relation under which a licence names its legal representative. */
const REPRESENTATIVE = 'legalRepresentative'

export interface Proved {
  kind: 'child' | 'company'
  certificateId: string
  /** what the certificate is called */
  proof: string
  name: string
  /** of a company its 统一社会信用代码 */
  idNumber: string
  /** of a child */
  bornOn: string | undefined
  /** the last day a mandate may have */
  until: string
}

/** @throws {Refused} IDENTITY_REQUIRED, OUTSIDE_DOWN */
export async function provedFor(
  platform: Platform,
  citizen: Citizen,
  why: string,
): Promise<Proved[]> {
  const { name, idNumber, verified } = await openPerson(platform.db.db, platform, citizen.id)
  if (!verified || !name || !idNumber) throw new Refused('IDENTITY_REQUIRED')
  await look(platform, {
    by: citizen, personId: citizen.id, what: '查询可以代办的孩子和企业',
    object: `person:${citizen.id}`, why,
  })
  const shared = await platform.outside.certificates.of({ name, idNumber }, why)
  const today = shanghaiDate(platform.now().toISOString())
  const found = shared.flatMap((one) =>
    childOf(one, today) ?? companyOf(one, { name, idNumber, today }) ?? [])
  // A child is in the register and on the birth certificate: once is enough.
  return [...new Map(found.reverse().map((one) => [one.idNumber, one])).values()].reverse()
}

function childOf(certificate: SharedCertificate, today: string): Proved | undefined {
  const { id, type, holder, name: proof, people } = certificate
  if (holder !== 'child' || !CHILD_PROOFS.has(type)) return undefined
  const { name, idNumber, bornOn } = people.child ?? {}
  if (!name || !idNumber || !bornOn || !isPlainDate(bornOn)) return undefined
  if (judge({ type: 'idNumber' }, idNumber)) return undefined
  const until = guardedUntil(bornOn)
  if (until < today) return undefined
  return { kind: 'child', certificateId: id, proof, name, idNumber, bornOn, until }
}

function companyOf(
  certificate: SharedCertificate,
  me: { name: string; idNumber: string; today: string },
): Proved | undefined {
  const { id, type, holder, name: proof, people, validUntil } = certificate
  if (holder !== 'company' || type !== COMPANY_PROOF) return undefined
  const representative = people[REPRESENTATIVE]
  if (representative?.idNumber !== me.idNumber || representative.name !== me.name) return undefined
  const { companyName: name, creditCode: idNumber } = people.company ?? {}
  if (!name || !idNumber || judge({ type: 'creditCode' }, idNumber)) return undefined
  const latest = latestEnd(me.today)
  const until = validUntil !== null && validUntil < latest ? validUntil : latest
  if (until < me.today) return undefined
  return { kind: 'company', certificateId: id, proof, name, idNumber, bornOn: undefined, until }
}
