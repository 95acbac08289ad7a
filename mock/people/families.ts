/** Families later in life: a child to school, a wedding, a death. */
import type { SharedCertificate } from '@core/contract/session'
import {
  type Adult, type DemoPerson, type Named, HAN, UYGHUR, homeTitle, idCard, marriagePaper, paper,
  person, registerPage,
} from './person'

const HOME_OF_NURGUL = '新疆喀什市演示街道石榴路6号2单元301室'
const NURGUL: Adult = {
  name: '努尔古丽·买合木提', sex: '2', bornOn: '1992-04-11', ethnicity: UYGHUR,
  region: '653101', hukouAddress: HOME_OF_NURGUL, homeAddress: HOME_OF_NURGUL,
  phone: '13900000007',
}
const HOME_OF_LIWEI = '新疆喀什市演示街道解放路20号1单元502室'
const LIWEI: Adult = {
  name: '李伟', sex: '1', bornOn: '1988-12-05', ethnicity: HAN,
  region: '653101', hukouAddress: HOME_OF_LIWEI, homeAddress: HOME_OF_LIWEI,
  phone: '13900000008',
}

const HOME_OF_DILNUR = '新疆喀什市演示街道吾斯塘路3号'
const DILNUR: Adult = {
  name: '迪丽努尔·热合曼', sex: '2', bornOn: '1986-09-17', ethnicity: UYGHUR,
  region: '653101', hukouAddress: HOME_OF_DILNUR, homeAddress: HOME_OF_DILNUR,
  phone: '13900000013',
}
const YUSUP: Adult = {
  ...DILNUR, name: '玉苏普·热合曼', sex: '1', bornOn: '1983-03-08', phone: '13900000014',
}
const AMINA: Adult = {
  ...DILNUR, name: '阿米娜·热合曼', bornOn: '1990-11-26', phone: '13900000015',
}
const FATHER: Named = {
  name: '热合曼·尼亚孜', sex: '1', bornOn: '1951-06-15', ethnicity: UYGHUR, region: '653101',
  hukouAddress: HOME_OF_DILNUR,
}

const HOME_OF_PARHAT = '新疆喀什地区疏附县演示镇葡萄巷11号'
const PARHAT: Adult = {
  name: '帕尔哈提·艾尼', sex: '1', bornOn: '1999-02-03', ethnicity: UYGHUR,
  region: '653121', hukouAddress: HOME_OF_PARHAT, homeAddress: HOME_OF_PARHAT,
  phone: '13900000024',
}
const MUNIRA: Adult = {
  ...PARHAT, name: '木妮热·卡德尔', sex: '2', bornOn: '2000-08-22', phone: '13900000025',
}

/** @param today  calendar day in Asia/Shanghai: one child is six, the other nine */
export function familyPeople(today: string): DemoPerson[] {
  const year = Number(today.slice(0, 4))
  const six: Named = {
    ...NURGUL, name: '穆拉提·艾合买提', sex: '1', bornOn: birthday(today, { years: 6, at: year }),
  }
  const nine: Named = {
    ...LIWEI, name: '李晓雨', sex: '2', bornOn: birthday(today, { years: 9, at: year }),
  }
  return [...schoolPeople({ six, nine }), ...mourners(), ...couple()]
}

/** The 5th of the month two months back, so many years ago: that age, whatever the day. */
function birthday(today: string, { years, at }: { years: number; at: number }): string {
  const month = Number(today.slice(5, 7)) - 2
  const [year, inYear] = month > 0 ? [at - years, month] : [at - years - 1, month + 12]
  return `${year}-${String(inYear).padStart(2, '0')}-05`
}

function schoolPeople({ six, nine }: Record<'six' | 'nine', Named>): DemoPerson[] {
  const shows = '入学一件事'
  const enrolled = { presentSchool: '莎车县演示第二小学', studentCode: 'G653125201901010007' }
  const papers = (parent: Adult, child: SharedCertificate, number: string) => [
    idCard(parent), registerPage(parent, 'me', { householder: parent }), child,
    homeTitle(parent, { number, area: '96.50' }),
  ]
  return [
    person(NURGUL, { shows, who: '母亲，孩子六岁，住自己家的房子：新生报名' },
      papers(NURGUL, registerPage(six, 'child', { householder: NURGUL }), '0007')),
    person(LIWEI, { shows, who: '父亲，孩子九岁，住自己家的房子：转学，当天能办' },
      [...papers(LIWEI, registerPage(nine, 'child', { householder: LIWEI }), '0008'),
        paper('child', nine, {
          type: 'student-record', name: '学籍信息', number: 'G653***0007',
          issuer: '莎车县教育局', issuedOn: '2023-09-01', people: { child: enrolled },
        })]),
  ]
}

/** The father's page is still in the register that the daughter's is in. */
function mourners(): DemoPerson[] {
  const shows = '公民身后'
  const { hukouAddress } = FATHER
  const own = (adult: Adult) => [
    idCard(adult), registerPage(adult, 'me', { householder: FATHER }),
    registerPage(FATHER, 'father', { householder: FATHER }),
  ]
  return [
    person(DILNUR, { shows, who: `女儿，父亲${FATHER.name}刚去世，户口在城镇` }, own(DILNUR)),
    person(YUSUP, { shows, who: '她的哥哥，继承人，用自己的手机签名' },
      [idCard({ ...YUSUP, hukouAddress })]),
    person(AMINA, { shows, who: '她的妹妹，继承人，用自己的手机签名' },
      [idCard({ ...AMINA, hukouAddress })]),
  ]
}

function couple(): DemoPerson[] {
  const shows = '公民婚育'
  const papers = (adult: Adult) => [
    idCard(adult),
    registerPage(adult, 'me', { householder: adult, more: { maritalStatus: 'single' } }),
  ]
  return [
    person(PARHAT, { shows, who: '男方，还没有登记' }, papers(PARHAT)),
    person(MUNIRA, { shows, who: '女方，用自己的手机签名' }, papers(MUNIRA)),
  ]
}

const HOME_OF_ZHANG = '新疆喀什市演示街道建设路9号4单元102室'
const ZHANG: Adult = {
  name: '张建军', sex: '1', bornOn: '1985-05-19', ethnicity: HAN,
  region: '653101', hukouAddress: HOME_OF_ZHANG, homeAddress: HOME_OF_ZHANG,
  phone: '13900000020',
}
const CHENMEI: Adult = {
  ...ZHANG, name: '陈梅', sex: '2', bornOn: '1987-10-02', phone: '13900000021',
}
const HOME_OF_TURSUN = '新疆喀什市演示街道滨河路15号1单元601室'
const TURSUN: Adult = {
  name: '吐尔逊·依明', sex: '1', bornOn: '1980-01-28', ethnicity: UYGHUR,
  region: '653101', hukouAddress: HOME_OF_TURSUN, homeAddress: HOME_OF_TURSUN,
  phone: '13900000022',
}
const RISALAT: Adult = {
  ...TURSUN, name: '热萨莱提·阿木提', sex: '2', bornOn: '1982-07-07', phone: '13900000023',
}

/** A couple who buy, a couple who sell. */
export function homePeople(): DemoPerson[] {
  const shows = '二手房交易过户、住房公积金贷款'
  const papers = (adult: Adult, spouse: Adult) => [
    idCard(adult), registerPage(adult, 'me', { householder: adult }), marriagePaper(adult, 'me'),
    idCard(spouse, 'spouse'), marriagePaper(spouse, 'spouse'),
  ]
  const title = { number: '0022', area: '108.60' }
  return [
    person(ZHANG, { shows, who: '买方，已婚，缴存公积金' }, [...papers(ZHANG, CHENMEI),
      paper('me', ZHANG, {
        type: 'provident-fund-record', name: '住房公积金缴存证明', number: '6531****0020',
        issuer: '喀什地区住房公积金管理中心', issuedOn: '2026-01-05',
        people: { me: { name: ZHANG.name } },
      })]),
    person(CHENMEI, { shows, who: '买方的妻子，用自己的手机签名' }, papers(CHENMEI, ZHANG)),
    person(TURSUN, { shows, who: '卖方，已婚，有不动产权证' },
      [...papers(TURSUN, RISALAT), homeTitle(TURSUN, title)]),
    person(RISALAT, { shows, who: '卖方的妻子，共有人，用自己的手机签名' },
      [...papers(RISALAT, TURSUN), homeTitle(RISALAT, title)]),
  ]
}
