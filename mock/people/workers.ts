/** Work, study, service and what comes after them: one person each. */
import { fromDayNumber, toDayNumber } from '@core/day'
import {
  type Adult, type DemoPerson, type Named, HAN, PLACES, UYGHUR, idCard, idOf, paper, person,
  registerPage,
} from './person'

const ZHAO: Adult = {
  name: '赵德明', sex: '1', bornOn: '1966-08-02', ethnicity: HAN,
  region: '653101', hukouAddress: '新疆喀什市演示街道西域大道2号',
  homeAddress: '新疆喀什市演示街道西域大道2号', phone: '13900000016',
}
const ZULPIYA: Adult = {
  name: '祖丽皮亚·阿不都拉', sex: '2', bornOn: '2003-06-09', ethnicity: UYGHUR,
  region: '653126', hukouAddress: '新疆喀什地区叶城县演示镇核桃路4号',
  homeAddress: '新疆喀什市演示街道大学路1号', phone: '13900000017',
}
const TAHIR: Adult = {
  name: '塔依尔·司马义', sex: '1', bornOn: '1975-11-13', ethnicity: UYGHUR,
  region: '653125', hukouAddress: '新疆喀什地区莎车县演示乡杨树村1组3号',
  homeAddress: '新疆喀什地区莎车县演示乡杨树村1组3号', phone: '13900000018',
}
const SHAWKAT: Adult = {
  name: '肖开提·马木提', sex: '1', bornOn: '2003-01-17', ethnicity: UYGHUR,
  region: '653121', hukouAddress: '新疆喀什地区疏附县演示镇胡杨路8号',
  homeAddress: '新疆喀什地区疏附县演示镇胡杨路8号', phone: '13900000019',
}
const FATHER_OF_SHAWKAT: Named = { ...SHAWKAT, name: '马木提·吾守尔', bornOn: '1972-02-25' }
const RUZI: Adult = {
  name: '如则·麦麦提', sex: '1', bornOn: '1990-07-30', ethnicity: UYGHUR,
  region: '653101', hukouAddress: '新疆喀什市演示街道巴扎路22号',
  homeAddress: '新疆喀什市演示街道巴扎路22号', phone: '13900000026',
}

/** @param today  calendar day in Asia/Shanghai: the veteran left the forces two weeks ago */
export function workerPeople(today: string): DemoPerson[] {
  const leftOn = fromDayNumber(toDayNumber(today) - 14)
  return [
    person(ZHAO, { shows: '公民退休', who: '男职工，快到退休的时候' }, [...own(ZHAO), pensionRecord(ZHAO)]),
    person(ZULPIYA, { shows: '高校毕业生落户', who: '刚毕业的大学生，要落到喀什市' },
      [...own(ZULPIYA), diploma(ZULPIYA)]),
    person(TAHIR, { shows: '扶残助残', who: '肢体残疾，领低保' },
      [...own(TAHIR), disabilityCard(TAHIR), allowance(TAHIR)]),
    person(SHAWKAT, { shows: '军人退役', who: '刚退役，回父母家落户' }, [
      idCard(SHAWKAT), discharge(SHAWKAT, leftOn),
      registerPage(FATHER_OF_SHAWKAT, 'householder', { householder: FATHER_OF_SHAWKAT }),
    ]),
    person(RUZI, { shows: '灵活就业', who: '摆摊，没有单位，自己缴社保' }, own(RUZI)),
  ]
}

const own = (adult: Adult) => [idCard(adult), registerPage(adult, 'me', { householder: adult })]

function pensionRecord(one: Adult) {
  return paper('me', one, {
    type: 'social-security-record', name: '社会保险参保缴费证明', number: '6531****0016',
    issuer: '喀什地区人力资源和社会保障局', issuedOn: '2026-01-05',
    people: { me: { name: one.name } },
  })
}

function diploma(one: Adult) {
  const collegeName = '新疆演示大学'
  return paper('me', one, {
    type: 'education-certificate', name: '毕业证书', number: '1075******0017',
    issuer: collegeName, issuedOn: '2026-06-30',
    people: {
      me: {
        collegeName, degreeLevel: 'bachelor', diplomaNumber: '107551202605000017',
        graduatedOn: '2026-06-30',
      },
    },
  })
}

/** The card's number is the ID number with kind 4 (limbs) and degree 2. */
function disabilityCard(one: Adult) {
  return paper('me', one, {
    type: 'disability-certificate', name: '残疾人证', number: '6531************42',
    issuer: `${PLACES[one.region]}残疾人联合会`, issuedOn: '2022-08-10', validUntil: '2032-08-09',
    people: { me: { disabilityKind: '4', disabilityCardNumber: `${idOf(one)}42` } },
  })
}

function allowance(one: Adult) {
  return paper('me', one, {
    type: 'subsistence-allowance', name: '最低生活保障证明', number: '6531****0018',
    issuer: `${PLACES[one.region]}民政局`, issuedOn: '2026-01-10',
    people: { me: { name: one.name } },
  })
}

function discharge(one: Adult, leftOn: string) {
  return paper('me', one, {
    type: 'discharge-certificate', name: '退出现役证件', number: '退字****0019',
    issuer: '疏附县退役军人事务局', issuedOn: leftOn, people: { me: { leftOn } },
  })
}
