/** A birth in its usual situation, filled in right: what tests of the core start from. */

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
