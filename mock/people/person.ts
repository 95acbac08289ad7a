/**
 * What every invented person of the demonstration is made of. Sequence 000 of an ID number is given
 * to nobody.
 */
import type { SharedCertificate } from '@core/contract/session'
import { checkDigit11643, mask } from '@core/values'

export interface DemoPerson {
  /** what signing in as this person can show: the launcher groups its list by it */
  shows: string
  /** in a line of the launcher's list */
  who: string
  name: string
  idNumber: string
  phone: string
  /** what the identity service may share, by element */
  identity: Readonly<Record<string, string>>
  certificates: readonly SharedCertificate[]
}

/** Whoever has an ID number; a child has no phone. */
export interface Named {
  name: string
  sex: '1' | '2'
  bornOn: string
  ethnicity: string
  /** county, also of the ID number */
  region: keyof typeof PLACES
  hukouAddress: string
}

export interface Adult extends Named {
  homeAddress: string
  phone: string
}

export type Holder = SharedCertificate['holder']
type Data = Readonly<Record<string, string>>

export const PLACES = {
  '653101': '喀什市', '653121': '疏附县', '653125': '莎车县', '653126': '叶城县',
} as const

export const UYGHUR = '05'
export const HAN = '01'

export function person(
  adult: Adult,
  { shows, who }: Pick<DemoPerson, 'shows' | 'who'>,
  certificates: readonly SharedCertificate[],
): DemoPerson {
  const { name, phone } = adult
  return {
    shows, who, name, phone, idNumber: idOf(adult), certificates,
    identity: { ...facts(adult), phone },
  }
}

/** GB 11643 with sequence 000. */
export function idOf({ region, bornOn }: Pick<Named, 'region' | 'bornOn'>): string {
  const first17 = `${region}${bornOn.replaceAll('-', '')}000`
  return first17 + checkDigit11643(first17)
}

/** What an ID card says. */
export function facts(one: Named): Record<string, string> {
  const { name, sex, bornOn, ethnicity } = one
  return { name, sex, bornOn, ethnicity, idType: '111', idNumber: idOf(one), nationality: 'CHN' }
}

export interface Paper {
  type: string
  name: string
  /** masked */
  number: string
  issuer: string
  issuedOn: string
  validUntil?: string
  people: SharedCertificate['people']
}

/** A certificate of somebody, in the exchange's shape. */
export function paper(holder: Holder, of: Named, made: Paper): SharedCertificate {
  const { region, bornOn, name: holderName } = of
  const { type, issuer, validUntil = null, ...rest } = made
  return {
    ...rest, type, validUntil, holder, holderName, issuer: `${issuer}（演示）`,
    // Stable over restarts, so that a draft may name it.
    id: `demo-${type}-${region}-${bornOn.replaceAll('-', '')}`,
  }
}

export function idCard(adult: Adult, holder: Holder = 'me'): SharedCertificate {
  const { hukouAddress, homeAddress, region } = adult
  return paper(holder, adult, {
    type: 'resident-id', name: '居民身份证', number: mask('idNumber', idOf(adult)),
    issuer: `${PLACES[region]}公安局`, issuedOn: '2018-03-01', validUntil: '2038-03-01',
    people: { [holder]: { ...facts(adult), hukouAddress, homeAddress } },
  })
}

/** One register serves all who are in it: a page each, under the householder's name. */
export function registerPage(
  one: Named,
  holder: Holder,
  { householder, more = {} }: { householder: Named; more?: Data },
): SharedCertificate {
  const { hukouAddress, region } = one
  const head = { name: householder.name, idNumber: idOf(householder), hukouAddress }
  return paper(holder, one, {
    type: 'household-register', name: '居民户口簿', number: '*****0001',
    issuer: `${PLACES[region]}公安局`, issuedOn: '2022-06-01',
    people: { [holder]: { ...facts(one), hukouAddress, ...more }, householder: head },
  })
}

/** Each spouse holds one. */
export function marriagePaper(adult: Adult, holder: 'me' | 'spouse'): SharedCertificate {
  return paper(holder, adult, {
    type: 'marriage-certificate', name: '结婚证', number: 'J653***0001',
    issuer: `${PLACES[adult.region]}民政局`, issuedOn: '2022-05-20',
    people: { [holder]: { name: adult.name, idNumber: idOf(adult) } },
  })
}

/** A home of one's own. */
export function homeTitle(adult: Adult, { number, area }: { number: string; area: string }) {
  const { region, homeAddress } = adult
  const place = PLACES[region]
  return paper('me', adult, {
    type: 'property-certificate', name: '不动产权证书', number: `新（2021）${place}***${number}号`,
    issuer: `${place}自然资源局`, issuedOn: '2021-04-16',
    people: {
      me: {
        location: homeAddress, area, unitNumber: `${region}001001GB00001F0001${number}`,
        titleNumber: `新（2021）${place}不动产权第000${number}号`,
        currentTitleNumber: `新（2021）${place}不动产权第000${number}号`,
      },
    },
  })
}
