/** A long list, some of it at a time: a phone draws only so much before it stutters. */
import { type ReactNode, useState } from 'react'
import { Box } from './box'
import { Button } from './button'

export const PAGE_SIZE = 20

export interface Paging<Item> {
  shown: readonly Item[]
  /** the buttons under the list; nothing while all of it fits */
  pager: ReactNode
}

/** @param at  index of an item to begin with: its page is shown first */
export function usePaging<Item>(items: readonly Item[], at = 0): Paging<Item> {
  const [wanted, setPage] = useState(Math.floor(at / PAGE_SIZE))
  const last = Math.max(0, Math.ceil(items.length / PAGE_SIZE) - 1)
  const page = Math.min(wanted, last)
  const from = page * PAGE_SIZE
  const shown = items.slice(from, from + PAGE_SIZE)
  const pager = last > 0 && (
    <>
      <Box as="p" className="muted" live="polite">
        {`第 ${from + 1} 到 ${from + shown.length} 项，共 ${items.length} 项`}
      </Box>
      <Box className="pair">
        <Button kind="secondary" disabled={page === 0} onTap={() => setPage(page - 1)}>上一页</Button>
        <Button kind="secondary" disabled={page === last} onTap={() => setPage(page + 1)}>
          下一页
        </Button>
      </Box>
    </>
  )
  return { shown, pager }
}
