/**
 * Whose rows the work under way may see. A member of staff's request carries the regions they act
 * in; PostgreSQL's row-level policies (0017_rows.sql) then keep every other county's rows from any
 * query of it, also from one that forgot its where clause. The pool tells each connection.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

/** What the policies read: a list of regions, or one of the words below. */
export type Scope = string

/** Jobs, clocks, and citizens, whose own rows are told apart by owner. */
export const ALL_ROWS: Scope = 'all'
/** Who handles no case. */
export const NO_ROWS: Scope = 'none'

const scopes = new AsyncLocalStorage<Scope>()

export const ofRegions = (regions: readonly string[]): Scope => regions.join(',')

/** Does `work`, and all it waits for, with the rows of `scope` only. */
export function within<T>(scope: Scope, work: () => T): T {
  return scopes.run(scope, work)
}

/** Outside any request the house works for itself. */
export const currentScope = (): Scope => scopes.getStore() ?? ALL_ROWS
