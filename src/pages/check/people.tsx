import type { Region } from '@core/contract/home'
import { type PersonAnswers, RowAnswers } from '@/components/row-answers'
import type { Filling } from '@/stores/filling'
import { rowWords, rowsOf } from '@/stores/rows'
import { type Place, shownValue } from './groups'

interface Showing {
  regions: readonly Region[]
  bare: boolean
  open: (place: Place) => void
}

/** A list of the form, to look over: its title with the count, and a line a person. */
export function peopleOf(filling: Filling, role: string, { regions, bare, open }: Showing) {
  const { plan, draft, topic } = filling
  const people = rowsOf(filling, role).map((row): PersonAnswers => {
    const own = plan.form.filter((field) =>
      field.role === role && field.row === row.row && field.certain)
    return {
      label: row.label,
      name: row.name,
      number: bare ? row.number.bare : row.number.masked,
      todo: rowWords(row),
      rows: own.map((field) => ({
        term: field.label,
        value: shownValue(field, draft.body.form[field.key] ?? '', { regions, bare }),
        onChange: () => open({ page: 'form', at: field.key }),
      })),
      onChange: () => open({ page: 'form', at: row.problems[0]?.field ?? own[0]?.key ?? '' }),
    }
  })
  const label = topic.roles.find(({ id }) => id === role)?.label ?? ''
  return {
    title: `${label}（${people.length} 人）`,
    children: <RowAnswers id={`${role}-people`} people={people} />,
  }
}
