import type { LineProblem, TableRow } from '@core/table'
import { useState } from 'react'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Icon } from '@/ui/icon'

const SHOWN_AT_FIRST = 5

/** The lines of a file by their numbers in it, those with problems first. */
export function ReadLines({ rows, problems }: {
  rows: readonly TableRow[]
  problems: readonly LineProblem[]
}) {
  const [all, setAll] = useState(false)
  const isWrong = ({ line }: TableRow) => problems.some((problem) => problem.line === line)
  const sorted = [...rows.filter(isWrong), ...rows.filter((row) => !isWrong(row))]
  const most = Math.max(SHOWN_AT_FIRST, rows.filter(isWrong).length)
  const shown = all ? sorted : sorted.slice(0, most)
  return (
    <Card title="读到的名单">
      <Box as="ul" className="read-lines">
        {shown.map((row) => (
          <Line
            key={row.line} row={row}
            problems={problems.filter(({ line }) => line === row.line)}
          />
        ))}
      </Box>
      {shown.length < sorted.length && (
        <Button kind="secondary" compact onTap={() => setAll(true)}>
          {`看全部 ${rows.length} 行`}
        </Button>
      )}
    </Card>
  )
}

function Line({ row, problems }: { row: TableRow; problems: readonly LineProblem[] }) {
  const [who = '没有姓名', ...rest] = Object.values(row.values)
  return (
    <Box as="li" className="read-line">
      <Words className="read-number">{`第 ${row.line} 行`}</Words>
      <Box className="read-text">
        <Words>{`${who}${rest.length > 0 ? `，另有 ${rest.length} 项` : ''}`}</Words>
        {problems.map(({ label, text }) => (
          <Box as="p" className="field-error" key={`${label} ${text}`}>
            <Icon name="alert" />
            <Words>{`${label}：${text}`}</Words>
          </Box>
        ))}
      </Box>
    </Box>
  )
}
