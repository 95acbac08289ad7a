import type { Selectable } from 'kysely'
import type { Db } from '../db/pool'
import type { Results } from '../db/schema'

export interface NewResult {
  id: string
  caseId: string
  n: number
  name: string
  number: string
  verifyHash: Buffer
  verifySealed: Buffer
  valuesSealed: Buffer
  at: Date
}

export type ResultRow = Selectable<Results>

export async function addResults(db: Db, results: readonly NewResult[]): Promise<void> {
  if (results.length === 0) return
  await db.insertInto('results').values(results.map((one) => ({
    id: one.id, case_id: one.caseId, n: one.n, name: one.name, number: one.number,
    verify_hash: one.verifyHash, verify_sealed: one.verifySealed, values_sealed: one.valuesSealed,
    issued_at: one.at,
  }))).execute()
}

export function resultsOf(db: Db, caseId: string): Promise<ResultRow[]> {
  return db.selectFrom('results').selectAll().where('case_id', '=', caseId).orderBy('n').execute()
}

/** A result with the case and task it ended. */
function results(db: Db) {
  return db.selectFrom('results as r')
    .innerJoin('cases as c', 'c.id', 'r.case_id')
    .innerJoin('tasks as t', (join) =>
      join.onRef('t.case_id', '=', 'r.case_id').onRef('t.n', '=', 'r.n'))
    // Those from before certificates were kept have none.
    .leftJoin('certificates as e', 'e.result_id', 'r.id')
    .selectAll('r')
    .select([
      'c.applicant_id', 'c.region_code', 'c.topic_id', 'c.topic_version', 'c.content_sealed',
      't.item_id', 't.department_id', 't.region_code as task_region',
      'e.identifier', 'e.type_code', 'e.issuer_code', 'e.holder_sealed', 'e.valid_from',
      'e.valid_to', 'e.revoked_at', 'e.revoked_why',
    ])
}

export function findResult(db: Db, id: string) {
  return results(db).where('r.id', '=', id).executeTakeFirst()
}

/** What the approval of a task issued. */
export function findResultOf(db: Db, { caseId, n }: { caseId: string; n: number }) {
  return results(db).where('r.case_id', '=', caseId).where('r.n', '=', n).executeTakeFirst()
}

/** By the hash of its verification code; the code itself is nowhere in the clear. */
export function findByVerifyHash(db: Db, hash: Buffer) {
  return results(db).where('r.verify_hash', '=', hash).executeTakeFirst()
}
