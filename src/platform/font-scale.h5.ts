const STANDARD_PX = 16

/** The browser's own text size, 1 = standard: what somebody set in its settings. */
export function systemFontScale(): number {
  const root = getComputedStyle(document.documentElement).fontSize
  return (Number.parseFloat(root) || STANDARD_PX) / STANDARD_PX
}
