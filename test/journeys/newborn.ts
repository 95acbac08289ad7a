/** 新生儿出生 as the parents of the journeys have it. */
import { checkDigit11643 } from '../../core/values'
import type { Answers, Person } from './walk'

export const id = (first17: string) => first17 + checkDigit11643(first17)
const daysAgo = (days: number) =>
  new Date(Date.now() + 8 * 3600_000 - days * 86_400_000).toISOString().slice(0, 10)

export const REYHAN: Person = {
  name: '热依汗·艾山', idNumber: id('65312619970818000'), phone: '13900000006',
}
export const MAIN: Answers = [
  [/什么人/, /^母亲/], [/在哪里出生/, /喀什的医院/], [/出生医学证明领到/, /还没有/], [/户口想随谁/, /随母亲/],
  [/户主是谁/, /父亲或母亲/], [/现在多大/, /不到 1 个月/], [/登记结婚/, /^登记了/], [/同一个民族/, /^是/],
  [/接种证领到/, /还没有/], [/居民医保/, /^要/],
]

export const FORM: Record<string, string> = {
  'child.name': '艾克拜尔·吐尔洪', 'child.sex': '男', 'child.bornAt': `${daysAgo(9)} 08:20`,
  'child.birthPlace': '叶城县人民医院', 'child.gestationWeeks': '39', 'child.weightGrams': '3350',
  'child.lengthCm': '50', 'child.ethnicity': '05', 'child.insuranceRegion': '653126',
  'child.bank': '农业银行', 'child.cardDelivery': '窗口',
  'mother.name': REYHAN.name, 'mother.idType': '居民身份证', 'mother.idNumber': REYHAN.idNumber,
  'mother.bornOn': '1997-08-18', 'mother.nationality': 'CHN', 'mother.ethnicity': '05',
  'mother.hukouAddress': '新疆叶城县虚构路 8 号', 'mother.homeAddress': '新疆叶城县虚构路 8 号',
  'mother.phone': '13900000006',
  'father.name': '吐尔洪·买买提', 'father.idType': '居民身份证',
  'father.idNumber': id('65312619950505000'), 'father.bornOn': '1995-05-05',
  'father.nationality': 'CHN', 'father.ethnicity': '05',
  'father.hukouAddress': '新疆叶城县虚构路 8 号', 'father.homeAddress': '新疆叶城县虚构路 8 号',
  'father.phone': '13900000009',
}
