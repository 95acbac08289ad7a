/** Takes away what index.html shows until the app has started, once there is a page to see. */
export function leaveFirstScreen(): (() => void) | undefined {
  const first = document.getElementById('first')
  const app = document.getElementById('app')
  if (!first || !app) return undefined
  const watch = new MutationObserver(() => {
    if (!app.hasChildNodes()) return
    watch.disconnect()
    first.remove()
  })
  watch.observe(app, { childList: true })
  return () => watch.disconnect()
}
