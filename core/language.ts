/**
 * The language layer: under a Chinese sentence, its help in another language. As in gettext the
 * Chinese sentence is itself the key, so that it stays whole and first; see docs/decisions/0008.
 *
 *   共 5 份。 ──keyOf──▶ 共 {} 份 ──messages──▶ جەمئىي {} پارچە ──put back──▶ جەمئىي ⁨5⁩ پارچە
 */
export interface HelpLanguage {
  /** BCP 47 */
  language: string
  /** in itself, e.g. ئۇيغۇرچە */
  name: string
  direction: 'rtl' | 'ltr'
  /** all letters of its orthography, and its own punctuation */
  letters: string
  /** draft: no translator has confirmed it, so it is off unless somebody turns it on */
  status: 'draft' | 'confirmed'
  /** calendar day in Asia/Shanghai */
  checkedOn: string
  /** ids of the topics whose every word is there */
  complete: readonly string[]
  /** Chinese key → help; `{}` stands for what `keyOf` took out, `{2}` for the second of several */
  messages: Readonly<Record<string, string>>
}

/** Numbers, and what Chinese quotes: names of buttons, laws and papers stay as they are. */
const KEPT = /\d+(?:[.,:]\d+)*|“[^”]*”|《[^》]*》/g
const PLACE = /\{(\d?)\}/g
const SENTENCE = /[^。！？；\n]+[。！？；]?/g
const ISOLATE = ['\u2068', '\u2069'] as const

export interface Keyed {
  key: string
  /** what stood in the places of the key, in order */
  kept: readonly string[]
}

/** The look-up key of a sentence: without its full stop, and with places for what is kept. */
export function keyOf(text: string): Keyed {
  const kept: string[] = []
  const key = text.trim().replace(/[。；]$/, '').replace(KEPT, (found) => {
    kept.push(found)
    return '{}'
  })
  return { key, kept }
}

/** The places of a message by number, in the order in which they stand. */
export function placesOf(message: string): number[] {
  let nth = 0
  return [...message.matchAll(PLACE)].map(([, number]) => (number ? Number(number) : (nth += 1)))
}

/** What is kept goes in isolated (U+2068…U+2069), so that it does not turn the line around. */
function putBack(message: string, kept: readonly string[]): string {
  let nth = 0
  return message.replace(PLACE, (_place, number: string) => {
    const place = number ? Number(number) : (nth += 1)
    return `${ISOLATE[0]}${kept[place - 1] ?? ''}${ISOLATE[1]}`
  })
}

/**
 * The help for a Chinese text: of the whole, else of every sentence of it.
 * @returns undefined where a part is not translated: half a sentence helps nobody
 */
export function helpFor({ messages }: HelpLanguage, text: string): string | undefined {
  const whole = lookUp(messages, text)
  if (whole !== undefined) return whole
  const sentences = text.match(SENTENCE) ?? []
  if (sentences.length < 2) return undefined
  const helped = sentences.map((sentence) => lookUp(messages, sentence))
  return helped.every((one) => one !== undefined) ? helped.join(' ') : undefined
}

function lookUp(messages: HelpLanguage['messages'], text: string): string | undefined {
  const { key, kept } = keyOf(text)
  const message: unknown = messages[key]
  return typeof message === 'string' ? putBack(message, kept) : undefined
}
