declare const API_ORIGIN: string

/** The address of one of our API's paths; on H5 the API stands on the page's own origin. */
export const apiUrl = (path: string) => `${API_ORIGIN}${path}`
