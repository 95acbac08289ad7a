/** Checks between fields: what they refer to, and whether a form breaks them. */
import { addMonths } from './clock'
import type { Check } from './contract/topic'
import { rowsOfKey } from './rows'
import { idNumberFacts } from './values'

type Must = Check['must']
type Values = Readonly<Record<string, string>>

/** The names a check refers to: field keys, `today`, or for an age a day of the year. */
export function referencesOf(must: Must): string[] {
  if ('notAfter' in must) return [must.notAfter]
  if ('notBefore' in must) return [must.notBefore]
  if ('differFrom' in must) return [must.differFrom]
  if ('matchIdNumber' in must) return [must.matchIdNumber]
  if ('within' in must) return [must.within.after]
  if ('yearsAfter' in must) return [must.yearsAfter.of]
  if ('aged' in must) return [must.aged.on]
  if ('atMost' in must) return [must.atMost]
  if ('sumOf' in must) return [must.sumOf]
  return []
}

/** The field keys among them. */
export function fieldsOf(must: Must): string[] {
  return referencesOf(must).filter((name) => name.includes('.'))
}

/** The same check with its field keys renamed; `today` and days of the year stay. */
export function renamed(must: Must, key: (key: string) => string): Must {
  const named = (name: string) => (name.includes('.') ? key(name) : name)
  if ('notAfter' in must) return { notAfter: named(must.notAfter) }
  if ('notBefore' in must) return { notBefore: named(must.notBefore) }
  if ('differFrom' in must) return { differFrom: named(must.differFrom) }
  if ('matchIdNumber' in must) return { matchIdNumber: named(must.matchIdNumber) }
  if ('within' in must) return { within: { ...must.within, after: named(must.within.after) } }
  if ('yearsAfter' in must) {
    return { yearsAfter: { ...must.yearsAfter, of: named(must.yearsAfter.of) } }
  }
  if ('aged' in must) return { aged: { ...must.aged, on: named(must.aged.on) } }
  if ('atMost' in must) return { atMost: named(must.atMost) }
  if ('sumOf' in must) return { sumOf: named(must.sumOf) }
  return must
}

/** True if the form contradicts the check. @param today  calendar day in Asia/Shanghai */
export function breaks({ field, must }: Check, form: Values, today: string): boolean {
  const value = form[field] ?? ''
  if ('unique' in must) {
    return rowsOfKey(field, form).some((key) => key !== field && form[key] === value)
  }
  if ('sumOf' in must) {
    const parts = rowsOfKey(must.sumOf, form).map((key) => cents(form[key]))
    return parts.reduce((sum, part) => sum + part, 0) !== cents(value)
  }
  const [name = ''] = referencesOf(must)
  const other = (name === 'today' ? today : form[name]) ?? ''
  if ('differFrom' in must) return value === other
  if ('matchIdNumber' in must) return contradictsId(value, other)
  if ('atMost' in must) return Number(value) > Number(other)
  if ('aged' in must) {
    const on = /^\d\d-\d\d$/.test(name) ? nextSuchDay(name, today) : other.slice(0, 10)
    return isAgedWrong(idNumberFacts(value)?.bornOn ?? value.slice(0, 10), on, must.aged)
  }
  const day = value.slice(0, 10)
  const reference = other.slice(0, 10)
  if ('notAfter' in must) return day > reference
  if ('notBefore' in must) return day < reference
  if ('within' in must) return day < addMonths(reference, -must.within.months)
  return day < addMonths(reference, must.yearsAfter.min * 12)
}

/** The next `MM-DD` from today on: who registers in November means next year's 31 August. */
export function nextSuchDay(monthDay: string, today: string): string {
  const year = Number(today.slice(0, 4))
  return `${today.slice(5) <= monthDay ? year : year + 1}-${monthDay}`
}

/** Exact to the cent: sums of money in binary fractions are not. */
function cents(value: string | undefined): number {
  return Math.round(Number(value ?? '') * 100)
}

type Aged = Extract<Must, { aged: unknown }>['aged']

function isAgedWrong(bornOn: string, on: string, aged: Aged): boolean {
  const { least, below } = aged
  if (least !== undefined && addMonths(bornOn, stagedAge(bornOn, aged)) > on) return true
  return below !== undefined && addMonths(bornOn, below) <= on
}

/**
 * The least age in months for someone born on a day.
 * Source: 全国人大常委会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13), tables 1 to 3.
 */
export function stagedAge(bornOn: string, { least = 0, staged }: Aged): number {
  if (!staged) return least
  const late = monthNumber(addMonths(bornOn, least)) - monthNumber(staged.from)
  if (late < 0) return least
  return Math.min(staged.most, least + Math.floor(late / staged.every) + 1)
}

function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
}

/** GB/T 2261.1; other codes say nothing that an ID number could contradict. */
const SEX_CODES: Readonly<Record<string, 'male' | 'female'>> = { 1: 'male', 2: 'female' }

/** A birth date or a sex that differs from what the ID number itself says. */
function contradictsId(value: string, idNumber: string): boolean {
  const facts = idNumberFacts(idNumber)
  if (!facts) return false
  if (/^\d{4}-/.test(value)) return value.slice(0, 10) !== facts.bornOn
  const sex = SEX_CODES[value]
  return sex !== undefined && sex !== facts.sex
}
