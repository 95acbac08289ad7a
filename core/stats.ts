/**
 * 公开数据 without pointing at anybody: a group of few is not told on its own, and not so that it
 * could be found by taking the others from the whole.
 */
export interface Group {
  id: string
  /** people or cases in it */
  size: number
}

/**
 * The groups to tell; what is left out together holds nobody or at least `smallest`.
 * @param smallest  ≥1
 */
export function told<G extends Group>(groups: readonly G[], smallest: number): G[] {
  const bySize = groups.filter(({ size }) => size > 0).sort((a, b) => a.size - b.size)
  const rest = bySize.filter(({ size }) => size >= smallest)
  let hidden = bySize.reduce((sum, { size }) => sum + (size < smallest ? size : 0), 0)
  while (hidden > 0 && hidden < smallest) {
    const next = rest.shift()
    if (!next) return []
    hidden += next.size
  }
  return rest.sort((a, b) => b.size - a.size)
}
