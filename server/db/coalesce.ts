/**
 * Many askers, few statements: whoever asks while statements are under way waits for the next one,
 * which then answers all of them. Alone, one waits for nobody.
 */
export interface Together<Ask, Answer> {
  /** answers in the order of `asks`; a failure is everybody's */
  run(asks: readonly Ask[]): Promise<readonly Answer[]>
  /** of one statement */
  most: number
  /** statements at a time */
  atOnce: number
}

interface Waiting<Ask, Answer> {
  ask: Ask
  answer(given: Answer): void
  fail(error: unknown): void
}

export function coalesce<Ask, Answer>(
  { run, most, atOnce }: Together<Ask, Answer>,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = []
  let running = 0
  const go = () => {
    while (running < atOnce && waiting.length > 0) {
      const batch = waiting.splice(0, most)
      running += 1
      void run(batch.map(({ ask }) => ask))
        .then(
          // As many answers as asks: `run` promises it.
          (answers) => batch.forEach((one, n) => one.answer(answers[n] as Answer)),
          (error: unknown) => batch.forEach((one) => one.fail(error)),
        )
        .then(() => {
          running -= 1
          go()
        })
    }
  }
  return (ask) => new Promise((answer, fail) => {
    waiting.push({ ask, answer, fail })
    // What arrives in the same turn goes together.
    if (waiting.length === 1) setImmediate(go)
  })
}

/** One of each kind for each database, made when it is first needed. */
export function perOwner<Owner extends object, Made>(make: (owner: Owner) => Made) {
  const made = new WeakMap<Owner, Made>()
  return (owner: Owner): Made => {
    const there = made.get(owner)
    if (there !== undefined) return there
    const fresh = make(owner)
    made.set(owner, fresh)
    return fresh
  }
}
