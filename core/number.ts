/**
 * Case numbers. One check character catches every single wrong character and every swap of two
 * neighbours, so a number read out on the phone is right or refused.
 *
 *   YJS 653125 06 20261123 00042 K
 *       region topic day   sequence check
 */
/** 31 characters, a prime, without those that look like others (as GB 32100 has them). */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const NUMBER = /^YJS\d{6}\d{2}\d{8}\d{5}[0-9A-Z]$/
export const MOST_A_DAY = 100_000

export interface NumberParts {
  regionCode: string
  topicNumber: number
  /** calendar day in Asia/Shanghai, 'YYYY-MM-DD' */
  day: string
  /** counts on; its last five digits are used */
  sequence: number
}

/** @throws {RangeError} if a part does not fit its place */
export function caseNumber({ regionCode, topicNumber, day, sequence }: NumberParts): string {
  const stem = [
    'YJS', regionCode, String(topicNumber).padStart(2, '0'), day.replace(/-/g, ''),
    String(sequence % MOST_A_DAY).padStart(5, '0'),
  ].join('')
  const number = stem + checkCharacter(stem)
  if (!NUMBER.test(number)) throw new RangeError(`not a case number: ${number}`)
  return number
}

/** Whether the text is a case number whose check character fits. */
export function isCaseNumber(text: string): boolean {
  return NUMBER.test(text) && checkCharacter(text.slice(0, -1)) === text.slice(-1)
}

/** Digits weigh powers of 3 modulo 31; the check character makes the sum a multiple of 31. */
function checkCharacter(stem: string): string {
  const rest = Array.from(stem.slice('YJS'.length))
    .reduce((sum, digit) => (sum * 3 + Number(digit)) % 31, 0)
  return ALPHABET.charAt((31 - ((rest * 3) % 31)) % 31)
}
