/** 统一出件: the ways the results can reach the citizen. */
import type { Problem } from './validate'

type Values = Readonly<Record<string, string>>

/** Whether the form holds an address already: it is not asked a second time. */
export function canPost(form: Values): boolean {
  return Object.entries(form).some(
    ([key, value]) => key.endsWith('.postalAddress') && value.trim() !== '',
  )
}

/** Characters an address has at least. */
export const LEAST_ADDRESS = 5

/**
 * What stands against the chosen way.
 * @param postTo  given for the posting alone, where the form holds no address
 */
export function handoverProblems(handover: string, form: Values, postTo = ''): Problem[] {
  if (handover !== 'post' || canPost(form) || postTo.trim().length >= LEAST_ADDRESS) return []
  return [{ field: 'postTo', code: 'EMPTY', text: '要邮寄，请填写收件地址。' }]
}
