/** What may be answered to a question. Several choices are one string, joined by commas. */
import type { Question } from './contract/topic'

/** The answer as it is kept: its choices in the question's order; undefined if it is none. */
export function tidyAnswer({ many, options }: Question, raw: string | undefined) {
  if (!many) return options.some(({ value }) => value === raw) ? raw : undefined
  const chosen = new Set((raw ?? '').split(','))
  const known = options.filter(({ value }) => chosen.has(value))
  if (known.length === 0 || known.length < chosen.size) return undefined
  if (known.length > 1 && known.some(({ alone }) => alone)) return undefined
  return known.map(({ value }) => value).join(',')
}

/** What most people answer: the options marked so, else the first. */
export function usualAnswer({ options }: Question): string {
  const usual = options.filter((option) => option.usual)
  return (usual.length > 0 ? usual : options.slice(0, 1)).map(({ value }) => value).join(',')
}

/** Choosing one more, or one less; 以上都没有 puts out all others. */
export function toggled(question: Question, raw: string | undefined, value: string): string {
  const isAlone = (one: string) => question.options.some((option) =>
    option.value === one && option.alone)
  const before = (raw ?? '').split(',').filter((one) => one !== '')
  if (before.includes(value)) return before.filter((one) => one !== value).join(',')
  const staying = isAlone(value) ? [] : before.filter((one) => !isAlone(one))
  return tidyAnswer(question, [...staying, value].join(',')) ?? value
}

/** Every answer that may be given. */
export function answersTo({ many, options }: Question): string[] {
  if (!many) return options.map(({ value }) => value)
  const together = options.filter(({ alone }) => !alone).map(({ value }) => value)
  const sets = together.reduce<string[][]>(
    (found, value) => [...found, ...found.map((set) => [...set, value])], [[]])
  const lonely = options.flatMap(({ alone, value }) => (alone ? [value] : []))
  return [...sets.filter((set) => set.length > 0).map((set) => set.join(',')), ...lonely]
}

/** The labels of an answer, in the question's order. */
export function answerLabels({ options }: Question, answer: string | undefined): string[] {
  const chosen = new Set((answer ?? '').split(','))
  return options.filter(({ value }) => chosen.has(value)).map(({ label }) => label)
}
