/** Three families with a new baby, and a mother without any electronic certificate. */
import type { SharedCertificate } from '@core/contract/session'
import { fromDayNumber, toDayNumber } from '@core/day'
import {
  type Adult, type DemoPerson, HAN, UYGHUR, idCard, marriagePaper, paper, person, registerPage,
} from './person'

interface Birth {
  sex: '1' | '2'
  daysAgo: number
  time: string
  birthPlace: string
  gestationWeeks: string
  weightGrams: string
  lengthCm: string
}

const HOME_OF_AYNUR = '新疆喀什市演示街道幸福路12号3单元201室'
const AYNUR: Adult = {
  name: '阿依努尔·阿布都热合曼', sex: '2', bornOn: '1996-02-14', ethnicity: UYGHUR,
  region: '653101', hukouAddress: HOME_OF_AYNUR, homeAddress: HOME_OF_AYNUR,
  phone: '13900000001',
}
const ALI: Adult = {
  ...AYNUR, name: '艾力·吐尔逊', sex: '1', bornOn: '1994-07-03', phone: '13900000002',
}
const HOME_OF_XUELIAN = '新疆喀什地区莎车县演示镇团结巷8号'
const XUELIAN: Adult = {
  name: '王雪莲', sex: '2', bornOn: '1995-10-21', ethnicity: HAN,
  region: '653125', hukouAddress: HOME_OF_XUELIAN, homeAddress: HOME_OF_XUELIAN,
  phone: '13900000003',
}
const QURBAN: Adult = {
  ...XUELIAN, name: '买买提江·库尔班', sex: '1', bornOn: '1993-01-09', ethnicity: UYGHUR,
  phone: '13900000004',
}
const HOME_OF_GULNAR = '新疆喀什地区疏附县演示乡石榴村2组15号'
const GULNAR: Adult = {
  name: '古丽娜尔·玉素甫', sex: '2', bornOn: '1998-05-30', ethnicity: UYGHUR,
  region: '653121', hukouAddress: HOME_OF_GULNAR, homeAddress: HOME_OF_GULNAR,
  phone: '13900000005',
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

const SHOWS = '新生儿出生'

/**
 * Births are dated from `today`, so that a demo baby is always about ten days old.
 * @param today  calendar day in Asia/Shanghai
 */
export function birthPeople(today: string): DemoPerson[] {
  const aynurs = { birth: GIRL_OF_AYNUR, householder: ALI, today }
  const xuelians = {
    birth: BOY_OF_XUELIAN, named: '库尔班·买买提江', householder: QURBAN, today,
  }
  return [
    person(AYNUR, { shows: SHOWS, who: '母亲，已婚，父母同为维吾尔族' },
      papers(AYNUR, { ...aynurs, spouse: ALI })),
    person(ALI, { shows: SHOWS, who: '父亲，阿依努尔的丈夫，户主' },
      papers(ALI, { ...aynurs, spouse: AYNUR })),
    person(XUELIAN, { shows: SHOWS, who: '母亲，已婚，父母不同民族，出生证明已领' },
      papers(XUELIAN, { ...xuelians, spouse: QURBAN })),
    person(QURBAN, { shows: SHOWS, who: '父亲，王雪莲的丈夫，户主' },
      papers(QURBAN, { ...xuelians, spouse: XUELIAN })),
    person(GULNAR, { shows: SHOWS, who: '母亲，未婚' },
      papers(GULNAR, { birth: BOY_OF_GULNAR, householder: GULNAR, today })),
    person(RAYHAN, { shows: SHOWS, who: '没有任何电子证照，全部拍照办理' }, []),
  ]
}

interface Situation {
  spouse?: Adult
  birth: Birth
  /** the baby's name, where a birth certificate has already been issued */
  named?: string
  householder: Adult
  today: string
}

function papers(adult: Adult, at: Situation): SharedCertificate[] {
  const { spouse } = at
  const own = personal(adult, 'me', at)
  const partners = spouse ? personal(spouse, 'spouse', at) : []
  return [...own, ...partners, ...childPapers(adult, at)]
}

/** ID card, register and, of a couple, the marriage certificate. */
function personal(
  adult: Adult,
  holder: 'me' | 'spouse',
  { spouse, householder }: Situation,
): SharedCertificate[] {
  return [
    idCard(adult, holder),
    registerPage(adult, holder, { householder }),
    ...(spouse ? [marriagePaper(adult, holder)] : []),
  ]
}

function childPapers(parent: Adult, { birth, named, today }: Situation): SharedCertificate[] {
  const { daysAgo, time, ...measured } = birth
  const bornOn = fromDayNumber(toDayNumber(today) - daysAgo)
  const child = { ...measured, bornOn, bornAt: `${bornOn} ${time}` }
  const issuer = birth.birthPlace
  const record = paper('child', { ...parent, name: '新生儿' }, {
    type: 'hospital-birth-record', name: '住院分娩记录', number: 'ZY****0001', issuer,
    issuedOn: bornOn, people: { child },
  })
  if (named === undefined) return [record]
  return [record, paper('child', { ...parent, name: named }, {
    type: 'birth-medical-certificate', name: '出生医学证明', number: 'Y******001', issuer,
    issuedOn: fromDayNumber(toDayNumber(bornOn) + 3),
    people: { child: { ...child, name: named, birthCertificateNumber: 'Y650000001' } },
  })]
}
