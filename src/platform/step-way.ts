/**
 * The steps of a flow inside one page: question after question, form page after form page. A
 * browser has each in its history and in the page's address; here the page remembers its own way.
 */
export interface Steps {
  /** Goes to a step; one that was already passed is gone back to. */
  show: (step: string) => void
  /** Goes to the step before; false on the first one. */
  back: () => boolean
  /** Forgets the way and calls `then`, so that going back leaves the page. */
  leave: (then: () => void) => void
  end: () => void
}

export interface StepsOptions {
  /** the page's name */
  page: string
  /** the step to begin with */
  start: string
  /** the steps one would have come through to it */
  before: readonly string[]
  tell: (step: string) => void
}

/** The way with one more step; a step that was passed cuts it there. */
export function onward(way: readonly string[], step: string): string[] {
  const passed = way.lastIndexOf(step)
  return passed < 0 ? [...way, step] : way.slice(0, passed + 1)
}
