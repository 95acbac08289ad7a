import type { ReactNode } from 'react'
import { LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { usePaging } from '@/ui/paging'

export interface AnswerRow {
  term: string
  value?: ReactNode
  /** in place of 未填写 */
  empty?: string
  /** Opens the place where it was answered. */
  onChange?: () => void
}

export interface AnswerGroup {
  title: string
  rows: readonly AnswerRow[]
  /** Right of the title, e.g. a switch that shows masked numbers. */
  aside?: ReactNode
  /** in place of rows: a list of people */
  children?: ReactNode
}

/** Everything that was answered, group by group; an empty answer reads 未填写 (U8). */
export function AnswerList({ groups }: { groups: readonly AnswerGroup[] }) {
  return (
    <>
      {groups.map(({ title, rows, aside, children }) => (
        <Card key={title} title={title} aside={aside}>
          {children ?? <Answers title={title} rows={rows} />}
        </Card>
      ))}
    </>
  )
}

function Answers({ title, rows }: { title: string; rows: readonly AnswerRow[] }) {
  const { shown, pager } = usePaging(rows)
  return (
    <>
      <Facts
        facts={shown.map(({ term, value, empty, onChange }) => ({
          term,
          value,
          empty,
          action: onChange && (
            <LinkButton label={`修改${title}：${term}`} onTap={onChange}>修改</LinkButton>
          ),
        }))}
      />
      {pager}
    </>
  )
}
