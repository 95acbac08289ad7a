/** What citizen and window may do with a case: one action, one transaction, one whole view. */
import type { CaseActionBody, CaseView } from '../../core/contract/case'
import { correctionDeadline, shanghaiDate } from '../../core/clock'
import { caseDuty, hasDuty } from '../../core/duty'
import { actOnCase as mayMoveCase } from '../../core/case'
import { answerCorrection, mergeAsks, outsideNotice, unanswerable } from '../../core/correction'
import { handoverProblems } from '../../core/handover'
import { type AskedPart } from '../../core/history'
import { makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import { TASK_ENDED } from '../../core/task'
import type { Actor } from '../actor'
import type { Tx } from '../db/pool'
import { urgeJob } from '../departments/jobs'
import type { Platform } from '../platform'
import { isStaff } from '../route'
import { signaturesAgain } from '../signings/again'
import { closeSigning } from '../signings/store'
import {
  type Docket, SYSTEM, note, openDocket, saveDocket, tell, tellProgress,
} from './docket'
import {
  acceptCase, cancelTask, moveCase, moveTask, restartClock, send, settleIfDone, startReady,
} from './moves'
import { refuseOwnCase } from './own'
import { viewCase } from './read'
import { isFirst } from './request'
import { formProblems } from './filled'
import { certificateProblems, photoIds, photoProblems, photoRows, readyPhotos } from './supplies'
import { withTaker } from './taken'
import { topicOf } from './topic'
import { type Correcting, correctionOf, planOf, stateOf, taskStateOf } from './view'

type Body<Name extends CaseActionBody['do']> = Extract<CaseActionBody, { do: Name }>

/**
 * @throws {Refused} NOT_FOUND, REQUEST_REUSED, NOT_ALLOWED without the duty, OWN_CASE,
 * ACTION_NOT_ALLOWED or TAKEN, and what each action says
 */
export async function actOnCase(
  platform: Platform,
  { caseId, by, body }: { caseId: string; by: Actor; body: CaseActionBody },
): Promise<CaseView> {
  if (body.do === 'resubmit') await checkCertificates(platform, caseId, body)
  await platform.db.inTx(async (tx) => {
    const request = { caseId, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const docket = await openDocket(tx, { platform, caseId, by })
    if (!docket) throw new Refused('NOT_FOUND')
    await refuseOwnCase(docket, by)
    await withTaker(docket, { by, itemId: null }, () => perform(docket, by, body))
    await saveDocket(docket, by, WHAT[body.do])
  })
  return viewCase(platform, { caseId, after: 0, reader: by })
}

const WHAT: Record<CaseActionBody['do'], string> = {
  withdraw: '撤回申请', 'confirm-receipt': '领取结果', accept: '受理', dispatch: '分派',
  'hand-over': '统一出件', urge: '督促', refuse: '不予受理', return: '一次告知补正',
  resubmit: '提交补正', 'choose-handover': '选择领取方式',
}

async function perform(docket: Docket, by: Actor, body: CaseActionBody): Promise<void> {
  if (isStaff(by) && body.do !== 'choose-handover' && !hasDuty(by.duties, caseDuty(body.do))) {
    throw new Refused('NOT_ALLOWED')
  }
  switch (body.do) {
    case 'accept': return acceptCase(docket, 'accept', docket.hand)
    case 'dispatch':
      moveCase(docket, 'dispatch')
      return startReady(docket)
    case 'refuse': return refuse(docket, body)
    case 'return': return giveBack(docket, body)
    case 'resubmit': return resubmit(docket, body)
    case 'urge': return urge(docket, body)
    case 'withdraw': return withdraw(docket)
    case 'hand-over': return handOver(docket, body)
    case 'confirm-receipt':
      if (docket.row.handover !== 'electronic') throw new Refused('ACTION_NOT_ALLOWED')
      return moveCase(docket, 'confirm-receipt')
    case 'choose-handover': return chooseHandover(docket, body)
  }
}

function handOver(docket: Docket, { taking }: Body<'hand-over'>): void {
  moveCase(docket, 'hand-over')
  if (taking) {
    docket.content.taking = { ...taking, name: said(taking.name) }
    docket.fresh.content = true
  }
  tellProgress(docket, '已出件', `您的办件（编号 ${docket.row.number}）已统一出件${
    docket.names.asksRating ? '，请评价' : ''}。`)
}

function refuse(docket: Docket, { reason, remedy }: Body<'refuse'>): void {
  moveCase(docket, 'refuse', { reason: said(reason), remedy: said(remedy) })
  tell(docket, '不予受理', `您的办件（编号 ${docket.row.number}）不予受理，请查看理由和救济途径。`)
}

/** @throws {Refused} REASON_REQUIRED: blanks are no reason */
export function said(text: string): string {
  const plain = text.trim()
  if (plain === '') throw new Refused('REASON_REQUIRED')
  return plain
}

/**
 * The consolidated round: what the window asks and what departments have asked, each part once.
 * Outside the notice, or a second time, only with a logged legal reason (行政许可法 §32).
 */
function giveBack(docket: Docket, { asks, override }: Body<'return'>): void {
  const { row, tasks, plan, topic, at } = docket
  mayMoveCase(stateOf(row), 'return', 'window') // a colleague may have been faster
  const asking = row.state === 'handling' ? tasks.filter(({ state }) => state === 'asking') : []
  const merged = mergeAsks(asks.map(cleanAsk), ...asking.map((task) =>
    (task.asks ?? []) as AskedPart[])) // tasks/actions.ts writes them
  if (unanswerable(topic, merged).length > 0) throw new Refused('OUTSIDE_NOTICE')
  const beyond = outsideNotice(plan, merged)
  const needsReason = beyond.length > 0 || row.rounds > 0
  if (needsReason && !override?.trim()) {
    throw new Refused('OUTSIDE_NOTICE', { keys: beyond.map(({ key }) => key), rounds: row.rounds })
  }
  moveCase(docket, 'return', { asks: merged, ...(needsReason ? { override } : {}) })
  row.rounds += 1
  if (needsReason) {
    row.overrides += 1
    docket.fresh.audits.push({
      at, by: SYSTEM_ACTOR, personId: row.applicant_id, what: '告知单以外的补正',
      object: `case:${row.id}`, why: override ?? '', result: 'override',
    })
  }
  const correction: Correcting = {
    round: row.rounds, askedAt: at.toISOString(), asks: merged.map((ask) => ({ ...ask })),
    tasks: asking.map(({ n }) => n),
  }
  row.correction = correction
  tell(docket, '需要补正', `您的办件（编号 ${row.number}）有 ${merged.length} 处需要补正，请一次补齐。`)
}

const SYSTEM_ACTOR = { kind: 'system' } as const

function cleanAsk({ kind, key, reason, itemId }: AskedPart): AskedPart {
  return { kind, key, reason: said(reason), ...(itemId ? { itemId } : {}) }
}

async function resubmit(docket: Docket, body: Body<'resubmit'>): Promise<void> {
  const { row, content, topic, today, tx, tasks } = docket
  const correction = correctionOf(row)
  if (!correction) throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  const planFor = (form: Readonly<Record<string, string>>) =>
    makePlan(topic, { answers: content.answers, form })
  const { after, problems } = answerCorrection({
    topic, asks: correction.asks, before: content, given: body, planOf: planFor, today,
  })
  const ready = await readyPhotos(tx, { ownerId: row.applicant_id, ids: photoIds(body.materials) })
  const plan = planFor(after.form)
  const all = [...problems, ...photoProblems(body.materials, ready), ...otherItems(docket, plan)]
  if (all.length > 0) throw formProblems(all)
  const signatures = await signaturesAgain(tx, docket.platform, {
    row, topic, signatures: { ...content.signatures },
    before: { plan: docket.plan, form: content.form }, after: { plan, form: after.form },
  })
  await endSigning(docket)
  docket.content = {
    ...content, signatures, form: { ...after.form }, materials: { ...after.materials },
  }
  docket.plan = plan
  docket.fresh.content = true
  await replacePhotos(tx, row.id, body.materials)
  const before = stateOf(row)
  moveCase(docket, 'resubmit')
  row.correction = null
  if (before === 'returned') {
    row.accept_by = correctionDeadline(today, docket.platform.catalogue.calendar)
    return
  }
  for (const task of tasks) {
    if (task.state !== 'asking' || !correction.tasks.includes(task.n)) continue
    restartClock(docket, task)
    task.asks = null
    moveTask(docket, task, 'resume-corrected', { by: SYSTEM, dueOn: task.due_on ?? undefined })
    send(docket, task)
  }
  startReady(docket)
  settleIfDone(docket)
}

/** Whatever was asked to be signed again is in the case now, or not wanted any more. */
function endSigning({ tx, row, at }: Docket): Promise<void> {
  return closeSigning(tx, { applicantId: row.applicant_id, requestId: row.request_id, at })
}

/** A correction mends what was handed in; it must not turn the case into another one. */
function otherItems({ plan }: Docket, after: Docket['plan']) {
  const ids = (one: Docket['plan']) => one.items.map(({ item }) => item.id).join()
  return ids(plan) === ids(after) ? [] : [{
    field: 'items', code: 'RULE' as const,
    text: '这样改会改变要办的事项，请先撤回，再重新申请。',
  }]
}

async function replacePhotos(
  tx: Tx,
  caseId: string,
  materials: Body<'resubmit'>['materials'],
): Promise<void> {
  const keys = Object.keys(materials)
  if (keys.length === 0) return
  await tx.deleteFrom('case_materials').where('case_id', '=', caseId).where('key', 'in', keys)
    .execute()
  const rows = photoRows(materials)
  if (rows.length === 0) return
  await tx.insertInto('case_materials')
    .values(rows.map(({ key, id }) => ({ case_id: caseId, key, material_id: id }))).execute()
}

function urge(docket: Docket, { itemId, note: text, requestId }: Body<'urge'>): void {
  const { tasks, platform, row, at, fresh } = docket
  const task = tasks.find(({ item_id }) => item_id === itemId)
  if (!task || !task.started_at || TASK_ENDED.has(taskStateOf(task))) {
    throw new Refused('ACTION_NOT_ALLOWED', { itemId })
  }
  moveCase(docket, 'urge', { itemId, note: said(text) })
  if (platform.outside.departments.has(task.department_id)) {
    fresh.jobs.push(urgeJob(platform, { caseId: row.id, task, at }, requestId))
  }
}

async function withdraw(docket: Docket): Promise<void> {
  moveCase(docket, 'withdraw')
  await endSigning(docket)
  docket.row.correction = null
  for (const task of docket.tasks) {
    if (!TASK_ENDED.has(taskStateOf(task))) cancelTask(docket, task, '申请人已撤回')
  }
  tellProgress(docket, '已撤回', `您的办件（编号 ${docket.row.number}）已撤回。`)
}

function chooseHandover(docket: Docket, { handover, postTo }: Body<'choose-handover'>): void {
  const { row, content, fresh } = docket
  if (docket.hand.role !== 'citizen' || row.ended_at) {
    throw new Refused('ACTION_NOT_ALLOWED', { state: row.state })
  }
  const address = postTo?.trim() ?? content.postTo
  const problems = handoverProblems(handover, content.form, address)
  if (problems.length > 0) throw formProblems(problems)
  row.handover = handover
  if (handover === 'post' && address !== content.postTo) {
    content.postTo = address
    fresh.content = true
  }
  note(docket, { is: 'choose-handover', handover })
}

/** Before the transaction: nothing outside is called while a row is locked. */
async function checkCertificates(
  platform: Platform,
  caseId: string,
  { materials }: Body<'resubmit'>,
): Promise<void> {
  if (!Object.values(materials).some(({ by }) => by === 'certificate')) return
  const { db } = platform.db
  const found = await db.selectFrom('cases as c').innerJoin('people as p', 'p.id', 'c.applicant_id')
    .where('c.id', '=', caseId).selectAll('c').select(['p.name_sealed', 'p.id_sealed'])
    .executeTakeFirst()
  if (!found) throw new Refused('NOT_FOUND')
  const { name_sealed, id_sealed, ...row } = found
  const topic = await topicOf(db, platform, row)
  const problems = await certificateProblems(platform, {
    plan: planOf(platform, topic, row), supplies: materials, purpose: topic.title,
    person: { id: row.applicant_id, name_sealed, id_sealed },
    today: shanghaiDate(platform.now().toISOString()),
  })
  if (problems.length > 0) throw formProblems(problems)
}
