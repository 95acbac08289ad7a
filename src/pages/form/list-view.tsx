import type { FormPage } from '@core/form'
import { keyParts } from '@core/rows'
import { type ReactNode, useState } from 'react'
import { RowCard } from '@/components/row-card'
import { SaveFooter } from '@/components/save-state'
import { focusOn } from '@/platform/focus'
import { resolveConflict, saveNow } from '@/stores/drafts'
import type { Brought, Filling } from '@/stores/filling'
import {
  type Row, addRow, fewRows, partWith, removeRow, rowName, rowsOf,
} from '@/stores/rows'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { usePaging } from '@/ui/paging'
import { showToast } from '@/ui/toast'
import { type OpenRow, RowView } from './row-view'
import { IMPORT, type Inside } from './step'
import { TableImport } from './table-import'

/** Shorter lists are sooner written than put into a table. */
const TABLE_FROM_ROWS = 10

export interface ListPage extends FormPage {
  list: NonNullable<FormPage['list']>
}

interface ListViewProps {
  filling: Filling
  page: ListPage
  /** a field to begin in */
  field: string | undefined
  back: boolean
  /** over the list: the step, what was shared */
  head: ReactNode
  brought: Brought
  /** the row that is open, or IMPORT; none: the list */
  row: string | undefined
  part: number
  onShow: (inside?: Inside) => void
  /** to the step before */
  onBack: () => void
  onLeave: () => void
  onDone: () => void
}

const cardId = (role: string, row: number) => `${role}-row-${row}`

/** 名单: the people as cards, one of them, or a file of them. */
export function ListView(props: ListViewProps) {
  const { filling, page, field, back, brought, row, part, onShow, onBack, onLeave } = props
  const { role, list } = page
  // the row one came for, or was sent to by the list's problems
  const [sought, setSought] = useState<OpenRow | undefined>(() => {
    const { row: wanted } = keyParts(field ?? '')
    return wanted === undefined ? undefined : { row: wanted, field, direct: back }
  })
  const toList = (focus: string) => {
    onShow()
    setTimeout(() => focusOn(focus), 50)
  }
  const open = (next: OpenRow) => {
    setSought(next)
    const at = { role, row: next.row }
    onShow({ row: `${next.row}`, part: next.field ? partWith(filling, at, next.field) : 0 })
  }
  const add = () => {
    const added = addRow(filling, role)
    if (added !== undefined) open({ row: added })
  }
  if (row === IMPORT) {
    return (
      <TableImport
        filling={filling} page={page}
        onClose={(first) => {
          if (first !== undefined) setSought({ row: first })
          toList(first === undefined ? `${role}-import` : cardId(role, first))
        }}
      />
    )
  }
  const number = Number(row)
  if (number >= 1 && number <= list.max) {
    const opened = sought?.row === number ? sought : { row: number }
    return (
      <RowView
        key={number} filling={filling} role={role} open={opened} brought={brought}
        roomLeft={number < list.max} part={part}
        onPart={(next) => onShow({ row: `${number}`, part: next })} onBack={onBack}
        onClose={() => {
          setSought(opened)
          if (opened.direct) onLeave()
          else toList(cardId(role, number))
        }}
        onAnother={add}
      />
    )
  }
  return (
    <RowList
      {...props} first={sought?.row} onOpen={open} onAdd={add}
      onImport={() => onShow({ row: IMPORT })}
    />
  )
}

interface RowListProps extends ListViewProps {
  /** the row one comes back from */
  first: number | undefined
  onOpen: (open: OpenRow) => void
  onAdd: () => void
  onImport: () => void
}

function RowList(props: RowListProps) {
  const { filling, page, back, head, first, onLeave, onDone, onOpen, onAdd, onImport } = props
  const { role, list, title } = page
  const [tries, setTries] = useState(0)
  const [removing, setRemoving] = useState<Row>()
  const rows = rowsOf(filling, role)
  const { shown, pager } = usePaging(rows, first && first - 1)
  const todo = rows.filter(({ problems }) => problems.length > 0)
  const told = tries > 0 ? todo : []
  const go = () => {
    setTries(tries + 1)
    if (todo.length > 0) return
    void saveNow(filling.topic.id)
    onDone()
  }
  const remove = (row: Row) => {
    setRemoving(undefined)
    const undo = removeRow(filling, role, row.row)
    showToast(`已删除${rowName(row)}`, 'info', { label: '撤销', onTap: undo })
    setTimeout(() => focusOn(cardId(role, Math.min(row.row, rows.length - 1))))
  }
  const left = list.max - rows.length
  return (
    <Page
      title={title} wrong={told.length > 0} onBack={onLeave}
      footer={(
        <SaveFooter
          draft={filling.draft} back={back} onGo={go}
          onResolve={(keep) => void resolveConflict(filling.topic.id, keep)}
        />
      )}
    >
      {head}
      <ErrorSummary
        key={tries}
        problems={fewRows(told, page.title)}
        onOpen={(field) => onOpen({ row: keyParts(field).row ?? 1, field, judged: true })}
      />
      <Box as="p" className="row-count" live="polite">{countWords(rows.length, todo.length)}</Box>
      <Box as="ul" className="row-list" label={title}>
        {shown.map((row) => (
          <RowCard
            key={row.row} id={cardId(role, row.row)} label={row.label} name={row.name}
            number={row.number.masked} {...countsOf(row)}
            onOpen={() => onOpen({ row: row.row })}
            onRemove={rows.length > list.min ? () => setRemoving(row) : undefined}
          />
        ))}
      </Box>
      {pager}
      {left > 0
        ? <Button kind="secondary" onTap={onAdd}>加一位</Button>
        : <Box as="p" className="muted">{`已经加满 ${list.max} 位。`}</Box>}
      {list.max > TABLE_FROM_ROWS && <ByTable id={`${role}-import`} onImport={onImport} />}
      {removing && (
        <Confirm
          title={`删除${rowName(removing)}？`}
          text="这一位填的内容和照片都会删掉，排在后面的人往前移。"
          yes="删除" no="不删" danger
          onYes={() => remove(removing)} onNo={() => setRemoving(undefined)}
        />
      )}
    </Page>
  )
}

function ByTable({ id, onImport }: { id: string; onImport: () => void }) {
  return (
    <Box className="row-table">
      <Card title="人多的，用表格更快">
        <Box as="p" className="import-text">在电脑上填好表格，一次导入整份名单。</Box>
        <Button kind="secondary" icon="document" id={id} onTap={onImport}>
          导入名单（Excel 或 CSV）
        </Button>
      </Card>
    </Box>
  )
}

function countWords(count: number, todo: number): string {
  return todo > 0 ? `共 ${count} 位，${todo} 位还没填好。` : `共 ${count} 位，都填好了。`
}

function countsOf({ problems }: Row): { missing: number; wrong: number } {
  const missing = problems.filter(({ code }) => code === 'EMPTY').length
  return { missing, wrong: problems.length - missing }
}
