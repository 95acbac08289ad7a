/** One product for all journeys: each is another citizen's, as in life. */
import type { TestProject } from 'vitest/node'
import { type Started, hasBrowser, startProduct } from './product'

declare module 'vitest' {
  interface ProvidedContext {
    product: Started | null
  }
}

/** All phones of all journeys are one address here. */
const REQUESTS_PER_MINUTE = '1000000'

export default async function setup({ provide }: TestProject) {
  if (!hasBrowser) {
    provide('product', null)
    return undefined
  }
  const { url, printed, stop } = await startProduct({ REQUESTS_PER_MINUTE })
  provide('product', { url, printed })
  return async () => {
    const code = await stop()
    if (code !== 0) throw new Error(`npm start ended with ${code}`)
  }
}
