/** One product for every file of this folder: each is another citizen's, as in life. */
import type { TestProject } from 'vitest/node'
import { MANY_PHONES, startProduct } from '../journeys/product'

export default async function setup({ provide }: TestProject) {
  const { url, printed, stop } = await startProduct(MANY_PHONES)
  provide('product', { url, printed })
  return async () => {
    const code = await stop()
    if (code !== 0) throw new Error(`npm start ended with ${code}`)
  }
}
