/**
 * A text as the terms it is indexed and searched by.
 *
 *   text ──┬─ words of a group of synonyms ─▶ its meaning   m:12
 *          ├─ neighbouring characters ──────▶ pairs         b:户口
 *          └─ how it sounds ────────────────▶ pairs, initials, letters   p:hu.kou i:shk l:sanhukou
 *                                             the line from end to end   e:sanhukou
 *
 * Meanings are also heard in the sounds, so a homophone typo, pinyin and initials reach them.
 */
import type { FindSource } from '../../core/contract/find'
import { type Sound, loosen, soundsOf, spell } from './sounds'

/** term → how much it says */
export type Terms = Map<string, number>

interface Word {
  text: string
  meaning: string
  /** one a character */
  sounds: readonly string[]
  loose: readonly string[]
  /** its sounds as they stand in a longer line of them */
  said: string
}

export interface Words {
  /** What a text of the catalogue is about, its letters included. */
  indexed(text: string): Terms
  /** What somebody asks for. */
  asked(text: string): Terms
}

const SAYS = {
  meaning: 3, letter: 1.2, heard: 2, guessed: 1.4, tiled: 0.7, pair: 1,
  soundPair: 0.35, character: 0.3, initials: 0.7, letters: 0.6, line: 2,
}
const HAN = /\p{Script=Han}+/gu
const LATIN = /[a-z]+/g
const INITIALS = 3
/** A longer line is a sentence: nobody types it whole in letters. */
const LONGEST_LINE = 8
const FEWEST_LETTERS = 4

export function makeWords(source: FindSource): Words {
  const fold = folding(source.lookalikes)
  const fillers = [...source.fillers].sort((a, b) => b.length - a.length)
  const words = source.words.flatMap((group, n) => group.map((word) => wordOf(fold(word), n)))
  const clear = (text: string) =>
    fillers.reduce((rest, filler) => rest.replaceAll(filler, ' '), text)
  const read = (text: string): Terms => {
    const terms: Terms = new Map()
    const folded = fold(text)
    for (const meant of written(words, folded)) {
      raise(terms, meant.meaning, meant.text.length > 1 ? SAYS.meaning : SAYS.letter)
    }
    const runs = [...clear(folded).matchAll(HAN)].map(([run]) => run)
    for (const run of runs) readHan(terms, run)
    if (runs.length > 0) raise(terms, `e:${lettersIn(runs.join(''))}`, SAYS.line)
    return terms
  }
  return {
    indexed: (text) => {
      const terms = read(text)
      for (const line of lettersOf(words, terms, fold(text))) raise(terms, `l:${line}`, 1)
      return terms
    },
    asked: (text) => {
      const terms = read(text)
      for (const [run] of clear(fold(text)).matchAll(HAN)) hearHan(terms, words, run)
      for (const [run] of latinOf(fold(text)).matchAll(LATIN)) hearLatin(terms, words, run)
      return terms
    },
  }
}

function wordOf(text: string, group: number): Word {
  const sounds = soundsOf(text)
  const loose = sounds.map(loosen)
  return { text, meaning: `m:${group}`, sounds, loose, said: ` ${sounds.join(' ')} ` }
}

/** Full-width and look-alike characters as the ones that were meant; small letters. */
function folding(lookalikes: readonly string[]): (text: string) => string {
  const meant = new Map(lookalikes.flatMap((group) => {
    const [first = '', ...others] = group
    return others.map((other) => [other, first] as const)
  }))
  return (text) =>
    [...text.normalize('NFKC').toLowerCase()].map((one) => meant.get(one) ?? one).join('')
}

/** Letters typed with spaces between the syllables are one run; ü is typed v. */
function latinOf(text: string): string {
  return text.replaceAll('ü', 'v').replace(/([a-z])[\s']+(?=[a-z])/g, '$1')
}

/** The words in a text; one inside a longer one (户口 in 上户口) is not meant for itself. */
function written(words: readonly Word[], text: string): Word[] {
  const places = words.flatMap((word) => placesOf(word.text, text).map((from) => ({
    word, from, to: from + word.text.length,
  })))
  return places
    .filter(({ from, to }) => !places.some((other) =>
      other.from <= from && other.to >= to && other.to - other.from > to - from))
    .map(({ word }) => word)
}

function lettersIn(han: string): string {
  return soundsOf(han).map(loosen).join('')
}

function placesOf(word: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at)
  return places
}

function readHan(terms: Terms, run: string): void {
  const sounds = soundsOf(run).map(loosen)
  for (let n = 0; n + 1 < run.length; n++) {
    raise(terms, `b:${run.slice(n, n + 2)}`, SAYS.pair)
    raise(terms, `p:${sounds[n]}.${sounds[n + 1]}`, SAYS.soundPair)
  }
  for (const character of run) {
    if (run.length === 1) raise(terms, `u:${character}`, SAYS.character)
  }
}

/** 社包卡 sounds like 社保卡. Words of one character sound like too many others. */
function hearHan(terms: Terms, words: readonly Word[], run: string): void {
  const heardAll = ` ${soundsOf(run).join(' ')} `
  for (const { meaning, sounds, said } of words) {
    if (sounds.length > 1 && heardAll.includes(said)) {
      raise(terms, meaning, sounds.length > 2 ? SAYS.heard : SAYS.guessed)
    }
  }
}

function hearLatin(terms: Terms, words: readonly Word[], letters: string): void {
  const sounds = spell(letters).map(({ text, initial }) => ({ text: loosen(text), initial }))
  for (const [n, { text }] of sounds.entries()) {
    const next = sounds[n + 1]
    if (next) raise(terms, `p:${text}.${next.text}`, SAYS.pair)
  }
  hearSounds(terms, words, sounds)
  // Letters that do not spell out may each stand for a syllable, vowels too: xse, esf.
  if (sounds.some(({ initial }) => initial) && letters.length <= LONGEST_LINE) {
    for (const part of parts(letters)) raise(terms, `i:${part}`, SAYS.initials)
    const initials = [...letters].map((text) => ({ text, initial: true }))
    hearSounds(terms, words, initials)
    for (const meaning of tiled(words, letters)) raise(terms, meaning, SAYS.tiled)
  }
  if (letters.length >= FEWEST_LETTERS) {
    const line = sounds.map(({ text }) => text).join('')
    raise(terms, `l:${line}`, SAYS.letters)
    raise(terms, `e:${line}`, SAYS.line)
  }
}

function hearSounds(terms: Terms, words: readonly Word[], sounds: readonly Sound[]): void {
  for (const { meaning, loose } of words) {
    const weight = heard(loose, sounds)
    if (weight > 0) raise(terms, meaning, weight)
  }
}

/** How surely a word is among the sounds; two bare initials tell only when they are all. */
function heard(word: readonly string[], sounds: readonly Sound[]): number {
  if (word.length < 2 || word.length > sounds.length) return 0
  const at = Array.from({ length: sounds.length - word.length + 1 }, (_, from) =>
    sounds.slice(from, from + word.length))
  const fits = at.filter((part) => part.every(({ text, initial }, n) =>
    initial ? word[n]?.startsWith(text) : word[n] === text))
  const full = Math.max(0, ...fits.map((part) => part.filter(({ initial }) => !initial).length))
  if (fits.length === 0) return 0
  if (full === word.length) return SAYS.meaning
  if (full > 0 || word.length >= INITIALS) return SAYS.heard
  return word.length === sounds.length ? SAYS.heard : 0
}

/** The words whose initials, laid end to end, leave one letter at most. */
function tiled(words: readonly Word[], letters: string): string[] {
  const tiles = words.filter(({ loose }) => loose.length > 1).flatMap((word) => {
    const initials = word.loose.map((sound) => sound[0]).join('')
    return placesOf(initials, letters).map((from) => ({ word, to: from + initials.length, from }))
  })
  const covered = [0]
  for (let end = 1; end <= letters.length; end++) {
    const ways = tiles.filter(({ to }) => to === end)
      .map(({ from }) => (covered[from] ?? 0) + end - from)
    covered.push(Math.max(covered[end - 1] ?? 0, ...ways))
  }
  const enough = (covered[letters.length] ?? 0) >= letters.length - 1
  return enough ? tiles.map(({ word }) => word.meaning) : []
}

/** What may be typed of a text of the catalogue: itself, and every word that means the same. */
function lettersOf(words: readonly Word[], terms: Terms, text: string): string[] {
  const lines = text.split('\n').filter((line) => line.length <= LONGEST_LINE)
  const own = lines.map((line) => soundsOf([...line.matchAll(HAN)].join('')).map(loosen))
  for (const sounds of own) {
    for (const part of parts(sounds.map((sound) => sound[0]).join(''))) {
      raise(terms, `i:${part}`, 1)
    }
  }
  const meant = words.filter(({ meaning, text: word }) => terms.has(meaning) && word.length > 1)
  return [...own, ...meant.map(({ loose }) => loose)]
    .map((sounds) => sounds.join('')).filter((line) => line.length >= FEWEST_LETTERS)
}

/** The text, and every three neighbours of it. */
function parts(initials: string): string[] {
  const most = Math.max(1, initials.length - INITIALS + 1)
  return [...new Set([
    initials, ...Array.from({ length: most }, (_, n) => initials.slice(n, n + INITIALS)),
  ])]
}

function raise(terms: Terms, term: string, weight: number): void {
  terms.set(term, Math.max(terms.get(term) ?? 0, weight))
}
