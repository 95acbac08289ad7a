/** What a language of the catalogue must keep to, and how much of a topic it covers. */
import type { Topic } from './contract/topic'
import { type HelpLanguage, helpFor, keyOf, placesOf } from './language'

/** What any language may use beside its own letters. */
const SHARED = /[\s\d.,:!()+/%«»{}–—…·-]/g
const LATIN = /[A-Za-z]+/g

/** Faults of the messages themselves, each with its key. */
export function languageFaults(language: HelpLanguage): string[] {
  const own = new Set(language.letters)
  return Object.entries(language.messages).flatMap(([key, help]) => {
    const at = `language/${language.language}: “${key}”`
    const kept = new Set(key.match(LATIN)) // X, MB: the same in every language
    const bare = help.replace(SHARED, '').replace(LATIN, (word) => (kept.has(word) ? '' : word))
    const strange = [...bare].filter((letter) => !own.has(letter)).join('')
    const places = [...placesOf(help)].sort((a, b) => a - b).join()
    return [
      keyOf(key).key === key ? [] : [`${at} is no key: write “${keyOf(key).key}”`],
      /\p{Script=Han}/u.test(key) ? [] : [`${at} is not Chinese`],
      bare === '' ? [`${at} has no help`] : [],
      strange === '' ? [] : [`${at} has letters of another script: ${strange}`],
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
