/**
 * The people of the demonstration, all invented: sequence 000 of an ID number is given to nobody.
 * Births are dated from `today`, so that a demo baby is always about ten days old.
 */
import type { SharedCertificate } from '@core/contract/session'
import { fromDayNumber, toDayNumber } from '@core/day'
import { checkDigit11643, mask } from '@core/values'

export interface DemoPerson {
  /** in a line of the launcher's list */
  who: string
  name: string
  idNumber: string
  phone: string
  /** what the identity service may share, by element */
  identity: Readonly<Record<string, string>>
  certificates: readonly SharedCertificate[]
}

interface Adult {
  name: string
  sex: '1' | '2'
  bornOn: string
  ethnicity: string
  region: string
  hukouAddress: string
  homeAddress: string
  phone: string
  maritalStatus: '10' | '20'
}

interface Birth {
  sex: '1' | '2'
  daysAgo: number
  time: string
  birthPlace: string
  gestationWeeks: string
  weightGrams: string
  lengthCm: string
}

const PLACES: Readonly<Record<string, string>> = {
  '653101': '喀什市', '653121': '疏附县', '653125': '莎车县', '653126': '叶城县',
}

const HOME_OF_AYNUR = '新疆喀什市演示街道幸福路12号3单元201室'
const AYNUR: Adult = {
  name: '阿依努尔·阿布都热合曼', sex: '2', bornOn: '1996-02-14', ethnicity: '05',
  region: '653101', hukouAddress: HOME_OF_AYNUR, homeAddress: HOME_OF_AYNUR,
  phone: '13900000001', maritalStatus: '20',
}
const ALI: Adult = {
  ...AYNUR, name: '艾力·吐尔逊', sex: '1', bornOn: '1994-07-03', phone: '13900000002',
}
const HOME_OF_XUELIAN = '新疆喀什地区莎车县演示镇团结巷8号'
const XUELIAN: Adult = {
  name: '王雪莲', sex: '2', bornOn: '1995-10-21', ethnicity: '01',
  region: '653125', hukouAddress: HOME_OF_XUELIAN, homeAddress: HOME_OF_XUELIAN,
  phone: '13900000003', maritalStatus: '20',
}
const QURBAN: Adult = {
  ...XUELIAN, name: '买买提江·库尔班', sex: '1', bornOn: '1993-01-09', ethnicity: '05',
  phone: '13900000004',
}
const HOME_OF_GULNAR = '新疆喀什地区疏附县演示乡石榴村2组15号'
const GULNAR: Adult = {
  name: '古丽娜尔·玉素甫', sex: '2', bornOn: '1998-05-30', ethnicity: '05',
  region: '653121', hukouAddress: HOME_OF_GULNAR, homeAddress: HOME_OF_GULNAR,
  phone: '13900000005', maritalStatus: '10',
}
const RAYHAN: Adult = {
  ...GULNAR, name: '热依汗·艾山', bornOn: '1997-08-18', phone: '13900000006',
  region: '653126', hukouAddress: '新疆喀什地区叶城县演示镇杏园路6号',
  homeAddress: '新疆喀什地区叶城县演示镇杏园路6号',
}

const GIRL_OF_AYNUR: Birth = {
  sex: '2', daysAgo: 10, time: '09:42', birthPlace: '喀什市演示妇幼保健院',
  gestationWeeks: '39', weightGrams: '3280', lengthCm: '50',
}
const BOY_OF_XUELIAN: Birth = {
  sex: '1', daysAgo: 12, time: '21:05', birthPlace: '莎车县演示人民医院',
  gestationWeeks: '40', weightGrams: '3510', lengthCm: '51',
}
const BOY_OF_GULNAR: Birth = {
  sex: '1', daysAgo: 9, time: '04:18', birthPlace: '疏附县演示人民医院',
  gestationWeeks: '38', weightGrams: '3050', lengthCm: '49',
}

/** @param today  calendar day in Asia/Shanghai */
export function demoPeople(today: string): DemoPerson[] {
  const papers = (adult: Adult, at: Situation) => papersOf(adult, { ...at, today })
  return [
    person(AYNUR, '母亲，已婚，父母同为维吾尔族',
      papers(AYNUR, { spouse: ALI, birth: GIRL_OF_AYNUR, householder: ALI })),
    person(ALI, '父亲，阿依努尔的丈夫，户主',
      papers(ALI, { spouse: AYNUR, birth: GIRL_OF_AYNUR, householder: ALI })),
    person(XUELIAN, '母亲，已婚，父母不同民族，出生证明已领',
      papers(XUELIAN, { spouse: QURBAN, birth: BOY_OF_XUELIAN, named: '库尔班·买买提江',
        householder: QURBAN })),
    person(QURBAN, '父亲，王雪莲的丈夫，户主',
      papers(QURBAN, { spouse: XUELIAN, birth: BOY_OF_XUELIAN, named: '库尔班·买买提江',
        householder: QURBAN })),
    person(GULNAR, '母亲，未婚', papers(GULNAR, { birth: BOY_OF_GULNAR, householder: GULNAR })),
    person(RAYHAN, '没有任何电子证照，全部拍照办理', []),
  ]
}

function person(adult: Adult, who: string, certificates: SharedCertificate[]): DemoPerson {
  const { name, phone } = adult
  return { who, name, phone, idNumber: idOf(adult), identity: facts(adult), certificates }
}

/** GB 11643 with sequence 000. */
function idOf({ region, bornOn }: Adult): string {
  const first17 = `${region}${bornOn.replaceAll('-', '')}000`
  return first17 + checkDigit11643(first17)
}

function facts(adult: Adult): Record<string, string> {
  const { name, sex, bornOn, ethnicity, phone } = adult
  return {
    name, sex, bornOn, ethnicity, phone, idType: '111', idNumber: idOf(adult), nationality: 'CHN',
  }
}

interface Situation {
  spouse?: Adult
  birth: Birth
  /** the baby's name, where a birth certificate has already been issued */
  named?: string
  householder: Adult
}

function papersOf(adult: Adult, at: Situation & { today: string }): SharedCertificate[] {
  const { spouse, birth, named, today } = at
  const own = personal(adult, 'me', at)
  const partners = spouse ? personal(spouse, 'spouse', at) : []
  const child = childPapers(adult, { birth, named, today })
  return [...own, ...partners, ...child]
}

/** ID card, register and, of a couple, the marriage certificate: each spouse holds one. */
function personal(
  adult: Adult,
  holder: 'me' | 'spouse',
  { spouse, householder }: Situation,
): SharedCertificate[] {
  const { hukouAddress, homeAddress, maritalStatus, region } = adult
  const base = { holder, holderName: adult.name, validUntil: null }
  const head = { name: householder.name, idNumber: idOf(householder) }
  const relation = householder.name === adult.name ? '02' : '10'
  return [
    {
      ...base, id: idFor('resident-id', adult), type: 'resident-id', name: '居民身份证',
      number: mask('idNumber', idOf(adult)), issuer: `${PLACES[region]}公安局（演示）`,
      issuedOn: '2018-03-01', validUntil: '2038-03-01',
      people: { [holder]: { ...facts(adult), hukouAddress, homeAddress } },
    },
    {
      ...base, id: idFor('household-register', adult), type: 'household-register',
      name: '居民户口簿', number: '*****0001', issuer: `${PLACES[region]}公安局（演示）`,
      issuedOn: '2022-06-01',
      people: {
        [holder]: { ...facts(adult), hukouAddress, maritalStatus, householderRelation: relation },
        householder: { ...head, hukouAddress },
      },
    },
    ...(spouse ? [{
      ...base, id: idFor('marriage-certificate', adult), type: 'marriage-certificate',
      name: '结婚证', number: 'J653***0001', issuer: `${PLACES[region]}民政局（演示）`,
      issuedOn: '2022-05-20',
      people: { [holder]: { name: adult.name, idNumber: idOf(adult), maritalStatus } },
    }] : []),
  ]
}

function childPapers(
  parent: Adult,
  { birth, named, today }: { birth: Birth; named?: string; today: string },
): SharedCertificate[] {
  const { daysAgo, time, ...measured } = birth
  const bornOn = fromDayNumber(toDayNumber(today) - daysAgo)
  const child = { ...measured, bornOn, bornAt: `${bornOn} ${time}` }
  const base = { holder: 'child' as const, issuer: `${birth.birthPlace}（演示）`, validUntil: null }
  const record: SharedCertificate = {
    ...base, id: idFor('hospital-birth-record', parent), type: 'hospital-birth-record',
    name: '住院分娩记录', number: 'ZY****0001', holderName: '新生儿', issuedOn: bornOn,
    people: { child },
  }
  if (named === undefined) return [record]
  const issuedOn = fromDayNumber(toDayNumber(bornOn) + 3)
  return [record, {
    ...base, id: idFor('birth-medical-certificate', parent), type: 'birth-medical-certificate',
    name: '出生医学证明', number: 'Y******001', holderName: named, issuedOn,
    people: { child: { ...child, name: named, birthCertificateNumber: 'Y650000001' } },
  }]
}

/** Stable over restarts, so that a draft may name it. */
function idFor(type: string, { region, bornOn }: Adult): string {
  return `demo-${type}-${region}-${bornOn.replaceAll('-', '')}`
}
