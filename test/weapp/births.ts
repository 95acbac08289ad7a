/** Parents of the demonstration and what they answer and fill in. */
import { checkDigit11643 } from '../../core/values'
import type { Answers } from './walk'

const id = (first17: string) => first17 + checkDigit11643(first17)
const daysAgo = (days: number) =>
  new Date(Date.now() + 8 * 3600_000 - days * 86_400_000).toISOString().slice(0, 10)

export interface Person {
  name: string
  idNumber: string
  phone: string
}

/** A mother without e-certificates: everything is typed and photographed. */
export const REYHAN: Person = {
  name: '热依汗·艾山', idNumber: id('65312619970818000'), phone: '13900000006',
}

/** A mother whose e-certificates bring most of the form. */
export const AYNUR: Person = {
  name: '阿依努尔·阿布都热合曼', idNumber: id('65310119960214000'), phone: '13900000001',
}

export const ANSWERS: Answers = [
  [/什么人/, /^母亲/], [/在哪里出生/, /喀什的医院/], [/出生医学证明领到/, /还没有/],
  [/户口想随谁/, /随母亲/], [/户主是谁/, /父亲或母亲/], [/现在多大/, /不到 1 个月/],
  [/登记结婚/, /^登记了/], [/同一个民族/, /^是/], [/接种证领到/, /还没有/], [/居民医保/, /^要/],
]

const HOME = '新疆叶城县虚构路 8 号'
const parent = (role: string, own: Record<string, string>) => Object.fromEntries(Object.entries({
  idType: '居民身份证', nationality: '中国', ethnicity: '维吾尔族', hukouAddress: HOME,
  homeAddress: HOME, ...own,
}).map(([element, value]) => [`${role}.${element}`, value]))

export const FORM: Record<string, string> = {
  'child.name': '艾克拜尔·吐尔洪', 'child.sex': '男', 'child.bornAt': `${daysAgo(9)} 08:20`,
  'child.birthPlace': '叶城县人民医院', 'child.gestationWeeks': '39', 'child.weightGrams': '3350',
  'child.lengthCm': '50', 'child.ethnicity': '维吾尔族', 'child.insuranceRegion': '叶城县',
  'child.bank': '农业银行', 'child.cardDelivery': '窗口',
  ...parent('mother', {
    name: REYHAN.name, idNumber: REYHAN.idNumber, bornOn: '1997-08-18', phone: REYHAN.phone,
  }),
  ...parent('father', {
    name: '吐尔洪·买买提', idNumber: id('65312619950505000'), bornOn: '1995-05-05',
    phone: '13900000009',
  }),
}

/** What AYNUR's certificates cannot know. */
export const AYNURS_FORM: Record<string, string> = {
  ...FORM,
  'child.name': '古扎丽努尔·艾力', 'child.birthPlace': '喀什地区第一人民医院',
  'child.insuranceRegion': '喀什市',
}
