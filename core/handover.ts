/** 统一出件: the ways the results can reach the citizen. */
import type { Problem } from './validate'

type Values = Readonly<Record<string, string>>

/** By post only to an address somebody gave: we ask no datum that no item needs. */
export function canPost(form: Values): boolean {
  return Object.entries(form).some(
    ([key, value]) => key.endsWith('.postalAddress') && value.trim() !== '',
  )
}

/** What stands against the chosen way. */
export function handoverProblems(handover: string, form: Values): Problem[] {
  if (handover !== 'post' || canPost(form)) return []
  return [{
    field: 'handover',
    code: 'RULE',
    text: '没有填写收件地址，不能邮寄，请选择其他领取方式。',
  }]
}
