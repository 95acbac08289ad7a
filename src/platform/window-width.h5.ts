/** How wide the window is, in CSS pixels. */
export const windowWidth = () => document.documentElement.clientWidth

/** Tells each new width; the answer stops it. */
export function watchWindowWidth(changed: (width: number) => void) {
  const tell = () => changed(windowWidth())
  window.addEventListener('resize', tell)
  return () => window.removeEventListener('resize', tell)
}
