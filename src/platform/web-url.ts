import { apiUrl } from './origin'

/** The address of one of our pages as anyone may open it; here the web app beside the API. */
export const webUrl = (path: string) => apiUrl(path)
