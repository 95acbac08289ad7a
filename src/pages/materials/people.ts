import type { PlannedMaterial } from '@core/materials'
import { useEffect, useState } from 'react'
import { focusOn } from '@/platform/focus'
import { type Filling, materialProblems } from '@/stores/filling'
import { rowName, rowsOf } from '@/stores/rows'

/** More people than these begin folded. */
const OPEN_AT_FIRST = 3

export interface PersonPapers {
  id: string
  /** 员工 3（阿依努尔·样例） */
  name: string
  /** how many are still missing */
  left: number
  wanted: readonly PlannedMaterial[]
}

const idOf = ({ role, row }: PlannedMaterial) => `${role}-${row}-papers`

/** The materials of lists, person by person, and whose are unfolded. */
export function usePeople(filling: Filling, field: string | undefined) {
  const groups = groupsOf(filling)
  const groupOf = (key: string) =>
    groups.find(({ wanted }) => wanted.some((material) => material.key === key))?.id
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([
    ...groups.slice(0, groups.length > OPEN_AT_FIRST ? 0 : groups.length).map(({ id }) => id),
    groupOf(field ?? '') ?? '',
  ]))
  const placeOf = (id: string | undefined) => Math.max(0, groups.findIndex((one) => one.id === id))
  const [begin, setBegin] = useState(() => ({ at: placeOf(groupOf(field ?? '')), turn: 0 }))
  const show = (key: string) => {
    const id = groupOf(key)
    if (id) {
      setOpen((now) => new Set([...now, id]))
      setBegin(({ turn }) => ({ at: placeOf(id), turn: turn + 1 }))
    }
    setTimeout(() => focusOn(key))
  }
  useEffect(() => {
    if (field) setTimeout(() => focusOn(field), 300)
  }, [field])
  return {
    groups,
    /** which of them to show first; a new turn is a new wish */
    begin,
    show,
    isOpen: (id: string) => open.has(id),
    turn: (id: string) => {
      const next = new Set(open)
      if (!next.delete(id)) next.add(id)
      setOpen(next)
    },
  }
}

function groupsOf(filling: Filling): PersonPapers[] {
  const ofRows = filling.wanted.filter(({ row }) => row !== undefined)
  const missing = new Set(materialProblems(filling).map(({ field }) => field))
  const roles = [...new Set(ofRows.map(({ role }) => role))]
  return roles.flatMap((role) => rowsOf(filling, role).flatMap((person): PersonPapers[] => {
    const wanted = ofRows.filter((one) => one.role === role && one.row === person.row)
    const [first] = wanted
    if (!first) return []
    const left = wanted.filter(({ key }) => missing.has(key)).length
    return [{ id: idOf(first), name: rowName(person), left, wanted }]
  }))
}
