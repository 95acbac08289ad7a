/** Drafts of the catalogue: opened, written, passed on; every step audited. */
import { shanghaiTime } from '../../core/clock'
import type { DraftActionBody, OpenDraft, SaveDraft } from '../../core/contract/editing'
import {
  type Changes, NO_CHANGES, type StepOf, actOnDraft, isUnchanged, mergeChanges, realChanges,
} from '../../core/editing'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { isFirst } from '../cases/request'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { refreshCatalogue } from '../topics/current'
import { findSources } from '../topics/store'
import { checkReady, publish } from './publish'
import { checkMine, leads, mayEdit } from './rights'
import { readChanges } from './shape'
import { type DraftRow, addDraft, addStep, lockDraft, openDrafts, saveDraftRow } from './store'
import { currentParts } from './versions'
import { baseOf, mayDiscard, peopleOf, roleOf } from './view'

const WHAT: Record<StepOf, string> = {
  open: '开始修订目录', save: '修改目录修订稿', rebase: '更新修订稿底稿', submit: '提交目录修订稿',
  withdraw: '撤回目录修订稿', discard: '放弃目录修订稿', approve: '审核目录修订稿',
  return: '退回目录修订稿', publish: '发布目录新版本',
}

export interface Step {
  by: StaffMember
  at: Date
}

async function leave(
  tx: Tx,
  row: Pick<DraftRow, 'id' | 'topic_id'>,
  { by, at, event, note }: Step & { event: StepOf; note?: string | undefined },
): Promise<void> {
  await addStep(tx, { id: row.id, at, by, event, note })
  await record(tx, {
    at, by, personId: null, what: WHAT[event], object: `catalogue:${row.topic_id}`, why: '目录管理',
  })
}

/**
 * The draft that is open for a topic, or a new one; with `from`, one that goes back to an old
 * version's content.
 * @returns its id
 * @throws {Refused} NOT_FOUND, NOT_ALLOWED, ACTION_NOT_ALLOWED, NOTHING_CHANGED, REQUEST_REUSED
 */
export async function openDraft(
  platform: Platform,
  { by, body }: { by: StaffMember; body: OpenDraft },
): Promise<string> {
  await refreshCatalogue(platform)
  const { topicId, from, requestId } = body
  const { topic } = currentParts(platform, topicId)
  if (from !== undefined && !leads(by, topic)) throw new Refused('NOT_ALLOWED')
  return platform.db.inTx(async (tx) => {
    const there = async () =>
      (await openDrafts(tx)).find(({ topic_id }) => topic_id === topicId)?.id
    const first = await isFirst(tx, platform, { by, requestId, request: { draft: body } })
    const open = await there()
    if (open && (from === undefined || !first)) return open
    if (open) throw new Refused('ACTION_NOT_ALLOWED', { state: 'draft' })
    const at = platform.now()
    const row: DraftRow = {
      id: platform.newId(), topic_id: topicId, base_version: topic.version,
      from_version: from ?? null, revision: 1, state: 'draft',
      changes: from === undefined
        ? NO_CHANGES : await changesBack(tx, platform, { by, topicId, from }),
      editors: [by.id], saved_by: by.name, saved_at: at, created_at: at,
      approved_by: null, published_by: null, published_version: null,
    }
    if (!await addDraft(tx, row)) return await there() ?? row.id
    await leave(tx, row, { by, at, event: 'open' })
    return row.id
  })
}

/** What has to be written to say again what a version said; what other topics share stays. */
async function changesBack(
  tx: Tx,
  platform: Platform,
  { by, topicId, from }: { by: StaffMember; topicId: string; from: number },
): Promise<Changes> {
  const then = await findSources(tx, { id: topicId, version: from })
  if (!then) throw new Refused('NOT_FOUND')
  const own = mayEdit(platform.catalogue.files, by, then)
  const changes = realChanges(currentParts(platform, topicId), {
    ...then,
    elements: then.elements.filter(({ id }) => own.elements.includes(id)),
    materials: then.materials.filter(({ id }) => own.materials.includes(id)),
  })
  if (isUnchanged(changes)) throw new Refused('NOTHING_CHANGED')
  return changes
}

/** Nobody writes over what they have not seen. @throws {Refused} EDITED_MEANWHILE, NOT_FOUND */
async function lockSeen(tx: Tx, id: string, revision: number): Promise<DraftRow> {
  const row = await lockDraft(tx, id)
  if (!row) throw new Refused('NOT_FOUND')
  if (row.revision === revision) return row
  const at = row.saved_at.toISOString()
  throw new Refused('EDITED_MEANWHILE', {
    by: row.saved_by, at, time: shanghaiTime(at), state: row.state, revision: row.revision,
  })
}

/**
 * Whole records in place of those of the same id.
 * @throws {Refused} FORM_PROBLEMS, NOT_ALLOWED, EDITED_MEANWHILE, ACTION_NOT_ALLOWED
 */
export async function saveDraft(
  platform: Platform,
  { id, by, body }: { id: string; by: StaffMember; body: SaveDraft },
): Promise<void> {
  const given = readChanges(body)
  await platform.db.inTx(async (tx) => {
    const request = { draft: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockSeen(tx, id, body.revision)
    actOnDraft(peopleOf(row), 'save', { role: roleOf(by), id: by.id })
    const base = await baseOf(tx, platform, row)
    checkMine(platform.catalogue.files, by, { base: base.topic, given })
    const at = platform.now()
    await saveDraftRow(tx, {
      ...row, changes: realChanges(base, mergeChanges(row.changes, given)),
      editors: [...new Set([...row.editors, by.id])],
      revision: row.revision + 1, saved_by: by.name, saved_at: at,
    })
    await leave(tx, row, { by, at, event: 'save' })
  })
}

/**
 * One step of the draft's life.
 * @throws {Refused} EDITED_MEANWHILE, ACTION_NOT_ALLOWED, SAME_PERSON, NOT_ALLOWED, DRAFT_FAULTY,
 *   BASE_MOVED, NOTHING_CHANGED, REASON_REQUIRED
 */
export async function actOnCatalogue(
  platform: Platform,
  { id, by, body }: { id: string; by: StaffMember; body: DraftActionBody },
): Promise<void> {
  await refreshCatalogue(platform)
  await platform.db.inTx(async (tx) => {
    const request = { draft: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockSeen(tx, id, body.revision)
    const step = { by, at: platform.now() }
    const state = actOnDraft(peopleOf(row), body.do, { role: roleOf(by), id: by.id })
    const next: DraftRow = {
      ...row, state, revision: row.revision + 1, saved_by: by.name, saved_at: step.at,
      approved_by: state === 'draft' || state === 'submitted' ? null : row.approved_by,
    }
    const done = await effects(tx, platform, { row: next, step, body })
    await saveDraftRow(tx, done)
    const note = body.do === 'return' ? body.note : undefined
    await leave(tx, row, { ...step, event: body.do, note })
  })
  if (body.do === 'publish') await refreshCatalogue(platform)
}

interface Doing {
  row: DraftRow
  step: Step
  body: DraftActionBody
}

async function effects(tx: Tx, platform: Platform, { row, step, body }: Doing): Promise<DraftRow> {
  const { by } = step
  switch (body.do) {
    case 'submit':
      await checkReady(platform, row)
      return row
    case 'approve':
      await checkReady(platform, row)
      return { ...row, approved_by: by.id }
    case 'publish': {
      const version = await publish(tx, platform, { row, at: step.at })
      return { ...row, published_by: by.id, published_version: version }
    }
    case 'rebase': {
      const current = currentParts(platform, row.topic_id)
      return {
        ...row, base_version: current.topic.version, changes: realChanges(current, row.changes),
        editors: [...new Set([...row.editors, by.id])],
      }
    }
    case 'return':
      said(body.note)
      return row
    case 'discard': {
      const { topic } = currentParts(platform, row.topic_id)
      if (!mayDiscard(by, row, leads(by, topic))) throw new Refused('NOT_ALLOWED')
      return row
    }
    case 'withdraw':
      return row
  }
}
