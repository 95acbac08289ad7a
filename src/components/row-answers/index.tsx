/** A list to look over: a line a person, everything of one at a tap. */
import { useState } from 'react'
import type { AnswerRow } from '@/components/answer-list'
import { Box, Tap, Words } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Facts } from '@/ui/card'
import { Icon } from '@/ui/icon'
import { usePaging } from '@/ui/paging'
import './index.scss'

const SHOWN_AT_FIRST = 5

export interface PersonAnswers {
  /** 员工 3 */
  label: string
  name: string
  number: string
  /** 还差 2 项; '' when all is well */
  todo: string
  rows: readonly AnswerRow[]
  onChange: () => void
}

export function RowAnswers({ id, people }: { id: string; people: readonly PersonAnswers[] }) {
  const [all, setAll] = useState(people.length <= SHOWN_AT_FIRST)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const turn = (label: string) => {
    const next = new Set(open)
    if (!next.delete(label)) next.add(label)
    setOpen(next)
  }
  const { shown, pager } = usePaging(all ? people : people.slice(0, SHOWN_AT_FIRST))
  return (
    <>
      <Box as="ul" className="people" id={id}>
        {shown.map((person) => (
          <Person
            key={person.label} person={person} open={open.has(person.label)}
            onTurn={() => turn(person.label)}
          />
        ))}
      </Box>
      {pager}
      {!all && (
        <Button kind="secondary" compact onTap={() => setAll(true)}>
          {`看全部 ${people.length} 人`}
        </Button>
      )}
    </>
  )
}

function Person({ person, open, onTurn }: {
  person: PersonAnswers
  open: boolean
  onTurn: () => void
}) {
  const { label, name, number, todo, rows, onChange } = person
  return (
    <Box as="li" className="person">
      <Box className="person-line">
        <Tap className="person-open" expanded={open} onTap={onTurn}>
          <Icon name={open ? 'down' : 'next'} className="muted" />
          <Words className="person-who">
            <Words>{`${label} ${name || '还没填姓名'}`}</Words>
            {number !== '' && <Words className="person-note">{number}</Words>}
            {todo !== '' && <Words className="person-todo">{todo}</Words>}
          </Words>
        </Tap>
        <LinkButton label={`修改${label} ${name}`} onTap={onChange}>修改</LinkButton>
      </Box>
      {open && (
        <Facts
          facts={rows.map(({ term, value, onChange: change }) => ({
            term,
            value,
            action: change && (
              <LinkButton label={`修改${label}：${term}`} onTap={change}>修改</LinkButton>
            ),
          }))}
        />
      )}
    </Box>
  )
}
