/** What an item says of its law: the basis, its limits, whether they may be extended. */
import type { Item } from './contract/topic'
import { faultsOf } from './lint'

const blank = (text: string) => text.trim() === ''

export function lawFaults({ basis, extension, promised, statutory }: Item): string[] {
  const alike = statutory?.unit === promised.unit
  return faultsOf([
    [basis.length === 0, 'no basis'],
    [basis.some(({ law, article }) => blank(law) || blank(article)), 'an empty basis'],
    [alike && statutory.days < promised.days, 'promises more time than the law gives'],
    [
      extension !== undefined && (!alike || promised.unit !== 'working-day'),
      'extendable, but not by working days of a law',
    ],
    [
      extension !== undefined && (blank(extension.law) || blank(extension.article)),
      'extendable, but by no law',
    ],
  ])
}
