/** One product for every file of this folder: each is another citizen's, as in life. */
import type { TestProject } from 'vitest/node'
import { startProduct } from '../journeys/product'

/** Our phones turn pages faster than people, and all of them from one address. */
const REQUESTS_PER_MINUTE = '1000000'

export default async function setup({ provide }: TestProject) {
  const { url, printed, stop } = await startProduct({ REQUESTS_PER_MINUTE })
  provide('product', { url, printed })
  return async () => {
    const code = await stop()
    if (code !== 0) throw new Error(`npm start ended with ${code}`)
  }
}
