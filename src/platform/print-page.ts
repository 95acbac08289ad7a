/** A mini-program cannot print what it shows. */
export const printPage: (() => void) | undefined = undefined
