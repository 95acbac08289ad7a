/** Which events of a case are told in writing (domain §2.2), and in which document. */
import type { Item } from '../../core/contract/topic'
import type { EventName } from '../../core/history'

export interface DocumentKind {
  /** of the file */
  name: string
  /** part of its number */
  code: string
  title: (item: Item | undefined) => string
  /** it says how an application goes on, and stands no longer than that is not withdrawn */
  underWay?: true
}

const ACCEPTANCE: DocumentKind =
  { name: 'acceptance', code: 'SL', title: () => '受理通知书', underWay: true }
const DELIVERY: DocumentKind = { name: 'delivery', code: 'SD', title: () => '送达回证' }
const PERMITS = '行政许可法'

export const DOCUMENT_KINDS: Partial<Record<EventName, DocumentKind>> = {
  accept: ACCEPTANCE,
  'auto-accept': ACCEPTANCE,
  return: { name: 'correction', code: 'BZ', title: () => '一次性补正告知书', underWay: true },
  refuse: { name: 'refusal', code: 'BS', title: () => '不予受理通知书' },
  'task.pause': {
    name: 'pause', code: 'TB', title: () => '特别程序（暂停）告知书', underWay: true,
  },
  'task.extend': { name: 'extension', code: 'YQ', title: () => '延期告知书', underWay: true },
  'task.reject': {
    name: 'rejection',
    code: 'BY',
    title: (item) => (item?.basis.some(({ law }) => law.includes(PERMITS))
      ? '不予行政许可决定书' : '不予办理决定书'),
  },
  settle: { name: 'completion', code: 'BJ', title: () => '办结通知书' },
  'hand-over': DELIVERY,
  'confirm-receipt': DELIVERY,
}
