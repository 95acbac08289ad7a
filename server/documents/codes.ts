/** 核验码 of a notice: made when it is first printed, and the same whenever it is printed again. */
import { openText, sealText, token, tokenHash } from '../crypto'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'

interface Notice {
  caseId: string
  /** of the document within its case */
  name: string
}

const placeOf = (id: string) =>
  ({ table: 'document_codes', column: 'verify_sealed', rowId: id })

/** Kept apart from the file, since a platform without a seal keeps no file. */
export async function codeOf(
  { db: { db }, keys, newId, now }: Platform,
  { caseId, name }: Notice,
): Promise<string> {
  const find = () => db.selectFrom('document_codes').select(['id', 'verify_sealed'])
    .where('case_id', '=', caseId).where('name', '=', name).executeTakeFirst()
  const before = await find()
  if (before) return openText(keys, placeOf(before.id), before.verify_sealed)
  const [id, code] = [newId(), token()]
  await db.insertInto('document_codes')
    .values({
      id, case_id: caseId, name, verify_hash: tokenHash(code),
      verify_sealed: sealText(keys, placeOf(id), code), made_at: now(),
    })
    .onConflict((conflict) => conflict.columns(['case_id', 'name']).doNothing()).execute()
  const kept = await find()
  if (!kept) throw new Error(`the code of ${name} of case ${caseId} is not there after it was kept`)
  // Somebody else was first, and theirs counts.
  return openText(keys, placeOf(kept.id), kept.verify_sealed)
}

/** By the hash of its code; the code itself is nowhere in the clear. */
export async function noticeByCode(db: Db, code: string): Promise<Notice | undefined> {
  const found = await db.selectFrom('document_codes').select(['case_id', 'name'])
    .where('verify_hash', '=', tokenHash(code)).executeTakeFirst()
  return found && { caseId: found.case_id, name: found.name }
}
