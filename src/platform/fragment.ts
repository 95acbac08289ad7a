/** What stands behind the # of an address; a mini-program is opened by none. */
export const takeFragment = (): string | undefined => undefined
