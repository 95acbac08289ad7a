/** What a department may do with a task of its own, by workbench or by its own system. */
import type { TaskActionBody } from '../../core/contract/task'
import { outsideItem } from '../../core/correction'
import type { AskedPart } from '../../core/history'
import { hasDuty, taskDuty } from '../../core/duty'
import { Refused } from '../../core/refusal'
import { type TaskAction, type TaskState, keepsToPeople } from '../../core/task'
import type { Problem } from '../../core/validate'
import { judge, normalise } from '../../core/values'
import type { Actor, StaffMember } from '../actor'
import { said } from '../cases/actions'
import { type Docket, openDocket, saveDocket } from '../cases/docket'
import { moveTask, restartClock, settleIfDone, startReady, stopClock } from '../cases/moves'
import { refuseOwnCase } from '../cases/own'
import { isFirst } from '../cases/request'
import { withTaker } from '../cases/taken'
import { formProblems } from '../cases/filled'
import { type TaskRow, plannedOf, taskStateOf } from '../cases/view'
import { sealText, token, tokenHash } from '../crypto'
import type { Platform } from '../platform'
import { isStaff } from '../route'
import { type ResultValues, sealValues } from '../results/values'
import { extend, proposeExtension } from './extend'
import { type Proposal, openProposal, sealProposal } from './proposal'

type Body<Name extends TaskActionBody['do']> = Extract<TaskActionBody, { do: Name }>

export interface TaskId {
  caseId: string
  n: number
}

/** `caseId.n` @throws {Refused} NOT_FOUND */
export function taskIdOf(text: string): TaskId {
  const [, caseId, n] = /^([0-9a-f-]{36})\.([1-9]\d{0,2})$/.exec(text) ?? []
  if (!caseId) throw new Refused('NOT_FOUND')
  return { caseId, n: Number(n) }
}

/**
 * The state of the task after the action; repeating a request id repeats nothing.
 * @throws {Refused} NOT_FOUND, REQUEST_REUSED, ACTION_NOT_ALLOWED or TAKEN, OWN_CASE,
 * OUTSIDE_NOTICE, FORM_PROBLEMS and what perform() says
 */
export async function actOnTask(
  platform: Platform,
  { id, by, body }: { id: TaskId; by: Actor; body: TaskActionBody },
): Promise<TaskState> {
  return platform.db.inTx(async (tx) => {
    const first = await isFirst(tx, platform, {
      by, requestId: body.requestId, request: { ...id, body },
    })
    const department = await tx.selectFrom('tasks').select('department_id')
      .where('case_id', '=', id.caseId).where('n', '=', id.n).executeTakeFirst()
    const docket = await openDocket(tx, {
      platform, caseId: id.caseId, by, departmentId: department?.department_id,
    })
    const task = docket?.tasks.find(({ n }) => n === id.n)
    if (!docket || !task) throw new Refused('NOT_FOUND')
    if (!first) return taskStateOf(task)
    await refuseOwnCase(docket, by)
    await withTaker(docket, { by, itemId: task.item_id }, () => perform(docket, task, { by, body }))
    if ('id' in by) Object.assign(task, { handler_id: by.id, handled_at: docket.at })
    startReady(docket)
    settleIfDone(docket)
    await saveDocket(docket, by, WHAT[body.do])
    return taskStateOf(task)
  })
}

const WHAT: Record<TaskActionBody['do'], string> = {
  receive: '接收事项', resume: '恢复办理', approve: '办结', reject: '不予办理',
  'request-correction': '提出补正', pause: '暂停计时', review: '审核', 'send-back': '退回重新审核',
  'propose-extension': '提出延期', extend: '批准延期',
}

/**
 * @throws {Refused} NOT_ALLOWED without the duty, TWO_PEOPLE, SAME_PERSON, NOT_PROPOSED and what
 * each action says
 */
async function perform(docket: Docket, task: TaskRow, { by, body }: Request): Promise<void> {
  if (isStaff(by) && !hasDuty(by.duties, taskDuty(body.do, taskStateOf(task)))) {
    throw new Refused('NOT_ALLOWED')
  }
  // A department's own system keeps its two people apart by itself and tells only the decision.
  if (isStaff(by)) mindPeople(docket, task, { by, action: body.do })
  switch (body.do) {
    case 'review': return review(docket, task, body)
    case 'propose-extension': return proposeExtension(docket, task, body)
    case 'extend': {
      const { extension } = agreed(docket, task, 'extend') ?? {}
      if (!extension) throw new Refused('ACTION_NOT_ALLOWED', { state: task.state })
      return extend(docket, task, extension)
    }
    case 'send-back':
      task.proposal_sealed = null
      return moveTask(docket, task, 'send-back')
    case 'receive':
      return moveTask(docket, task, 'receive', { dueOn: task.due_on ?? undefined })
    case 'resume':
      restartClock(docket, task)
      return moveTask(docket, task, 'resume', { dueOn: task.due_on ?? undefined })
    case 'pause': {
      const { reason, note } = body
      moveTask(docket, task, 'pause', { pause: reason, note: said(note) })
      return stopClock(docket, task, reason, said(note))
    }
    case 'reject': {
      agreed(docket, task, 'reject')
      const reason = said(body.reason)
      task.reason = reason
      return moveTask(docket, task, 'reject', { reason })
    }
    case 'request-correction': return ask(docket, task, body)
    case 'approve': return approve(docket, task, body)
  }
}

interface Request {
  by: Actor
  body: TaskActionBody
}

/** 审核 and 审批 by two people, where the item's law wants it. */
function mindPeople(
  docket: Docket,
  task: TaskRow,
  { by, action }: { by: StaffMember; action: TaskAction },
): void {
  const state = taskStateOf(task)
  const twoPeople = plannedOf(docket, task).item.twoPeople !== undefined
  if (!keepsToPeople(state, action, twoPeople)) throw new Refused('TWO_PEOPLE')
  if (state === 'reviewed' && task.reviewer_id === by.id) throw new Refused('SAME_PERSON')
  if (action === 'review' || action === 'propose-extension') task.reviewer_id = by.id
}

/** What the first of two people proposes is judged at once: the second only decides. */
function review(docket: Docket, task: TaskRow, body: Body<'review'>): void {
  const { item } = plannedOf(docket, task)
  const { propose, gives = {}, number, reason } = body
  const proposal: Proposal = propose === 'approve'
    ? { propose, gives: given(docket, item.result.gives, gives), ...(number ? { number } : {}) }
    : { propose, reason: said(reason ?? '') }
  moveTask(docket, task, 'review')
  task.proposal_sealed = sealProposal(docket.platform.keys, task, proposal)
}

/** The proposal a decision follows; undefined where one person decides. */
function agreed(
  { platform }: Docket,
  task: TaskRow,
  decision: Proposal['propose'],
): Proposal | undefined {
  if (taskStateOf(task) !== 'reviewed') return undefined
  const proposal = openProposal(platform.keys, task)
  if (proposal?.propose !== decision) throw new Refused('NOT_PROPOSED')
  task.proposal_sealed = null
  return proposal
}

/** @throws {Refused} OUTSIDE_NOTICE for anything its own item does not need */
function ask(docket: Docket, task: TaskRow, body: Body<'request-correction'>): void {
  const asks = body.asks.map(({ kind, key, reason }): AskedPart =>
    ({ kind, key, reason: said(reason), itemId: task.item_id }))
  const beyond = outsideItem(docket.plan, task.item_id, asks)
  if (beyond.length > 0) throw new Refused('OUTSIDE_NOTICE', { keys: beyond.map(({ key }) => key) })
  moveTask(docket, task, 'request-correction', { asks })
  task.asks = asks
  stopClock(docket, task, 'correction', '')
}

function approve(docket: Docket, task: TaskRow, body: Body<'approve'>): void {
  const { platform, row, at, fresh } = docket
  const { item } = plannedOf(docket, task)
  const proposal = agreed(docket, task, 'approve')
  const values = given(docket, item.result.gives, proposal?.gives ?? body.gives ?? {})
  moveTask(docket, task, 'approve', { result: item.result.name })
  const [id, code] = [platform.newId(), token()]
  fresh.results.push({
    id,
    caseId: row.id,
    n: task.n,
    name: item.result.name,
    number: (proposal?.number ?? body.number)?.trim() ||
      `${row.number}-${String(task.n).padStart(2, '0')}`,
    verifyHash: tokenHash(code),
    verifySealed: sealText(
      platform.keys, { table: 'results', column: 'verify_sealed', rowId: id }, code),
    valuesSealed: sealValues(platform.keys, id, values),
    at,
  })
}

/** What the result must give, each value judged: later items work with it. */
function given(
  { topic }: Docket,
  gives: readonly string[],
  values: Readonly<Record<string, string>>,
): ResultValues {
  const problems = Object.keys(values).filter((key) => !gives.includes(key))
    .map((field): Problem => ({ field, code: 'NOT_ASKED', text: '这项结果不产生这个数据。' }))
  const tidy: ResultValues = {}
  for (const key of gives) {
    const field = topic.fields.find((one) => one.key === key)
    const value = field ? normalise(field.type, values[key] ?? '') : ''
    const fault = field && value !== '' ? judge(field, value) : 'EMPTY'
    if (fault) problems.push({ field: key, code: fault, text: `请核对${field?.label ?? key}。` })
    tidy[key] = value
  }
  if (problems.length > 0) throw formProblems(problems)
  return tidy
}
