/** What a line of the contact table may say: names of the catalogue, numbers that can be called. */
import type { ContactInput } from '../../core/contract/contact'
import type { Problem } from '../../core/validate'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Line } from './store'

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}-?\d{7,8}$/

export const isMobile = (phone: string) => MOBILE.test(phone)

/** Spaces, and the dashes of a mobile number, are only how it was written. */
export function tidyPhone(phone: string): string {
  const tight = phone.replace(/[\s'’]/g, '').replace(/[－–—]/g, '-')
  const bare = tight.replaceAll('-', '')
  return MOBILE.test(bare) ? bare : tight
}

export function toLine({ note = '', ...line }: ContactInput): Line {
  return {
    ...line, name: line.name.trim(), phone: tidyPhone(line.phone), note: note.trim(),
  }
}

type Catalogue = Pick<LoadedCatalogue, 'topics' | 'departments' | 'regions'>

/** What is wrong with a line of a department's list. @param where  prefix of the field names */
export function lineProblems(
  { topics }: Catalogue,
  { departmentId, line, where }: { departmentId: string; line: Line; where: string },
): Problem[] {
  const problem = (field: string, code: Problem['code'], text: string): Problem =>
    ({ field: `${where}.${field}`, code, text })
  const { topicId, itemId, role, stage, name, phone } = line
  const offered = topics.filter(({ id }) => topicId === null || id === topicId)
  const own = offered.flatMap(({ items }) => items)
    .some(({ id, department }) => id === itemId && department === departmentId)
  return [
    ...(name === '' ? [problem('name', 'EMPTY', '没有写姓名。')] : []),
    ...(MOBILE.test(phone) || LANDLINE.test(phone)
      ? [] : [problem('phone', 'FORMAT', '联系电话应是 11 位手机号，或带区号的座机号。')]),
    ...(offered.length === 0 ? [problem('topicId', 'NOT_AN_OPTION', '没有这个“一件事”。')] : []),
    ...(itemId !== null && offered.length > 0 && !own
      ? [problem('itemId', 'NOT_AN_OPTION', '这个“一件事”里没有本单位的这个事项。')] : []),
    ...(stage !== null && role !== 'handler'
      ? [problem('stage', 'RULE', '只有业务经办人员可以分环节。')] : []),
  ]
}
