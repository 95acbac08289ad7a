/** Whoever has so many waiting counts no further: a number nobody reads is the dearest to get. */
export const MOST_COUNTED = 500

/** As a tab shows it: 12, 500+. @param count  up to MOST_COUNTED */
export const countText = (count: number) => (count < MOST_COUNTED ? `${count}` : `${MOST_COUNTED}+`)

/** Of a work list staff may ask for so many rows at once. */
export const MOST_ROWS = 1000
