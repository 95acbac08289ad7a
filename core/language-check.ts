/** What a language of the catalogue must keep to, and how much of a topic it covers. */
import type { Topic } from './contract/topic'
import { type HelpLanguage, helpFor, keyOf, placesOf } from './language'

const ARABIC = '\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff'
/** Letters of its script, digits, punctuation and places; nothing of Chinese or Latin. */
const SCRIPTS = {
  rtl: new RegExp(`^[${ARABIC}\\s\\d.,:!?()+/%«»{}\\-–—…·]+$`),
  ltr: /^[\p{Script=Latin}\s\d.,:;!?()+/%“”'{}\-–—…·]+$/u,
}

/** Faults of the messages themselves, each with its key. */
export function languageFaults(language: HelpLanguage): string[] {
  return Object.entries(language.messages).flatMap(([key, help]) => {
    const at = `language/${language.language}: “${key}”`
    const places = [...placesOf(help)].sort((a, b) => a - b).join()
    return [
      keyOf(key).key === key ? [] : [`${at} is no key: write “${keyOf(key).key}”`],
      /\p{Script=Han}/u.test(key) ? [] : [`${at} is not Chinese`],
      SCRIPTS[language.direction].test(help) ? [] : [`${at} has letters of another script`],
      places === placesOf(key).join() ? [] : [`${at} and its help do not have the same places`],
    ].flat()
  })
}

/** Everything of a topic that the app shows through its kit: what help can stand under. */
export function sentencesOf(topic: Topic): string[] {
  const said = [
    topic.title, topic.summary,
    ...topic.questions.flatMap(({ ask, hint, options }) =>
      [ask, hint, ...options.flatMap(({ label, hint: more }) => [label, more])]),
    ...topic.roles.map(({ label }) => label),
    ...topic.fields.flatMap(({ label, hint, options = [] }) =>
      [label, hint, ...options.map((option) => option.label)]),
    ...topic.materials.flatMap(({ name, content, sides }) => [name, content, ...sides]),
    ...topic.notices.map(({ text }) => text),
    ...topic.stops.flatMap(({ title, text, next }) => [title, text, next]),
    ...topic.deadlines.flatMap(({ text, missed }) => [text, missed]),
    ...topic.checks.map(({ text }) => text),
    ...topic.items.flatMap(({ name, short }) => [name, short]),
  ]
  return [...new Set(said.filter((one): one is string => Boolean(one)))]
}

/** What of a topic has no help yet. */
export function withoutHelp(language: HelpLanguage, topic: Topic): string[] {
  return sentencesOf(topic).filter((text) => helpFor(language, text) === undefined)
}

/** Topics that are said to be complete and are not. */
export function incompleteFaults(language: HelpLanguage, topics: readonly Topic[]): string[] {
  return language.complete.flatMap((id) => {
    const topic = topics.find((one) => one.id === id)
    const at = `language/${language.language}: ${id}`
    if (!topic) return [`${at} is no topic`]
    return withoutHelp(language, topic).map((text) => `${at} has no help for “${text}”`)
  })
}
