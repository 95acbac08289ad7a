/** Opens the browser's own printing of the page in sight. */
export const printPage: (() => void) | undefined = () => window.print()
