/** 语言帮助: what catalogue/language may hold, and that none of it is dead. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type HelpLanguage, helpFor, keyOf, placesOf } from '../../core/language'
import {
  incompleteFaults, languageFaults, sentencesOf, withoutHelp,
} from '../../core/language-check'
import { linkAll, readCatalogue } from '../../server/catalogue/load'
import { type Said, saidByApp, saidIn } from './said'

const DIR = path.resolve(import.meta.dirname, '../../catalogue')
const files = readCatalogue(DIR)
const topics = linkAll(files)
const ug = files.languages.find(({ language }) => language === 'ug')!

/** Every text of the catalogue itself. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
const catalogueTexts = readdirSync(DIR, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && !file.startsWith('language'))
  .flatMap((file) => textsOf(parse(readFileSync(path.join(DIR, file), 'utf8'))))

/** The keys under which a text may be looked up: the whole, and each of its sentences. */
const keysOf = (text: string) =>
  [text, ...text.match(/[^。！？；\n]+[。！？；]?/g) ?? []].map((one) => keyOf(one).key)

/** What a template puts in. */
const HOLE = '\u0000'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What no code and no catalogue says. */
function deadKeys(keys: readonly string[], said: readonly Said[]): string[] {
  const plain = said.flatMap((parts) => (parts.length === 1 ? [parts[0] ?? ''] : []))
  const known = new Set([...plain, ...catalogueTexts].flatMap(keysOf))
  const templates = said.filter((parts) => parts.length > 1)
    .map((parts) => escaped(keyOf(parts.map((part) => part ?? HOLE).join('')).key))
    .map((pattern) => new RegExp(`^${pattern.replaceAll(HOLE, '(.*)')}$`))
  const fits = (part: string) => known.has(part) || !/\p{Script=Han}/u.test(part)
  const isMade = (key: string) => templates.some((template) =>
    template.exec(key)?.slice(1).every((part) => fits(part.replace(/（\{\}\/\{\}）$/, ''))))
  return keys.filter((key) => !known.has(key) && !isMade(key))
}

const withMessages = (messages: Record<string, string>): HelpLanguage => ({ ...ug, messages })

describe('ug.yaml', () => {
  it('is a draft, and none of its faults is known to the check', () => {
    expect(ug.status).toBe('draft')
    expect(languageFaults(ug)).toEqual([])
  })

  // reads every source file: slow on a busy machine
  it('translates nothing that nobody says', { timeout: 60_000 }, () => {
    expect(deadKeys(Object.keys(ug.messages), saidByApp())).toEqual([])
  })

  it('has every word of the topics it calls complete, and says how much of all', () => {
    expect(ug.complete).toContain('newborn')
    expect(incompleteFaults(ug, topics)).toEqual([])
    const all = new Set(topics.flatMap(sentencesOf))
    const missing = new Set(topics.flatMap((topic) => withoutHelp(ug, topic)))
    const share = Math.round(100 * (1 - missing.size / all.size))
    console.log(`ug: ${Object.keys(ug.messages).length} messages, ${share} % of what topics say`)
    expect(share).toBeGreaterThanOrEqual(20)
  })

  it('leaves laws, consent and declarations in Chinese', () => {
    const legal = [
      ...files.materials.flatMap(({ declaration }) => declaration ?? []),
      ...saidIn(
        readFileSync(path.resolve(DIR, '../src/pages/sign/use-signing.ts'), 'utf8'), 'sign.ts',
      ).flatMap(([text]) => (text && /同意|确认|真实|责任|监护/.test(text) ? [text] : [])),
    ]
    expect(legal.length).toBeGreaterThan(8)
    expect(legal.filter((text) => helpFor(ug, text))).toEqual([])
  })
})

describe('a planted fault is found:', () => {
  it.each([
    ['a letter of another orthography', { 继续: 'ادامه' }, /another script: .*ه/],
    ['Latin that the Chinese does not have', { 继续: 'davam' }, /another script/],
    ['Chinese in the help', { 继续: 'داۋام 继续' }, /another script/],
    ['nothing', { 继续: ' ' }, /has no help/],
    ['a place that is missing', { '共 {} 份': 'پارچە' }, /same places/],
    ['a place that is twice', { '{} 到 {}': '{1} {1}' }, /same places/],
    ['a number in the key', { '共 5 份': '{} پارچە' }, /is no key/],
    ['a full stop in the key', { '继续。': 'داۋام' }, /is no key/],
    ['a key that is not Chinese', { next: 'داۋام' }, /is not Chinese/],
  ])('%s', (_what, messages, fault) => {
    expect(languageFaults(withMessages(messages)).join('\n')).toMatch(fault)
  })

  it('a sentence that nobody says', () => {
    const said: Said[] = [['继续'], ['共 ', null, ' 份'], [null, '信息', null]]
    expect(deadKeys(['继续', '共 {} 份', '孩子信息（{}/{}）', '姓名'], said)).toEqual([])
    expect(deadKeys(['没有人说的话', '共 {} 张', '没人信息（{}/{}）'], said)).toHaveLength(3)
  })

  it('a word of a complete topic that is missing, and a topic that is not there', () => {
    const messages = { ...ug.messages }
    delete messages['随母亲']
    expect(incompleteFaults(withMessages(messages), topics)).toEqual([
      'language/ug: newborn has no help for “随母亲”',
    ])
    expect(incompleteFaults({ ...ug, complete: ['gone'] }, topics)).toHaveLength(1)
  })
})

describe('looking up', () => {
  const language = withMessages({
    '共 {} 份': 'جەمئىي {} پارچە', '第 {} 步，共 {} 步': '{2} قەدەمنىڭ {1}', 继续: 'داۋام',
  })

  it('isolates numbers and Chinese, so that the line keeps its direction', () => {
    expect(helpFor(language, '共 5 份。')).toBe('جەمئىي \u20685\u2069 پارچە')
    expect(helpFor(language, '第 2 步，共 10 步')).toBe('\u206810\u2069 قەدەمنىڭ \u20682\u2069')
  })

  it('puts a text together from its sentences, all of them or none', () => {
    expect(helpFor(language, '共 3 份。继续。')).toBe('جەمئىي \u20683\u2069 پارچە داۋام')
    expect(helpFor(language, '共 3 份。别的。')).toBeUndefined()
    expect(helpFor(language, 'constructor')).toBeUndefined()
  })

  it('loses nothing that is kept, whatever it is', () => {
    fc.assert(fc.property(fc.nat(), fc.stringMatching(/^[一-龥]{1,6}$/), (number, quoted) => {
      const { key, kept } = keyOf(`共 ${number} 份“${quoted}”`)
      expect(kept).toEqual([String(number), `“${quoted}”`])
      expect(placesOf(key)).toEqual([1, 2])
      const help = helpFor(withMessages({ [key]: '{2}، {1}' }), `共 ${number} 份“${quoted}”`)
      expect(help).toBe(`\u2068“${quoted}”\u2069، \u2068${number}\u2069`)
    }))
  })
})
