/** 持证主体: whose document a result is, as its certificate keeps it. */
import type { Item, Topic } from '../../core/contract/topic'
import { type KeyRing, openJson, sealJson } from '../crypto'

export interface Holder {
  name: string
  /** 身份证号 or 统一社会信用代码; empty where the form asks for neither */
  idKind: '居民身份证' | '统一社会信用代码' | ''
  idNumber: string
}

/** What people, companies and what is on a list go by. */
const NAMES = ['name', 'companyName'] as const
const NUMBERS = [['idNumber', '居民身份证'], ['creditCode', '统一社会信用代码']] as const

/** The role the document says something new of, else the first one with a name. */
export function holderOf(
  topic: Topic,
  itemId: string,
  form: Readonly<Record<string, string>>,
): Holder {
  const item: Item | undefined = topic.items.find(({ id }) => id === itemId)
  const keys = [
    ...(item?.result.gives ?? []), item?.result.material ?? '',
    ...(item?.fields ?? []).map(({ key }) => key),
  ]
  const roles = keys.map((key) => key.split('.')[0] ?? '')
  const names = roles.flatMap((role) =>
    NAMES.map((element) => ({ role, key: `${role}.${element}` })))
  const found = names.find(({ key }) => form[key])
  if (!found) return { name: '', idKind: '', idNumber: '' }
  const [element, idKind] = NUMBERS.find(([one]) => form[`${found.role}.${one}`])
    ?? ['', ''] as const
  return {
    name: form[found.key] ?? '', idKind, idNumber: form[`${found.role}.${element}`] ?? '',
  }
}

const placeOf = (resultId: string) =>
  ({ table: 'certificates', column: 'holder_sealed', rowId: resultId })

export const sealHolder = (keys: KeyRing, resultId: string, holder: Holder): Buffer =>
  sealJson(keys, placeOf(resultId), holder)

/** @throws SealBroken */
export function openHolder(keys: KeyRing, resultId: string, sealed: Uint8Array): Holder {
  return openJson(keys, placeOf(resultId), sealed) as Holder // only sealHolder writes there
}
