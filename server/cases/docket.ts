/**
 * 案卷: one case taken out for one action.
 *
 *   open (row lock) ──▶ moves change it in memory ──▶ save (case, tasks, events, outbox, messages)
 *
 * Everything an action does commits together or not at all; nothing outside is called meanwhile.
 */
import { shanghaiDate } from '../../core/clock'
import type { Topic } from '../../core/contract/topic'
import type { EventRole, Happening } from '../../core/history'
import type { MessageKindId } from '../../core/message-kinds'
import type { Plan } from '../../core/plan'
import { makePlan } from '../../core/plan'
import type { Names } from '../../core/timeline'
import { AGENT_WORDS } from '../../core/mandate'
import type { Actor, Citizen } from '../actor'
import { type AuditEntry, record } from '../audit/store'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { type NewJob, enqueue, hint } from '../outbox/store'
import type { Platform } from '../platform'
import { issueResults } from '../results/issue'
import type { NewResult } from '../results/store'
import { reportRefusals } from '../tickets/report'
import { type Content, openContent, sealContent } from './content'
import { type NewEvent, appendEvents, lockCase, saveCase, saveTasks, tasksOf } from './store'
import { tellHandlers } from './tell-handlers'
import { departmentName, namesOf, officeOf, topicOf } from './topic'
import { APPLICANT, type CaseRow, type TaskRow } from './view'
import { wakeOn } from './wake'

/** Who an event is by; `name` is an office, never a citizen's name. */
export interface Hand {
  role: EventRole
  id: string | null
  name: string
}

export const SYSTEM: Hand = { role: 'system', id: null, name: '系统' }

export interface Docket {
  platform: Platform
  tx: Tx
  at: Date
  /** calendar day in Asia/Shanghai */
  today: string
  hand: Hand
  row: CaseRow
  tasks: TaskRow[]
  topic: Topic
  plan: Plan
  content: Content
  names: Names
  fresh: {
    events: NewEvent[]
    touched: Set<TaskRow>
    /** tasks that began with this action */
    started: TaskRow[]
    content: boolean
    jobs: NewJob[]
    messages: { id: string; title: string; text: string }[]
    results: NewResult[]
    audits: AuditEntry[]
  }
}

interface Opening {
  platform: Platform
  caseId: string
  by: Actor | { kind: 'system' }
  /** the department whose task is acted on */
  departmentId?: string
  skipLocked?: boolean
}

/** Undefined if there is no such case, or another action holds it and `skipLocked` was given. */
export async function openDocket(tx: Tx, opening: Opening): Promise<Docket | undefined> {
  const { platform, caseId, by, departmentId, skipLocked } = opening
  const row = await lockCase(tx, caseId, skipLocked)
  if (!row) return undefined
  const topic = await topicOf(tx, platform, row)
  const content = openContent(platform.keys, row.id, row.content_sealed)
  const at = platform.now()
  return {
    platform,
    tx,
    at,
    today: shanghaiDate(at.toISOString()),
    hand: handOf(platform, by, { regionCode: row.region_code, departmentId }),
    row,
    tasks: await tasksOf(tx, caseId),
    topic,
    plan: makePlan(topic, { answers: content.answers, form: content.form }),
    content,
    names: namesOf(platform, topic, { regionCode: row.region_code, applicant: '申请人' }),
    fresh: {
      events: [], touched: new Set(), started: [], content: false,
      jobs: [], messages: [], results: [], audits: [],
    },
  }
}

function handOf(
  platform: Platform,
  by: Opening['by'],
  { regionCode, departmentId }: { regionCode: string; departmentId: string | undefined },
): Hand {
  const department = () => departmentName(platform, departmentId ?? '', regionCode)
  switch (by.kind) {
    case 'citizen': return handOfCitizen(platform, by)
    case 'window': return { role: 'window', id: by.id, name: officeOf(platform, regionCode).office }
    case 'department': return { role: 'department', id: by.id, name: department() }
    case 'outside': return { role: 'department', id: null, name: department() }
    case 'supervisor': return { role: 'supervisor', id: by.id, name: '督查部门' }
    default: return SYSTEM
  }
}

/**
 * Who acts for the applicant stands in the history by what they are, never by name; what is entered
 * at the window, by the window.
 */
export function handOfCitizen(platform: Platform, { id, acting, counter }: Citizen): Hand {
  if (counter) {
    const { office } = officeOf(platform, counter.regionCode)
    return { role: 'window', id: counter.staffId, name: office }
  }
  if (acting) return { role: 'citizen', id: acting.agentId, name: AGENT_WORDS[acting.kind] }
  return { role: 'citizen', id, name: APPLICANT }
}

/** Appends an event; the case's version is the number of its last one. */
export function note(docket: Docket, event: Happening, by: Hand = docket.hand): void {
  docket.row.version += 1
  docket.fresh.events.push({ seq: docket.row.version, ...by, event })
}

/**
 * A message for the applicant that touches their rights, in the app and always by SMS. No personal
 * data beyond the case number.
 */
export function tell(docket: Docket, title: string, text: string): void {
  addMessage(docket, { title, text, kind: 'legal' })
}

/** A message on how the case is going: by SMS unless the applicant does without. */
export function tellProgress(docket: Docket, title: string, text: string): void {
  addMessage(docket, { title, text, kind: 'progress' })
}

function addMessage(
  { platform, row, at, fresh }: Docket,
  { title, text, kind }: { title: string; text: string; kind: MessageKindId },
): void {
  const id = platform.newId()
  const personId = row.applicant_id
  fresh.messages.push({ id, title, text })
  fresh.jobs.push(messageJob(platform, { messageId: id, personId, text, at, kind }))
}

export async function saveDocket(docket: Docket, by: Opening['by'], what: string): Promise<void> {
  const { platform, tx, at, row, fresh } = docket
  setAlarms(docket)
  if (fresh.events.length === 0) return saveTasks(tx, row.id, [...fresh.touched])
  if (fresh.content) row.content_sealed = sealContent(platform.keys, row.id, docket.content)
  await saveCase(tx, row, [...fresh.touched])
  await appendEvents(tx, { caseId: row.id, at, events: fresh.events })
  await issueResults(docket)
  await reportRefusals(docket)
  await tellHandlers(docket)
  await addMessages(tx, fresh.messages.map((message) => ({
    ...message, at, personId: row.applicant_id, caseId: row.id,
  })))
  await record(tx, {
    at, by, personId: row.applicant_id, what, object: `case:${row.id}`,
    why: `办理“${docket.topic.title}”`,
  })
  for (const entry of fresh.audits) await record(tx, entry)
  await enqueue(tx, fresh.jobs)
  if (fresh.jobs.length > 0) await hint(tx)
}

/** Whatever happened to one task may move the day on which time does something to another. */
function setAlarms(docket: Docket): void {
  for (const task of docket.tasks) {
    const day = wakeOn(docket, task)
    if (day === task.wake_on) continue
    task.wake_on = day
    docket.fresh.touched.add(task)
  }
}
