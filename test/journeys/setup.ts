/** One product for all journeys: each is another citizen's, as in life. */
import type { TestProject } from 'vitest/node'
import { MANY_PHONES, type Started, hasBrowser, startProduct } from './product'

declare module 'vitest' {
  interface ProvidedContext {
    product: Started | null
  }
}

export default async function setup({ provide }: TestProject) {
  if (!hasBrowser) {
    provide('product', null)
    return undefined
  }
  const { url, printed, stop } = await startProduct(MANY_PHONES)
  provide('product', { url, printed })
  return async () => {
    const code = await stop()
    if (code !== 0) throw new Error(`npm start ended with ${code}`)
  }
}
