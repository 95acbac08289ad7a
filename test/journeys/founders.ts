/** 企业开办 as the founders of the journeys have it: a company of three; two sign on their own phones. */
import { demo } from './traveller'
import type { Answers } from './walk'

export const ANSWERS: Answers = [
  [/开办哪一种/, /^有限公司/], [/什么身份/, /^法定代表人/], [/谁出资/, /^有别的人出资/],
  [/监事/, /^不设/], [/另外有人负责/, /^都由/], [/住所或者店面/, /^一时拿不出/],
  [/有没有员工/, /^还没有/], [/下面的情况/, /^都没有/],
]
export const FOUNDER = demo('13900000009')
export const FIRST = demo('13900000010')
export const SECOND = demo('13900000011')

/** What must be said; the rest comes filled in: the founder is the first shareholder too. */
export const FORM: Record<string, string> = {
  'company.companyName': '喀什演示石榴籽贸易有限公司', 'company.businessScope': '干果、服装零售',
  'company.industry': '批发和零售', 'company.registeredCapital': '50',
  'company.companyAddress': '新疆喀什市演示街道色满路17号一楼', 'company.fundBank': '建设银行',
  'shareholder.1.capitalShare': '10',
  'shareholder.2.name': FIRST.name, 'shareholder.2.idNumber': FIRST.idNumber,
  'shareholder.2.phone': FIRST.phone, 'shareholder.2.capitalShare': '25',
  'shareholder.3.name': SECOND.name, 'shareholder.3.idNumber': SECOND.idNumber,
  'shareholder.3.phone': SECOND.phone, 'shareholder.3.capitalShare': '15',
}
