/** 公民身后 as the family of the journeys has it: a burial, and two more heirs who sign. */
import { checkDigit11643 } from '../../core/values'
import { demo, today } from './traveller'
import type { Answers } from './walk'

export const ANSWERS: Answers = [
  [/什么人/, /^子女/], [/死亡证明领到/, /^还没有/], [/哪种情况/, /^在家中/], [/安葬方式/, /^土葬/],
  [/户口注销/, /喀什城镇/], [/哪些账户/, /^养老保险/], [/由谁来领/, /^大家同意由我领 ?其他人用/],
]
/** Of another family: only the household register is left to be done. */
export const FEW_ANSWERS: Answers = [
  [/什么人/, /^子女/], [/死亡证明领到/, /^已经领到/], [/安葬方式/, /^土葬/],
  [/户口注销/, /喀什农村/], [/哪些账户/, /^以上都没有/],
]
export const SON = demo('13900000008')
export const DAUGHTER = demo('13900000013')
export const BROTHER = demo('13900000014')
export const SISTER = demo('13900000015')

export const FORM: Record<string, string> = {
  'deceased.name': '热合曼·尼亚孜',
  'deceased.idNumber': `65310119510615000${checkDigit11643('65310119510615000')}`,
  'deceased.hukouAddress': '新疆喀什市演示街道吾斯塘路3号', 'deceased.diedOn': today,
  'deceased.deathPlace': '新疆喀什市演示街道吾斯塘路3号',
  'applicant.bankName': '农业银行喀什演示支行', 'applicant.bankAccount': '6200000000000000013',
  'heir.1.name': BROTHER.name, 'heir.1.idNumber': BROTHER.idNumber,
  'heir.1.phone': BROTHER.phone, 'heir.1.kinToDeceased': '20',
  'heir.2.name': SISTER.name, 'heir.2.idNumber': SISTER.idNumber,
  'heir.2.phone': SISTER.phone, 'heir.2.kinToDeceased': '30',
}
