/**
 * 委托: who may act in whose matter, in which topics, how far and until when. Phone and server judge
 * by the same functions; nothing here knows a clock, so a mandate ends by its day and by nothing
 * having to run.
 */
import { fromDayNumber, toDayNumber } from './day'

export const MANDATE_KINDS = ['child', 'elder', 'spouse', 'company', 'agent'] as const
export type MandateKind = (typeof MANDATE_KINDS)[number]

/** Kinds the principal makes by a code; the others are proved by a shared certificate. */
export const CODE_KINDS = ['elder', 'spouse', 'agent'] as const satisfies readonly MandateKind[]
export type CodeKind = (typeof CODE_KINDS)[number]
export type ProvedKind = Exclude<MandateKind, CodeKind>

/** Each includes those before it: look on, fill in, hand in. */
export const ACTS = ['read', 'fill', 'file'] as const
export type Acts = (typeof ACTS)[number]

export const ACTS_WORDS: Record<Acts, string> = {
  read: '只看进度', fill: '帮我填写', file: '填写并提交',
}

/** What the one acting is to the one acted for. */
export const AGENT_WORDS: Record<MandateKind, string> = {
  child: '监护人', elder: '家人', spouse: '配偶', company: '法定代表人', agent: '代办人',
}

/** What the one acted for is to the one acting. */
export const PRINCIPAL_WORDS: Record<MandateKind, string> = {
  child: '孩子', elder: '老人', spouse: '配偶', company: '企业', agent: '委托人',
}

/** The version of what both sides read before they agree; kept with their consent. */
export const MANDATE_TEXT = 1

/** What the one who entrusts agrees to. */
export const PRINCIPAL_CONSENT =
  '我同意代办人按上面的范围，以我的名义查看和填写我的个人信息。代办人做的每一步都有记录，我随时可以撤销。'

/** What the one who acts agrees to. */
export const AGENT_CONSENT =
  '我只为这件委托使用对方的信息，不告诉别人，不作他用。我做的每一步对方都看得到，对方随时可以撤销。'

/** PIPL §31: said apart from everything else, and never ticked beforehand. */
export const GUARDIAN_CONSENT =
  '我是孩子的监护人，单独同意平台为办理孩子的事项处理孩子的个人信息（《个人信息保护法》第三十一条）。'

export interface Scope {
  /** null: every topic */
  topics: readonly string[] | null
  acts: Acts
}

/** Whether what somebody may do includes what is needed. */
export function actsCover(have: Acts, need: Acts): boolean {
  return ACTS.indexOf(have) >= ACTS.indexOf(need)
}

/** Whether a matter is within the mandate; one of no topic is only within a mandate for all. */
export function coversTopic(
  { topics }: Pick<Scope, 'topics'>,
  topicId: string | undefined,
): boolean {
  return topics === null || (topicId !== undefined && topics.includes(topicId))
}

export type MandateState = 'offered' | 'lapsed' | 'live' | 'ended' | 'revoked'

export interface Term {
  startsOn: string
  /** the last day it holds */
  endsOn: string
  /** both sides have agreed */
  agreed: boolean
  revoked: boolean
  /** ISO 8601; until when the code may still be taken */
  codeUntil: string | null
}

/**
 * @param now    ISO 8601
 * @param today  calendar day in Asia/Shanghai
 */
export function mandateState(
  { startsOn, endsOn, agreed, revoked, codeUntil }: Term,
  { now, today }: { now: string; today: string },
): MandateState {
  if (revoked) return 'revoked'
  if (today > endsOn) return agreed ? 'ended' : 'lapsed'
  if (agreed) return today >= startsOn ? 'live' : 'offered'
  return codeUntil !== null && Date.parse(codeUntil) > Date.parse(now) ? 'offered' : 'lapsed'
}

/** 'YYYY-MM-DD' so many years on; the 29th of February becomes the 1st of March. */
export function yearsAfter(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const same = `${year}${day.slice(4)}`
  return day.slice(4) === '-02-29' && !isLeap(Number(year)) ? `${year}-03-01` : same
}

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const before = (day: string) => fromDayNumber(toDayNumber(day) - 1)

/** Guardianship by law ends at 18 (民法典 §17, §27). @param bornOn calendar day */
export function guardedUntil(bornOn: string): string {
  return before(yearsAfter(bornOn, 18))
}

/** Whether a guardian's consent must be asked apart (PIPL §31: under 14). */
export function needsGuardianConsent(bornOn: string, today: string): boolean {
  return today < yearsAfter(bornOn, 14)
}

/** The last day a mandate beginning today may have. */
export function latestEnd(today: string): string {
  return before(yearsAfter(today, 1))
}

/** What is wrong with a term, in words; undefined: nothing. */
export function termProblem(
  endsOn: string,
  { today, latest }: { today: string; latest: string },
): string | undefined {
  if (endsOn < today) return '结束日期不能早于今天。'
  return endsOn > latest ? `最晚只能到 ${latest}。` : undefined
}

/** Digits and letters that are not taken for each other, read out or written down. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** 31^13 > 2^64 */
export const CODE_LENGTH = 13
export const CODE_LIVES_MS = 24 * 3600_000
export const MOST_WRONG_CODES = 5

/** A code of these places in the alphabet. @throws {RangeError} for a place outside it */
export function codeOf(places: readonly number[]): string {
  return places.map((place) => {
    const letter = CODE_ALPHABET[place]
    if (letter === undefined) throw new RangeError(`no letter at ${place}`)
    return letter
  }).join('')
}

/** The code somebody typed or pasted, with or without blanks; undefined: it cannot be one. */
export function readMandateCode(typed: string): string | undefined {
  const plain = typed
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .toUpperCase().replace(/[^0-9A-Z]/g, '')
  const known = Array.from(plain).every((letter) => CODE_ALPHABET.includes(letter))
  return known && plain.length === CODE_LENGTH ? plain : undefined
}

/** In groups, as it is shown: `ABCD-EFGH-JKMNP`. */
export function showMandateCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`
}
