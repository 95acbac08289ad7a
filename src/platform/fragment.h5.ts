/**
 * What stands behind the # of the address, taken away from it: such a secret is sent to no server
 * and stays neither in the address bar nor in the history.
 */
export function takeFragment(): string | undefined {
  const text = location.hash.slice(1)
  if (text === '') return undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  return text
}
