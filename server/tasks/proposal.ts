/** What the first of two people proposes for a task; sealed, for it may hold data of the result. */
import { type KeyRing, openJson, sealJson } from '../crypto'
import type { Extension } from '../../core/task'
import type { TaskRow } from '../cases/view'

export interface Proposal {
  propose: 'approve' | 'reject' | 'extend'
  gives?: Record<string, string>
  number?: string
  reason?: string
  extension?: Extension
}

type Kept = Pick<TaskRow, 'case_id' | 'n' | 'proposal_sealed'>

export function sealProposal(keys: KeyRing, task: Kept, proposal: Proposal): Buffer {
  return sealJson(keys, placeOf(task), proposal)
}

export function openProposal(keys: KeyRing, task: Kept): Proposal | undefined {
  if (!task.proposal_sealed) return undefined
  return openJson(keys, placeOf(task), task.proposal_sealed) as Proposal // sealProposal wrote it
}

function placeOf({ case_id, n }: Kept) {
  return { table: 'tasks', column: 'proposal_sealed', rowId: `${case_id}.${n}` }
}
