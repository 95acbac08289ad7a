/**
 * The mini-program runtime has no AbortController. ProvidePlugin puts this one wherever the app or
 * one of its packages names the global.
 */
export class AbortSignal {
  constructor() {
    this.aborted = false
    this.reason = undefined
    this.onabort = null
    this.listeners = []
  }

  addEventListener(type, listener) {
    if (type === 'abort') this.listeners.push(listener)
  }

  removeEventListener(type, listener) {
    this.listeners = this.listeners.filter((known) => known !== listener)
  }

  throwIfAborted() {
    if (this.aborted) throw this.reason
  }
}

export class AbortController {
  constructor() {
    this.signal = new AbortSignal()
  }

  abort(reason) {
    const { signal } = this
    if (signal.aborted) return
    signal.aborted = true
    signal.reason = reason || new Error('AbortError')
    const event = { type: 'abort', target: signal }
    if (signal.onabort) signal.onabort(event)
    signal.listeners.slice().forEach((listener) => listener(event))
  }
}
