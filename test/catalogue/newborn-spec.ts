/** 新生儿出生：每种情况应当办哪些事、交哪些材料。业务人员可以逐条核对、签字。 */
import { toSupply } from '../../core/materials'
import type { Topic } from '../../core/contract/topic'
import { relationOf } from '../../core/form'
import { measure } from '../../core/meter'
import { makePlan } from '../../core/plan'
import { checkForm } from '../../core/validate'

export interface Situation {
  name: string
  answers: Record<string, string>
  form?: Record<string, string>
  items: string[]
  /** what has to be handed in: photos and declarations, optional ones with ? */
  handIn: string[]
  onsite: string[]
  deadlines: string[]
  notices: string[]
  stops?: string[]
  days: number
  asked: number
  asks?: string[]
  spares?: string[]
  relations?: Record<string, string>
  /** fields and materials if every item were done by itself */
  apart?: [number, number]
}

export const MAIN = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
}
export const USUAL_FORM = {
  'mother.idType': '111', 'father.idType': '111', 'mother.nationality': 'CHN',
  'father.nationality': 'CHN', 'child.cardDelivery': 'window',
}
export const [CERTIFICATE, VACCINE, HUKOU, INSURE, CARD, PAY] = [
  'birth-medical-certificate', 'vaccination-booklet', 'birth-registration',
  'resident-insurance-registration', 'social-security-card', 'resident-insurance-payment',
] as const

const ALL = [CERTIFICATE, VACCINE, HUKOU, INSURE, CARD, PAY]
const IDS = ['mother.id-card', 'father.id-card']
const USUAL = [
  'child.first-issue-registration', ...IDS, 'mother.household-register',
  'mother.marriage-certificate', 'child.card-photo?', 'mother.guardian-declaration',
]
/** what is handed in when the birth certificate is already held */
const HELD = [
  ...USUAL.filter((key) => key !== 'child.first-issue-registration'),
  'child.birth-medical-certificate',
]
const CLOCKS = ['one-month', 'ninety-days', 'one-year']
const without = (list: readonly string[], ...gone: string[]) =>
  list.filter((one) => !gone.includes(one))

export const SITUATIONS: Situation[] = [
  {
    name: '母亲办，本地医院出生，已婚，同一民族，六件事都办',
    answers: MAIN, items: ALL, handIn: USUAL, onsite: ['cut-slip'], deadlines: CLOCKS,
    notices: [], days: 9, asked: 29,
    asks: ['child.gestationWeeks', 'mother.homeAddress', 'child.bank', 'child.insuranceRegion'],
    spares: [
      'child.idNumber', 'child.birthCertificateNumber', 'applicant.name', 'householder.name',
      'child.postalAddress', 'child.householderRelation', 'mother.otherIdNumber',
    ],
    relations: { child: 'child', mother: 'me', father: 'spouse', householder: 'householder' },
    apart: [73, 15],
  },
  {
    name: '父亲办：多一份母亲的委托书，其他不变',
    answers: { ...MAIN, who: 'father' }, items: ALL,
    handIn: [...USUAL, 'mother.authorization-letter'], onsite: ['cut-slip'], deadlines: CLOCKS,
    notices: [], days: 9, asked: 29, spares: ['applicant.name'],
    relations: { child: 'child', mother: 'spouse', father: 'me' },
  },
  {
    name: '外婆办：要委托书和办理人身份证，只多问办理人四项',
    answers: { ...MAIN, who: 'relative' }, items: ALL,
    handIn: [...USUAL, 'mother.authorization-letter', 'applicant.id-card'],
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 33,
    asks: ['applicant.name', 'applicant.idNumber', 'applicant.phone', 'applicant.kinship'],
    relations: { child: 'other', mother: 'other', father: 'other', applicant: 'me' },
    apart: [81, 18],
  },
  {
    name: '出生医学证明已领：不再办，改交证明，只问证明编号，不问孕周体重身长',
    answers: { ...MAIN, certificate: 'yes' }, items: without(ALL, CERTIFICATE),
    handIn: HELD,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 7, asked: 26,
    asks: ['child.birthCertificateNumber', 'mother.homeAddress'],
    spares: ['child.gestationWeeks', 'child.weightGrams', 'child.lengthCm', 'father.homeAddress'],
  },
  {
    name: '证明已领、外婆办：不要委托书，仍问办理人',
    answers: { ...MAIN, certificate: 'yes', who: 'relative' }, items: without(ALL, CERTIFICATE),
    handIn: [...HELD, 'applicant.id-card'],
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 7, asked: 30,
    asks: ['applicant.name', 'applicant.idNumber', 'applicant.phone', 'applicant.kinship'],
  },
  {
    name: '外地出生、证明已领：照常上户口',
    answers: { ...MAIN, place: 'away', certificate: 'yes' }, items: without(ALL, CERTIFICATE),
    handIn: HELD,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 7, asked: 26,
  },
  {
    name: '外地出生、证明没领：停下来，请先到出生医院领',
    answers: { ...MAIN, place: 'away' }, items: without(ALL, CERTIFICATE),
    handIn: HELD,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], stops: ['certificate-elsewhere'],
    days: 7, asked: 26,
  },
  {
    name: '在家中出生：亲子鉴定和声明，到指定机构当面核对',
    answers: { ...MAIN, place: 'home' }, items: ALL,
    handIn: [...USUAL, 'mother.parentage-declaration', 'child.parentage-report'],
    onsite: ['appointed-body', 'cut-slip'], deadlines: CLOCKS, notices: ['home-birth'],
    days: 9, asked: 29,
  },
  {
    name: '在家中出生、满 1 岁：没有住院记录可交，不要住院分娩记录',
    answers: { ...MAIN, place: 'home', age: 'over' }, items: ALL,
    handIn: [...USUAL, 'mother.parentage-declaration', 'child.parentage-report'],
    onsite: ['appointed-body', 'cut-slip', 'register-in-person'], deadlines: ['one-month'],
    notices: ['home-birth', 'late-registration', 'police-in-person'], days: 9, asked: 29,
  },
  {
    name: '在家中出生、证明已领：不再要亲子鉴定',
    answers: { ...MAIN, place: 'home', certificate: 'yes' }, items: without(ALL, CERTIFICATE),
    handIn: HELD,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 7, asked: 26,
  },
  {
    name: '父母未登记结婚、随母：交非婚生育说明，当面办，不要结婚证',
    answers: { ...MAIN, married: 'no' }, items: ALL,
    handIn: [...without(USUAL, 'mother.marriage-certificate'), 'child.non-marital-statement'],
    onsite: ['cut-slip', 'register-in-person'], deadlines: ['one-month', 'ninety-days'],
    notices: ['police-in-person'], days: 9, asked: 29,
    relations: { child: 'child', mother: 'me', father: 'other' },
  },
  {
    name: '父母未登记结婚、父亲办、随父：还要亲子鉴定',
    answers: { ...MAIN, married: 'no', hukou: 'father', who: 'father' }, items: ALL,
    handIn: [
      ...without(USUAL, 'mother.marriage-certificate', 'mother.household-register'),
      'child.non-marital-statement', 'child.parentage-report', 'father.household-register',
      'mother.authorization-letter',
    ],
    onsite: ['cut-slip', 'register-in-person'], deadlines: ['one-month', 'ninety-days'],
    notices: ['police-in-person'], days: 9, asked: 29,
    relations: { child: 'child', mother: 'other', father: 'me' },
  },
  {
    name: '父母不同民族：两人到派出所签民族成份确认单，其他事照常网上办',
    answers: { ...MAIN, peoples: 'different' }, items: ALL, handIn: USUAL,
    onsite: ['cut-slip', 'register-in-person', 'confirm-ethnicity'],
    deadlines: ['one-month', 'ninety-days'], notices: ['police-in-person', 'both-parents-sign'],
    days: 9, asked: 29,
  },
  {
    name: '满 1 个月、不到 1 岁：仍可网上办，提醒尽快',
    answers: { ...MAIN, age: 'year' }, items: ALL, handIn: USUAL, onsite: ['cut-slip'],
    deadlines: CLOCKS, notices: ['late-registration'], days: 9, asked: 29,
  },
  {
    name: '满 1 岁、医院出生：要住院分娩记录，上户口当面办',
    answers: { ...MAIN, age: 'over' }, items: ALL,
    handIn: [...USUAL, 'child.hospital-birth-record'], onsite: ['cut-slip', 'register-in-person'],
    deadlines: ['one-month'], notices: ['late-registration', 'police-in-person'],
    days: 9, asked: 29,
  },
  {
    name: '随父落户：交父亲的户口簿',
    answers: { ...MAIN, hukou: 'father' }, items: ALL,
    handIn: [...without(USUAL, 'mother.household-register'), 'father.household-register'],
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 29,
  },
  {
    name: '户主是爷爷：多问户主姓名、身份证号和孩子与户主的关系',
    answers: { ...MAIN, hukou: 'father', householder: 'other' }, items: ALL,
    handIn: [...without(USUAL, 'mother.household-register'), 'father.household-register'],
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 32,
    asks: ['householder.name', 'householder.idNumber', 'child.householderRelation'],
  },
  {
    name: '父母都没有喀什户口：停下来，请到户口所在地',
    answers: { ...unanswered(MAIN, 'householder'), hukou: 'elsewhere' }, items: ALL,
    handIn: without(USUAL, 'mother.household-register'), onsite: ['cut-slip'], deadlines: CLOCKS,
    notices: [], stops: ['no-local-hukou'], days: 9, asked: 29,
  },
  {
    name: '接种证已领：不再办接种证',
    answers: { ...MAIN, vaccine: 'yes' }, items: without(ALL, VACCINE), handIn: USUAL,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 29,
  },
  {
    name: '不在喀什参保：不办参保和缴费，不问参保地，没有 90 天时限',
    answers: { ...MAIN, insure: 'elsewhere' }, items: without(ALL, INSURE, PAY), handIn: USUAL,
    onsite: ['cut-slip'], deadlines: ['one-month', 'one-year'], notices: ['not-insured-here'],
    days: 8, asked: 28, spares: ['child.insuranceRegion'],
  },
  {
    name: '只剩上户口和社保卡',
    answers: { ...MAIN, certificate: 'yes', vaccine: 'yes', insure: 'elsewhere' },
    items: [HUKOU, CARD],
    handIn: HELD,
    onsite: ['cut-slip'], deadlines: ['one-month', 'one-year'], notices: ['not-insured-here'],
    days: 6, asked: 24, spares: ['mother.homeAddress', 'child.insuranceRegion'],
  },
  {
    name: '社保卡邮寄：只多问收件地址',
    answers: MAIN, form: { 'child.cardDelivery': 'post' }, items: ALL, handIn: USUAL,
    onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 30,
    asks: ['child.postalAddress'],
  },
  {
    name: '父亲持护照：问证件号码，不问身份证号、民族和户籍地址',
    answers: MAIN, form: { 'father.idType': '414', 'father.nationality': 'PAK' }, items: ALL,
    handIn: USUAL, onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 27,
    asks: ['father.otherIdNumber', 'mother.idNumber'],
    spares: ['father.idNumber', 'father.ethnicity', 'father.hukouAddress', 'mother.otherIdNumber'],
  },
  {
    name: '母亲持护照：同样只问证件号码',
    answers: MAIN, form: { 'mother.idType': '414', 'mother.nationality': 'KAZ' }, items: ALL,
    handIn: USUAL, onsite: ['cut-slip'], deadlines: CLOCKS, notices: [], days: 9, asked: 27,
    asks: ['mother.otherIdNumber', 'father.idNumber'],
    spares: ['mother.idNumber', 'mother.ethnicity', 'mother.hukouAddress', 'father.otherIdNumber'],
  },
]

function unanswered(answers: Record<string, string>, id: string): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => key !== id))
}

/** What the plan of a situation says, in the words of the table above. */
export function observed(topic: Topic, { answers, form }: Situation) {
  const facts = { answers, form: { ...USUAL_FORM, ...form } }
  const plan = makePlan(topic, facts)
  const certain = plan.form.filter((field) => field.certain).map(({ key }) => key)
  return { plan, facts, certain }
}

/** Differences between the table and the topic; empty when the topic keeps its word. */
export function differences(topic: Topic, situation: Situation): string[] {
  const { plan, facts, certain } = observed(topic, situation)
  const same = (what: string, seen: readonly string[], wanted: readonly string[]) =>
    [...seen].sort().join() === [...wanted].sort().join()
      ? [] : [`${what}: ${[...seen].sort().join()} ≠ ${[...wanted].sort().join()}`]
  return [
    ...same('items', plan.items.map(({ item, verdict }) =>
      item.id + (verdict === 'yes' ? '' : '?')), situation.items),
    ...same('handIn', toSupply(plan.materials).map(({ key, optional }) =>
      key + (optional ? '?' : '')), situation.handIn),
    ...same('onsite', plan.onsite.map(({ id }) => id), situation.onsite),
    ...same('deadlines', plan.deadlines.map(({ id }) => id), situation.deadlines),
    ...same('notices', plan.notices.map(({ id }) => id), situation.notices),
    ...same('stops', plan.stops.map(({ id }) => id), situation.stops ?? []),
    ...same('days', [`${plan.days}`], [`${situation.days}`]),
    ...same('asked', [`${certain.length}`], [`${situation.asked}`]),
    ...(situation.asks ?? []).filter((key) => !certain.includes(key)).map((key) => `asks ${key}`),
    ...(situation.spares ?? []).filter((key) => certain.includes(key))
      .map((key) => `spares ${key}`),
    ...Object.entries(situation.relations ?? {})
      .filter(([role, relation]) => relationOf(topic, role, facts) !== relation)
      .map(([role, relation]) => `${role} is not ${relation}`),
    ...(situation.apart
      ? same('apart', [measure(plan).fields.apart, measure(plan).materials.apart].map(String),
        situation.apart.map(String))
      : []),
  ]
}

/** An ID number nobody can hold (sequence 000), with its check digit. */
export function idNumber(region: string, bornOn: string): string {
  const digits = `${region}${bornOn.replace(/-/g, '')}000`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, n) => total + weight * Number(digits[n]), 0)
  return digits + '10X98765432'[sum % 11]
}

export const TODAY = '2026-03-20'

/** A main-path form that is right in every field; the day is TODAY. */
export const RIGHT_FORM: Record<string, string> = {
  'child.name': '迪丽努尔·艾山', 'child.sex': '2', 'child.bornAt': '2026-03-10 08:30',
  'child.birthPlace': '喀什市样例妇幼保健院', 'child.gestationWeeks': '39',
  'child.weightGrams': '3200', 'child.lengthCm': '50', 'child.ethnicity': '05',
  'child.insuranceRegion': '653101', 'child.bank': 'sample-abc', 'child.cardDelivery': 'window',
  'mother.name': '阿依古丽·买买提', 'mother.idType': '111', 'mother.bornOn': '1995-05-01',
  'mother.idNumber': idNumber('653101', '1995-05-01'), 'mother.nationality': 'CHN',
  'mother.ethnicity': '05', 'mother.hukouAddress': '喀什市样例路 1 号',
  'mother.homeAddress': '喀什市样例路 1 号', 'mother.phone': '13900000001',
  'father.name': '艾山·吐尔逊', 'father.idType': '111', 'father.bornOn': '1993-02-03',
  'father.idNumber': idNumber('653125', '1993-02-03'), 'father.nationality': 'CHN',
  'father.ethnicity': '05', 'father.hukouAddress': '喀什市样例路 1 号',
  'father.homeAddress': '喀什市样例路 1 号', 'father.phone': '13900000002',
}

interface Slip {
  name: string
  answers?: Record<string, string>
  form: Record<string, string>
  field: string
  text: RegExp
}

/** 填错一处，应当在哪一项提示什么。 */
export const SLIPS: Slip[] = [
  {
    name: '出生时间在今天以后', form: { 'child.bornAt': '2026-03-21 08:00' },
    field: 'child.bornAt', text: /不能晚于今天/,
  },
  {
    name: '母亲生孩子时不满 14 岁',
    form: { 'mother.bornOn': '2013-01-01', 'mother.idNumber': idNumber('653101', '2013-01-01') },
    field: 'child.bornAt', text: /母亲.*14 年/,
  },
  {
    name: '父亲和孩子只差 10 年',
    form: { 'father.bornOn': '2016-01-01', 'father.idNumber': idNumber('653101', '2016-01-01') },
    field: 'child.bornAt', text: /父亲.*14 年/,
  },
  {
    name: '母亲出生日期和身份证号不一致', form: { 'mother.bornOn': '1995-05-02' },
    field: 'mother.bornOn', text: /母亲的出生日期和身份证号不一致/,
  },
  {
    name: '父亲出生日期和身份证号不一致', form: { 'father.bornOn': '1993-02-04' },
    field: 'father.bornOn', text: /父亲的出生日期和身份证号不一致/,
  },
  {
    name: '父母填了同一个身份证号',
    form: { 'father.bornOn': '1995-05-01', 'father.idNumber': idNumber('653101', '1995-05-01') },
    field: 'father.idNumber', text: /不能相同/,
  },
  {
    name: '说不到 1 个月，其实两个月', form: { 'child.bornAt': '2026-01-10 08:00' },
    field: 'child.bornAt', text: /已满 1 个月/,
  },
  {
    name: '说不到 1 岁，其实满 1 岁', answers: { age: 'year' },
    form: { 'child.bornAt': '2025-01-10 08:00' }, field: 'child.bornAt', text: /已满 1 岁/,
  },
]

/** Problems the checks of a topic find in a form with the given slip. */
export function problemsOf(topic: Topic, { answers, form }: Pick<Slip, 'answers' | 'form'>) {
  const filled = { ...RIGHT_FORM, ...form }
  const plan = makePlan(topic, { answers: { ...MAIN, ...answers }, form: filled })
  return checkForm({ topic, plan, form: filled, today: TODAY })
}

/** Slips that pass unnoticed, and right forms that are refused. */
export function unnoticed(topic: Topic): string[] {
  const right: Pick<Slip, 'answers' | 'form'>[] = [
    { form: {} },
    { answers: { age: 'year' }, form: { 'child.bornAt': '2025-06-01 09:00' } },
    { answers: { age: 'over' }, form: { 'child.bornAt': '2024-06-01 09:00' } },
  ]
  const refused = right.flatMap((one) =>
    problemsOf(topic, one).map(({ text }) => `right form: ${text}`))
  const missed = SLIPS.filter(({ field, text, ...slip }) => {
    const found = problemsOf(topic, slip)
    return found.length !== 1 || found[0]!.field !== field || !text.test(found[0]!.text)
  })
  return [...refused, ...missed.map(({ name }) => name)]
}
