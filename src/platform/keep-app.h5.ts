/** Keeps the app on the phone, so that it opens without a network; where browsers allow it. */
export function keepApp(): void {
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return
  // after the first screen: on a slow network it must not compete with it
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}

function register(): void {
  navigator.serviceWorker.register('/sw.js').catch((error: unknown) => {
    // Private windows and full phones refuse: the app then needs a network to open, that is all.
    console.warn('the app is not kept on this phone', error)
  })
}
