/** 草稿: the server's copy is the draft of record; whoever saved last on another device is told. */
import { isDeepStrictEqual } from 'node:util'
import type { Draft, DraftBody, DraftSaved } from '../../core/contract/draft'
import type { Topic } from '../../core/contract/topic'
import { Refused } from '../../core/refusal'
import { isOf, keyParts } from '../../core/rows'
import type { Citizen } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { openJson, sealJson } from '../crypto'
import type { Db, Tx } from '../db/pool'
import type { Platform } from '../platform'
import { loadTopic } from '../topics/service'
import {
  deleteDraft, draftRowsOf, type DraftRow, filedUnder, findDraft, givenRowsOf,
  lockDraft, saveDraft,
} from './store'

const KEPT_MS = 60 * 86_400_000

interface Owned {
  citizen: Pick<Citizen, 'id'>
  topicId: string
}

interface Whose extends Owned {
  citizen: Citizen
}

/** @throws {Refused} NOT_FOUND */
export async function readDraft(platform: Platform, whose: Whose): Promise<Draft> {
  const { db, now } = platform
  const key = { personId: whose.citizen.id, topicId: whose.topicId }
  const row = await findDraft(db.db, { ...key, now: now() })
  if (!row) throw new Refused('NOT_FOUND')
  await look(platform, { ...logged(platform, whose), what: '查看本人草稿' })
  const draft = bodyOf(platform, whose, row)
  return { topicId: whose.topicId, draft, ...savedOf(row) }
}

/** Which draft there is, by its request id. */
export async function draftIdOf(
  { db, now }: Platform,
  key: { personId: string; topicId: string },
): Promise<string | undefined> {
  return (await findDraft(db.db, { ...key, now: now() }))?.requestId
}

/**
 * @param basedOn  the revision the phone last saw; 0 for a first draft
 * @throws {Refused} DRAFT_CONFLICT with the other revision; REQUEST_REUSED if the request id
 * changed, with the case if it was filed elsewhere; NOT_FOUND for a topic or version never
 * published; MALFORMED for an unknown key
 */
export async function putDraft(
  platform: Platform,
  given: Whose & { draft: DraftBody; basedOn: number },
): Promise<DraftSaved> {
  const { citizen, topicId, draft, basedOn } = given
  await refuseUnfit(platform, topicId, draft)
  const savedAt = platform.now()
  const key = { personId: citizen.id, topicId }
  return platform.db.inTx(async (tx) => {
    const there = await lockDraft(tx, key)
    const current = there && there.keptUntil > savedAt ? there : undefined
    if (current && current.requestId !== draft.requestId) throw new Refused('REQUEST_REUSED')
    // The reply to the first try was lost: the phone sends the very same again.
    const repeated = current?.revision === basedOn + 1
      && isDeepStrictEqual(bodyOf(platform, given, current), draft)
    if (current && repeated) return savedOf(current)
    if ((current?.revision ?? 0) !== basedOn) {
      const caseId = current ? undefined : await filedUnder(tx, { ...key, ...draft })
      throw caseId ? new Refused('REQUEST_REUSED', { caseId }) : conflict(current)
    }
    const row = sealedRow(platform, given, { draft, revision: basedOn + 1 })
    if (!(await saveDraft(tx, { ...key, ...row }))) throw conflict(await lockDraft(tx, key))
    await record(tx, { ...logged(platform, given), what: '保存本人草稿' })
    return savedOf(row)
  })
}

/**
 * What was filled in at the window becomes the citizen's own. It takes the place of the draft it
 * began with, unless that one was saved again since, and of no other.
 * @param takenUpAt  when the window took that draft up; absent: it began with none
 * @throws {Refused} DRAFT_OF_THEIR_OWN
 */
export async function giveDraft(
  tx: Tx,
  platform: Platform,
  { takenUpAt, draft, ...whose }: Whose & { draft: DraftBody; takenUpAt: Date | undefined },
): Promise<DraftSaved> {
  const savedAt = platform.now()
  const key = { personId: whose.citizen.id, topicId: whose.topicId }
  const there = await lockDraft(tx, key)
  const current = there && there.keptUntil > savedAt ? there : undefined
  const isItsOwn = current?.requestId === draft.requestId && takenUpAt
    && current.savedAt <= takenUpAt
  if (current && !isItsOwn) throw new Refused('DRAFT_OF_THEIR_OWN')
  const row = sealedRow(platform, whose, { draft, revision: (current?.revision ?? 0) + 1 })
  if (!(await saveDraft(tx, { ...key, ...row }))) throw new Refused('DRAFT_OF_THEIR_OWN')
  return savedOf(row)
}

/**
 * What the window gave to somebody without an account goes along to the one they prove later; a
 * draft they have there already stays.
 */
export async function carryGiven(
  tx: Tx,
  platform: Platform,
  { from, to }: { from: string; to: string },
): Promise<void> {
  for (const { topicId, ...row } of await givenRowsOf(tx, from)) {
    const draft = bodyOf(platform, { citizen: { id: from }, topicId }, row)
    const sealed = sealJson(platform.keys, placeOf({ citizen: { id: to }, topicId }), draft)
    const key = { personId: to, topicId }
    if (!(await lockDraft(tx, key))) await saveDraft(tx, { ...key, ...row, sealed })
  }
}

/** Every draft somebody has; the caller leaves the row of the access log. */
export async function draftsOf(db: Db, platform: Platform, citizen: Citizen): Promise<Draft[]> {
  const rows = await draftRowsOf(db, { personId: citizen.id, now: platform.now() })
  return rows.map(({ topicId, ...row }) => ({
    topicId, draft: bodyOf(platform, { citizen, topicId }, row), ...savedOf(row),
  }))
}

/** Forgets a draft; none is fine. */
export async function dropDraft(platform: Platform, whose: Whose): Promise<void> {
  await platform.db.inTx(async (tx) => {
    await deleteDraft(tx, { personId: whose.citizen.id, topicId: whose.topicId })
    await record(tx, { ...logged(platform, whose), what: '删除本人草稿' })
  })
}

/** @throws {Refused} NOT_FOUND for a topic or version never published; MALFORMED */
export async function refuseUnfit(
  platform: Platform,
  topicId: string,
  draft: DraftBody,
): Promise<void> {
  refuseUnknownKeys(await loadTopic(platform, { id: topicId, version: draft.topicVersion }), draft)
}

/** Only what this topic asks is kept: no field of ours, none of another topic (S25). */
function refuseUnknownKeys(topic: Topic, draft: DraftBody): void {
  const keys = {
    answers: new Set(topic.questions.map(({ id }) => id)),
    form: new Set(topic.fields.map(({ key }) => key)),
    materials: new Set(topic.materials.map(({ key }) => key)),
  }
  const isKnown = {
    answers: (key: string) => keys.answers.has(key),
    form: (key: string) => keys.form.has(keyParts(key).key) && isOf(topic, keyParts(key).key, key),
    materials: (key: string) =>
      keys.materials.has(keyParts(key).key) && isOf(topic, keyParts(key).key, key),
  }
  for (const part of ['answers', 'form', 'materials'] as const) {
    const unknown = Object.keys(draft[part]).find((key) => !isKnown[part](key))
    if (unknown !== undefined) {
      throw new Refused('MALFORMED', { field: `draft.${part}.${unknown}`, problem: 'unknown' })
    }
  }
}

function sealedRow(
  platform: Platform,
  whose: Owned,
  { draft, revision }: { draft: DraftBody; revision: number },
): DraftRow {
  const savedAt = platform.now()
  return {
    revision, savedAt, requestId: draft.requestId,
    sealed: sealJson(platform.keys, placeOf(whose), draft),
    keptUntil: new Date(savedAt.getTime() + KEPT_MS),
  }
}

function conflict(there: DraftRow | undefined): Refused {
  return new Refused('DRAFT_CONFLICT', {
    revision: there?.revision ?? 0,
    savedAt: there?.savedAt.toISOString() ?? null,
  })
}

function bodyOf({ keys }: Platform, whose: Owned, { sealed }: DraftRow): DraftBody {
  // Sealed by putDraft from a checked body.
  return openJson(keys, placeOf(whose), sealed) as DraftBody
}

function placeOf({ citizen, topicId }: Owned) {
  return { table: 'drafts', column: 'body_sealed', rowId: `${citizen.id}/${topicId}` }
}

function savedOf({ revision, savedAt, keptUntil }: DraftRow): DraftSaved {
  return { revision, savedAt: savedAt.toISOString(), keptUntil: keptUntil.toISOString() }
}

function logged({ now }: Platform, { citizen, topicId }: Whose) {
  const why = '本人操作'
  return { at: now(), by: citizen, personId: citizen.id, object: `draft:${topicId}`, why }
}
