/** How words sound: pinyin of what was written, and syllables of what was typed in letters. */
import { pinyin } from 'pinyin-pro'

const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fa5
const LONGEST_SYLLABLE = 6
/** A lone letter stands for a syllable, but whole syllables explain the same letters better. */
const COST = { syllable: 1, initial: 1.7 }

/** A syllable, or one letter that stands for any syllable beginning with it. */
export interface Sound {
  text: string
  initial: boolean
}

/** Toneless, one a character. @param han  Chinese characters only */
export function soundsOf(han: string): string[] {
  if (han === '') return []
  return pinyin(han, { toneType: 'none', type: 'array', v: true })
}

/** As the ear of much of China has it: zh is z, ch is c, sh is s, ng is n. */
export function loosen(sound: string): string {
  return sound.replace(/^([zcs])h/, '$1').replace(/ng$/, 'n').replace(/^ü|^v$/, 'v')
}

let known: ReadonlySet<string> | undefined

/** Every syllable of the language, with ü as v. Some 80 ms, once. */
function syllables(): ReadonlySet<string> {
  if (known) return known
  const codes = Array.from({ length: LAST_HAN - FIRST_HAN + 1 }, (_, n) => FIRST_HAN + n)
  const all = soundsOf(codes.map((code) => String.fromCodePoint(code)).join(' '))
  known = new Set(all.filter((sound) => /^[a-z]*[aeiouv][a-z]*$/.test(sound)))
  return known
}

/** Letters as the fewest syllables and lone initials. @param letters  a–z only */
export function spell(letters: string): Sound[] {
  const best: { cost: number; last: Sound | undefined; from: number }[] = [
    { cost: 0, last: undefined, from: 0 },
  ]
  for (let end = 1; end <= letters.length; end++) {
    const ways = Array.from({ length: Math.min(LONGEST_SYLLABLE, end) }, (_, n) => {
      const from = end - n - 1
      const text = letters.slice(from, end)
      const initial = !syllables().has(text)
      const possible = initial ? text.length === 1 : true
      const cost = (best[from]?.cost ?? 0) + (initial ? COST.initial : COST.syllable)
      return { from, cost: possible ? cost : Infinity, last: { text, initial } }
    })
    best.push(ways.reduce((one, other) => (other.cost < one.cost ? other : one)))
  }
  const spelt: Sound[] = []
  for (let end = letters.length; end > 0; end = best[end]?.from ?? 0) {
    const last = best[end]?.last
    if (last) spelt.unshift(last)
  }
  return spelt
}
