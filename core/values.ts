/**
 * Single form values. Every value is a string.
 *
 *   typed ──normalise──▶ canonical ──judge──▶ a fault, or none
 *
 * The phone normalises when a field is left, the server again on arrival; only canonical values
 * are judged, compared and stored. Emptiness is the form's business, not a fault of a value.
 */
import { isPlainDate } from './day'

export type ValueType =
  | 'text' | 'name' | 'idNumber' | 'creditCode' | 'phone' | 'date' | 'datetime' | 'number'
  | 'choice' | 'region' | 'address' | 'certificateNumber'

export interface ValueSpec {
  type: ValueType
  /** Lengths are in characters (code points), so a rare 汉字 counts once. */
  minLength?: number
  maxLength?: number
  min?: number
  max?: number
  /** Decimal places a number may have; none unless said. */
  decimals?: number
  options?: readonly { value: string }[]
  /** A name may have Latin letters, as on a foreign passport. */
  latin?: boolean
  pattern?: string
}

export type ValueFault =
  | 'FORMAT' | 'TOO_LONG' | 'TOO_SHORT' | 'TOO_SMALL' | 'TOO_LARGE' | 'CHECK_DIGIT'
  | 'NO_SUCH_DATE' | 'NOT_AN_OPTION' | 'BAD_CHARACTER'

const LENGTHS: Partial<Record<ValueType, { least: number; most: number }>> = {
  text: { least: 0, most: 500 },
  name: { least: 2, most: 50 },
  address: { least: 5, most: 200 },
}
const NUMBER_LIMIT = 1e12
const YEARS = { first: 1900, last: 2100 }
/** First two digits of an ID number; 81, 82 and 83 are residence permits. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])/
const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECKS = '10X98765432'
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_CODE = /^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

const DASHES = /[-\u2010-\u2015\u2212\uFE63\uFF0D]/g
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g
const NAME_DOTS =
  / ?[.·\u0387\u02D9\u2022\u2024\u2027\u2219\u22C5\u25CF\u3002\u30FB\u318D\uFF0E\uFF61\uFF65] ?/g

/**
 * The canonical spelling of what was typed: half-width, without the spaces and hyphens people put
 * into numbers, dates as 'YYYY-MM-DD'. Idempotent. What it cannot read it leaves for `judge`.
 */
export function normalise(type: ValueType, raw: string): string {
  switch (type) {
    case 'idNumber':
    case 'creditCode':
    case 'certificateNumber': return compact(raw).toUpperCase()
    case 'phone': return withoutCountry(compact(raw).replace(/[()]/g, ''))
    case 'date':
      return plainDate(halfWidth(raw).replace(UNSEEN, '').replace(/\s/g, ''))
    case 'datetime':
      return plainDatetime(oneLine(halfWidth(raw).replace(UNSEEN, '')))
    case 'number':
      return plainNumber(halfWidth(raw).replace(UNSEEN, '').replace(/\s/g, ''))
    case 'region': return compact(raw)
    case 'choice': return raw.trim()
    case 'name': return plainName(raw)
    case 'address': return oneLine(lettersToHalfWidth(raw))
    case 'text':
      return lettersToHalfWidth(raw).replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim()
  }
}

function halfWidth(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, narrower)
}

/** Digits and letters only: full-width punctuation belongs in Chinese prose. */
function lettersToHalfWidth(text: string): string {
  return text.replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, narrower)
}

function narrower(wide: string): string {
  return String.fromCharCode(wide.charCodeAt(0) - 0xfee0)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function compact(text: string): string {
  return halfWidth(text).replace(DASHES, '').replace(UNSEEN, '').replace(/\s/g, '')
}

function withoutCountry(digits: string): string {
  const mobile = /^(?:\+|00)?86(1[3-9]\d{9})$/.exec(digits)?.[1]
  const landline = /^(?:\+|00)860?([1-9]\d{8,10})$/.exec(digits)?.[1]
  return mobile ?? (landline === undefined ? digits : `0${landline}`)
}

function plainDate(text: string): string {
  const parts =
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})[年/.。-](\d{1,2})[月/.。-](\d{1,2})[日号]?$/.exec(text.replace(DASHES, '-'))
  return parts ? joined(parts) : text
}

function joined([, year = '', month = '', day = '']: RegExpExecArray): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function plainDatetime(text: string): string {
  const parts = /^(.*\d)(?:[日号] ?| |T)(\d{1,2}) ?[:时点] ?(\d{1,2})(?::\d\d| ?分)?$/.exec(text)
  const [, day = '', hour = '', minute = ''] = parts ?? []
  const date = plainDate(day.replace(/ /g, ''))
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return text
  return `${date} ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
}

function plainNumber(text: string): string {
  const plain = text.replace(DASHES, '-').replace(/^\+(?=\d)/, '')
  const whole = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replace(/,/g, '') : plain
  return /^-?\d+(\.\d+)?$/.test(whole) ? whole.replace(/^(-?)0+(?=\d)/, '$1') : whole
}

/**
 * One name, whole: the separator of Uyghur and other names becomes '·' U+00B7 (2016 notice of
 * twelve ministries), whatever look-alike was typed. Blanks that only align two 汉字 go.
 */
function plainName(raw: string): string {
  const line = oneLine(lettersToHalfWidth(raw).replace(UNSEEN, '')).replace(NAME_DOTS, '·')
  const letters = Array.from(line.replace(/·+/g, '·').replace(/^·|·$/g, ''))
  return letters
    .filter((one, n) => one !== ' ' || !isHan(letters[n - 1] ?? '') || !isHan(letters[n + 1] ?? ''))
    .join('')
}

/** 汉字 of the basic block, every extension, compatibility ideographs and 〇. */
function isHan(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x20000 && code <= 0x3ffff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    code === 0x3007
  )
}

/** The first fault of a normalised value, or undefined. A blank value has none. */
export function judge(spec: ValueSpec, value: string): ValueFault | undefined {
  if (value.trim() === '') return undefined
  if (hasBadCharacter(spec, value)) return 'BAD_CHARACTER'
  switch (spec.type) {
    case 'idNumber': return judgeIdNumber(value)
    case 'creditCode': return judgeCreditCode(value)
    case 'phone': return /^(1[3-9]\d{9}|0[1-9]\d{8,10})$/.test(value) ? undefined : 'FORMAT'
    case 'certificateNumber': return /^[A-Z]\d{9}$/.test(value) ? undefined : 'FORMAT'
    case 'date': return judgeDate(value)
    case 'datetime': return judgeDatetime(value)
    case 'number': return judgeNumber(spec, value)
    case 'choice': return judgeChoice(spec, value)
    case 'region':
      if (!/^\d{6}(\d{3}){0,2}$/.test(value)) return 'FORMAT'
      return spec.options ? judgeChoice(spec, value) : undefined
    case 'name':
    case 'address': return judgeLength(spec, value)
    case 'text': return judgeLength(spec, value) ?? judgePattern(spec, value)
  }
}

/** Controls, NUL and lone surrogates anywhere; in a name, whatever no name is written with. */
function hasBadCharacter({ type, latin }: ValueSpec, value: string): boolean {
  return Array.from(value).some((one) => {
    const code = one.codePointAt(0) ?? 0
    if (one === '\n' && type === 'text') return false
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true
    if (code >= 0xd800 && code <= 0xdfff) return true
    if (type !== 'name' || one === '·' || isHan(one)) return false
    return !latin || !/[A-Za-z\u00C0-\u024F'\u2019 -]/.test(one)
  })
}

function judgeLength({ type, minLength, maxLength }: ValueSpec, value: string) {
  const length = Array.from(value).length
  if (length < (minLength ?? LENGTHS[type]?.least ?? 0)) return 'TOO_SHORT'
  if (length > (maxLength ?? LENGTHS[type]?.most ?? Infinity)) return 'TOO_LONG'
  return undefined
}

function judgePattern({ pattern }: ValueSpec, value: string) {
  return pattern === undefined || new RegExp(pattern, 'u').test(value) ? undefined : 'FORMAT'
}

function judgeChoice({ options = [] }: ValueSpec, value: string) {
  return options.some((option) => option.value === value) ? undefined : 'NOT_AN_OPTION'
}

function judgeNumber({ min, max, decimals = 0 }: ValueSpec, value: string) {
  const parts = /^-?\d+(?:\.(\d+))?$/.exec(value)
  if (!parts || (parts[1] ?? '').length > decimals) return 'FORMAT'
  if (Number(value) < (min ?? -NUMBER_LIMIT)) return 'TOO_SMALL'
  if (Number(value) > (max ?? NUMBER_LIMIT)) return 'TOO_LARGE'
  return undefined
}

function judgeDate(value: string) {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return 'FORMAT'
  if (!isPlainDate(value)) return 'NO_SUCH_DATE'
  if (Number(value.slice(0, 4)) < YEARS.first) return 'TOO_SMALL'
  return Number(value.slice(0, 4)) > YEARS.last ? 'TOO_LARGE' : undefined
}

function judgeDatetime(value: string) {
  const [, date = '', hour, minute] = /^(\S{10}) (\d\d):(\d\d)$/.exec(value) ?? []
  const fault = judgeDate(date)
  if (fault !== undefined) return fault
  return Number(hour) < 24 && Number(minute) < 60 ? undefined : 'NO_SUCH_DATE'
}

/** GB 11643. Sequence 000, which no person holds, passes: it is what invented data uses. */
function judgeIdNumber(value: string) {
  if (!/^\d{17}[\dX]$/.test(value) || !PROVINCE.test(value)) return 'FORMAT'
  if (judgeDate(bornOn(value)) !== undefined) return 'NO_SUCH_DATE'
  return checkDigit11643(value.slice(0, 17)) === value.charAt(17) ? undefined : 'CHECK_DIGIT'
}

function bornOn(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
}

/** GB 32100-2015. */
function judgeCreditCode(value: string) {
  if (!CREDIT_CODE.test(value)) return 'FORMAT'
  return checkDigit32100(value.slice(0, 17)) === value.charAt(17) ? undefined : 'CHECK_DIGIT'
}

/** The 18th character of an ID number, ISO 7064 MOD 11-2. @throws {RangeError} if not 17 digits */
export function checkDigit11643(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('an ID number begins with 17 digits')
  const sum = ID_WEIGHTS.reduce((total, weight, n) => total + weight * Number(first17.charAt(n)), 0)
  return ID_CHECKS.charAt(sum % 11)
}

/**
 * The 18th character of a 统一社会信用代码: weights are 3ⁿ mod 31.
 * @throws {RangeError} if not 17 characters of its alphabet, which lacks I, O, S, V and Z
 */
export function checkDigit32100(first17: string): string {
  const values = Array.from(first17, (one) => CREDIT_ALPHABET.indexOf(one))
  if (values.length !== 17 || values.includes(-1)) {
    throw new RangeError('a credit code begins with 17 characters of its alphabet')
  }
  const sum = values.reduceRight((total, value) => (total * 3 + value) % 31, 0)
  return CREDIT_ALPHABET.charAt((31 - sum) % 31)
}

/** What a valid ID number says of its holder; undefined if it is not valid. */
export function idNumberFacts(
  id: string,
): { bornOn: string; sex: 'male' | 'female'; region: string } | undefined {
  if (judgeIdNumber(id) !== undefined) return undefined
  const sex = Number(id.charAt(16)) % 2 === 1 ? 'male' : 'female'
  return { bornOn: bornOn(id), sex, region: id.slice(0, 6) }
}

/**
 * The value with its telling part starred, for lists and messages. Types without a rule of their
 * own are starred whole; a credit code is public and stays.
 */
export function mask(type: ValueType, value: string): string {
  const letters = Array.from(value)
  switch (type) {
    case 'creditCode': return value
    case 'idNumber': return starred(letters, { head: 4, tail: 4 })
    case 'phone': return starred(letters, { head: 3, tail: 4 })
    case 'certificateNumber': return starred(letters, { head: 1, tail: 3 })
    case 'address': return letters.length > 6 ? `${letters.slice(0, 6).join('')}****` : '****'
    case 'name': return maskName(value)
    default: return value === '' ? '' : '****'
  }
}

function starred(letters: string[], { head, tail }: { head: number; tail: number }): string {
  const hidden = letters.length - head - tail
  if (hidden < 1) return '*'.repeat(letters.length)
  return letters.slice(0, head).join('') + '*'.repeat(hidden) + letters.slice(-tail).join('')
}

function maskName(name: string): string {
  const dot = name.indexOf('·')
  if (dot > 0) return `${name.slice(0, dot)}·**`
  const [first = '', ...rest] = Array.from(name)
  if (rest.length < 2) return rest.length === 1 ? `${first}*` : first && '*'
  return `${first}**${rest[rest.length - 1] ?? ''}`
}
