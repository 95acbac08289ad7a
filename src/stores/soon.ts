/** Work put off for a moment: naming it again puts it off anew. */
const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** @param delay  milliseconds */
export function soon(name: string, delay: number, run: () => Promise<void> | void) {
  notSoon(name)
  timers.set(name, setTimeout(() => {
    timers.delete(name)
    void run()
  }, delay))
}

export function notSoon(name: string) {
  const running = timers.get(name)
  if (running) clearTimeout(running)
  timers.delete(name)
}
