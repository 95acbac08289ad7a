/** The address of one of our pages as anyone may open it. */
export const webUrl = (path: string) => `${location.origin}${path}`
