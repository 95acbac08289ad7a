/**
 * 名单: a role that is many people (staff, shareholders, heirs). A topic speaks of `employee.name`;
 * the form holds `employee.1.name`, `employee.2.name` … One row exists for each number up to the
 * highest in the form, and never fewer than the role asks for.
 */
import type { Topic } from './contract/topic'

type Values = Readonly<Record<string, string>>
type Role = Topic['roles'][number]

/** No list is longer: a role's own `many.max` is at most this. */
export const MOST_ROWS = 100

/** `employee.name` of row 2 → `employee.2.name`. */
export function rowKey(key: string, row: number): string {
  const [role = '', name = ''] = key.split('.')
  return `${role}.${row}.${name}`
}

/** A key of a form taken apart: the topic's key, and the row if it is of a list. */
export function keyParts(key: string): { key: string; role: string; row: number | undefined } {
  const [role = '', second = '', third] = key.split('.')
  if (third === undefined) return { key, role, row: undefined }
  return { key: `${role}.${third}`, role, row: Number(second) }
}

/** True if a key of a form is this key of the topic: with a row if, and only if, it is a list. */
export function isOf({ roles }: Topic, key: string, ofForm: string): boolean {
  const parts = keyParts(ofForm)
  if (parts.key !== key) return false
  const most = roles.find(({ id }) => id === parts.role)?.many?.max
  return most === undefined ? parts.row === undefined : parts.row !== undefined && parts.row <= most
}

/** Every key of the form that is the same field of another row, itself included, in row order. */
export function rowsOfKey(key: string, form: Values): string[] {
  const wanted = keyParts(key).key
  // Asked for each row of a list: looking up every row beats reading every key.
  return Array.from({ length: MOST_ROWS }, (_, n) => rowKey(wanted, n + 1))
    .filter((one) => form[one] !== undefined)
}

/** How many rows of a list there are: as many as were begun, at least what the role asks for. */
export function rowCount({ id, many }: Role, form: Values): number {
  if (!many) return 1
  const start = `${id}.`
  let most = many.min
  for (const key of Object.keys(form)) {
    if (key.startsWith(start)) most = Math.max(most, keyParts(key).row ?? 0)
  }
  return Math.min(many.max, most)
}

/** The values without one row; the rows behind it move up. Also for materials by key. */
export function withoutRow<T>(
  values: Readonly<Record<string, T>>,
  role: string,
  row: number,
): Record<string, T> {
  return Object.fromEntries(Object.entries(values).flatMap(([key, value]) => {
    const parts = keyParts(key)
    if (parts.role !== role || parts.row === undefined || parts.row < row) return [[key, value]]
    return parts.row === row ? [] : [[rowKey(parts.key, parts.row - 1), value]]
  }))
}

/** The undoing of `withoutRow`: rows from `row` on move down and the row's own values come back. */
export function withRow<T>(
  values: Readonly<Record<string, T>>,
  own: Readonly<Record<string, T>>,
  at: { role: string; row: number },
): Record<string, T> {
  const moved = Object.entries(values).map(([key, value]): [string, T] => {
    const parts = keyParts(key)
    const behind = parts.role === at.role && parts.row !== undefined && parts.row >= at.row
    return [behind ? rowKey(parts.key, (parts.row ?? 0) + 1) : key, value]
  })
  return { ...Object.fromEntries(moved), ...own }
}

/** What of the values belongs to one row. */
export function ofRow<T>(
  values: Readonly<Record<string, T>>,
  { role, row }: { role: string; row: number },
): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => {
    const parts = keyParts(key)
    return parts.role === role && parts.row === row
  }))
}
