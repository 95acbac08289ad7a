/** A browser does not tell its text size; its zoom scales the whole page instead. */
export const systemFontScale = () => 1
