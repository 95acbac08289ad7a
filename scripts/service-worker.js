/**
 * Keeps the app itself on the phone, so that it opens and goes on without a network. Nothing a
 * person typed or was told is kept here: calls to the platform are never touched.
 */
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

const PAGE = '/index.html'
const PATIENCE_MS = 4000

// eslint-disable-next-line no-undef -- put in by the build: every file of this version
precacheAndRoute(APP_FILES)
const kept = createHandlerBoundToURL(PAGE)

/** The newest page where the network answers in time; else the one of this version. */
async function openPage(options) {
  try {
    const reply = await fetch(options.request, { signal: AbortSignal.timeout(PATIENCE_MS) })
    if (reply.ok) return reply
  } catch {
    // out of reach: the kept page is what this worker is for
  }
  return kept(options)
}

registerRoute(new NavigationRoute(openPage, { denylist: [/^\/v1\//, /^\/desk(\/|$)/, /\.\w+$/] }))
