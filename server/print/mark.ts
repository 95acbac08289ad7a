/** What is stamped over a document that proves nothing. */
import type { Config } from '../config'

const MARKS = {
  sample: { stamp: '样本', note: '演示系统出具的样本，不能作为证明使用。' },
  training: { stamp: '培训', note: '培训环境出具，人和事都是编的，不能作为证明使用。' },
}

export type Mark = (typeof MARKS)[keyof typeof MARKS]

/** Undefined for a production: its documents are what they say. */
export function markOf({ production, training }: Config): Mark | undefined {
  if (training) return MARKS.training
  return production ? undefined : MARKS.sample
}
