/**
 * A signal of the clocks becomes a matter of supervision, and is told up the ladder 经办 → 科室 →
 * 分管 by SMS. All of it commits with the event on the case's own history.
 */
import {
  type ContactRole, type ContactStage, LEVEL_WORDS, type Level, actOnSignal, contactsFor, rankOf,
  stageOf, toldOf,
} from '../../core/escalation'
import { dayWords } from '../../core/timeline'
import type { Docket } from '../cases/docket'
import { departmentName } from '../cases/topic'
import { type TaskRow, taskStateOf } from '../cases/view'
import { isMobile } from '../contacts/lines'
import { contactsOfUnit, openContact } from '../contacts/store'
import type { Tx } from '../db/pool'
import { hint } from '../outbox/store'
import type { Platform } from '../platform'
import { queueSms } from '../session/sms'
import { type SignalRow, addStep, lockSignal, saveSignal } from './store'

export const CONTACTS_LANE = 'sms-contacts'
const SYSTEM = { role: 'system', id: null, name: '系统' }

/** To be called with the event task.signal, while the case is locked. */
export async function raise(docket: Docket, task: TaskRow, level: Level): Promise<void> {
  const { platform, tx, at, row, topic } = docket
  if (!task.due_on) return
  for (const one of await openSignals(tx, task)) await supersede(tx, platform, one)
  const id = platform.newId()
  const item = topic.items.find((one) => one.id === task.item_id)
  const unit = departmentName(platform, task.department_id, task.region_code)
  const text = signalText(level, {
    unit, item: item?.short ?? task.item_id, number: row.number, dueOn: task.due_on,
  })
  const about = { ...task, topic_id: row.topic_id, stage: stageOf(taskStateOf(task)) }
  const told = await tell(tx, platform, { about, roles: toldOf(level), text, key: id })
  await tx.insertInto('signals').values({
    id, case_id: row.id, n: task.n, topic_id: row.topic_id, item_id: task.item_id,
    department_id: task.department_id, region_code: task.region_code, level,
    rank: rankOf(level), raised_at: at, due_on: task.due_on, told, state: 'open', order_by: null,
  }).execute()
  await addStep(tx, platform.keys, { id, at, by: SYSTEM, event: 'raise' })
}

function openSignals(tx: Tx, { case_id: caseId, n }: TaskRow): Promise<SignalRow[]> {
  return tx.selectFrom('signals').selectAll().where('case_id', '=', caseId).where('n', '=', n)
    .where('state', '<>', 'closed').forUpdate().execute()
}

/** A worse one took its place, or what it warned of has ended. */
async function supersede(tx: Tx, platform: Platform, row: SignalRow): Promise<void> {
  row.state = actOnSignal(row.state, 'supersede', 'system')
  await saveSignal(tx, row)
  const { keys } = platform
  await addStep(tx, keys, { id: row.id, at: platform.now(), by: SYSTEM, event: 'supersede' })
}

/** A 预警 whose task has ended in time, or late: nothing is left to warn of. */
export async function endWarning(platform: Platform, id: string): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const row = await lockSignal(tx, id, true)
    if (row && row.state !== 'closed') await supersede(tx, platform, row)
  })
}

interface About {
  department_id: string
  region_code: string
  topic_id: string
  item_id: string
  stage: ContactStage
}

export interface Telling {
  about: About
  roles: readonly ContactRole[]
  /** without personal data */
  text: string
  /** of what is told: nobody is told it twice */
  key: string
}

/** The roles of whom somebody is told. A landline gets no SMS; nor does whoever is not listed. */
export async function tell(
  tx: Tx,
  platform: Platform,
  { about, roles, text, key }: Telling,
): Promise<ContactRole[]> {
  const unit = { departmentId: about.department_id, regionCode: about.region_code }
  const all = (await contactsOfUnit(tx, unit)).map((row) => ({
    departmentId: row.department_id, regionCode: row.region_code, topicId: row.topic_id,
    itemId: row.item_id, role: row.role, stage: row.stage, row,
  }))
  const told = new Map<string, ContactRole[]>()
  for (const role of roles) {
    const matter = {
      ...unit, topicId: about.topic_id, itemId: about.item_id, stage: about.stage, role,
    }
    for (const { row } of contactsFor(all, matter)) {
      const { phone } = openContact(platform.keys, row)
      if (isMobile(phone)) told.set(phone, [...told.get(phone) ?? [], role])
    }
  }
  let n = 0
  for (const phone of told.keys()) {
    n += 1
    const sms = { key: `signal:${key}:${n}`, phone, text, lane: CONTACTS_LANE }
    await queueSms(tx, platform, sms)
  }
  if (n > 0) await hint(tx)
  const reached = new Set([...told.values()].flat())
  return roles.filter((role) => reached.has(role))
}

export interface Named {
  unit: string
  item: string
  number: string
  dueOn: string
}

function signalText(level: Level, { unit, item, number, dueOn }: Named): string {
  const what = `${LEVEL_WORDS[level]}：${unit}的“${item}”（办件编号 ${number}）`
  const day = dayWords(dueOn)
  switch (level) {
    case 'warning': return `${what}应于${day}前办结，时限将到，请尽快办理。`
    case 'yellow': return `${what}应于${day}办结，已经超期，请立即办理并说明原因。`
    case 'red': return `${what}应于${day}办结，超期严重，监督部门正在督办，请立即办理并说明原因。`
  }
}

export function orderText({ unit, item, number, dueOn }: Named): string {
  return `督办：${unit}的“${item}”（办件编号 ${number}），请于${dayWords(dueOn)}前办理并在系统里说明情况。`
}
