import { keyParts } from '@core/rows'
import { useEffect, useRef, useState } from 'react'
import { SaveFooter } from '@/components/save-state'
import { focusOn } from '@/platform/focus'
import { resolveConflict } from '@/stores/drafts'
import { type Brought, type Filling, formProblems } from '@/stores/filling'
import { countRows, rowPages } from '@/stores/rows'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { Fields, useFieldFocus } from './fields'
import { useTries } from './tries'

const TOP = 'row-top'

/** The row that is open, and how one came to it. */
export interface OpenRow {
  row: number
  /** to begin in */
  field?: string
  /** from the list's own problems: they are shown at once */
  judged?: boolean
  /** came from elsewhere to change this row alone: then straight back there */
  direct?: boolean
}

interface RowViewProps {
  filling: Filling
  role: string
  open: OpenRow
  /** may another row follow */
  roomLeft: boolean
  brought: Brought
  /** which of its screens */
  part: number
  onPart: (part: number) => void
  /** to the step before */
  onBack: () => void
  onClose: () => void
  onAnother: () => void
}

/** One person of a list, a few inputs a screen. */
export function RowView(props: RowViewProps) {
  const { filling, role, open, roomLeft, brought, onPart, onBack, onClose, onAnother } = props
  const { row, field, judged, direct } = open
  const parts = rowPages(filling, { role, row })
  const at = Math.min(props.part, parts.length - 1)
  const part = parts[at]
  const keys = part?.fields.map(({ key }) => key) ?? []
  const [first] = useState(() => (judged ? formProblems(filling, keys) : []))
  const { problems, tries, passes, forget } = useTries(filling, first)
  useFieldFocus(field)
  const shown = useRef(at)
  useEffect(() => {
    if (shown.current === at) return
    shown.current = at
    forget()
    setTimeout(() => focusOn(TOP))
  }, [at, forget])
  if (!part) return null
  const last = at >= parts.length - 1
  const count = countRows(filling, role)
  const done = () => passes(parts.flatMap(({ fields }) => fields.map(({ key }) => key)))
  const go = () => {
    if (!passes(keys)) return
    if (direct || last) onClose()
    else onPart(at + 1)
  }
  return (
    <Page
      title={part.title}
      wrong={problems.length > 0}
      onBack={direct ? onClose : onBack}
      footer={(
        <SaveFooter
          draft={filling.draft} back={Boolean(direct)} go={last && !direct ? '这一位填好了' : undefined}
          onGo={go} onResolve={(keep) => void resolveConflict(filling.topic.id, keep)}
        />
      )}
    >
      <Box id={TOP} className="row-place" focusable>
        <Box as="p" className="steps-text">{`名单第 ${row} 位，共 ${count} 位`}</Box>
      </Box>
      <ErrorSummary key={tries} problems={[...problems]} />
      <Fields filling={filling} keys={keys} problems={problems} brought={brought} />
      {last && !direct && roomLeft && keyParts(keys[0] ?? '').row === count && (
        <Button
          kind="secondary"
          onTap={() => {
            if (done()) onAnother()
          }}
        >
          填好了，再加一位
        </Button>
      )}
    </Page>
  )
}
