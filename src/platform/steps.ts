import { onward, type Steps, type StepsOptions } from './step-way'

/** The step the address names, where the page was loaded anew or gone forward to. */
export const stepInAddress = (_page: string): string | undefined => undefined

/** Begins the way through a page that has just opened. */
export function beginSteps({ start, before, tell }: StepsOptions): Steps {
  let way = [...before, start]
  return {
    show: (step) => {
      way = onward(way, step)
      tell(step)
    },
    back: () => {
      if (way.length < 2) return false
      way = way.slice(0, -1)
      tell(way[way.length - 1] ?? start)
      return true
    },
    leave: (then) => then(),
    end: () => undefined,
  }
}
