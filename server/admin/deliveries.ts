/** 对接投递: what the outbox could not deliver, for whoever looks after the connections (R18). */
import type {
  Delivery, DeliveryPage, DeliveryState, LaneReviveBody, Lanes, ReviveBody, Revived,
} from '../../core/contract/admin'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { isFirst } from '../cases/request'
import { CANCEL_TASK, SEND_TASK } from '../departments/jobs'
import { FORGET_MATERIAL } from '../materials/forget'
import { MESSAGE_SMS } from '../messages/sms'
import { MESSAGE_WECHAT } from '../messages/wechat'
import {
  type JobStatus, deadLetters, hint, jobStatus, laneCounts, revive, reviveLane, waitingJobs,
} from '../outbox/store'
import type { Platform } from '../platform'
import { SMS_TOPIC } from '../session/sms'
import { CONTACTS_LANE } from '../contacts/tell'

const WHAT: Readonly<Record<string, string>> = {
  [SEND_TASK]: '推送事项',
  [CANCEL_TASK]: '通知事项取消',
  [MESSAGE_SMS]: '办件短信',
  [SMS_TOPIC]: '短信',
  [MESSAGE_WECHAT]: '微信订阅消息',
  [FORGET_MATERIAL]: '删除材料文件',
}
const LANE_NAMES: Readonly<Record<string, string>> = {
  sms: '短信', [CONTACTS_LANE]: '短信（责任人）', wechat: '微信', [FORGET_MATERIAL]: '删除材料文件',
}
const OF_DEPARTMENT = 'department:'

function nameOf({ catalogue }: Platform, lane: string): string {
  if (!lane.startsWith(OF_DEPARTMENT)) return LANE_NAMES[lane] ?? lane
  const id = lane.slice(OF_DEPARTMENT.length)
  return `${catalogue.departments.find((one) => one.id === id)?.short ?? id}系统`
}

/** Dead letters first, then the longest queue. */
export async function lanes(platform: Platform): Promise<Lanes> {
  const counts = await laneCounts(platform.db.db)
  const named = counts.map(({ lane, oldestAt, ...numbers }) => ({
    id: lane, name: nameOf(platform, lane), ...numbers, oldestAt: oldestAt?.toISOString() ?? null,
  }))
  return { lanes: named.sort((a, b) => b.dead - a.dead || b.waiting - a.waiting) }
}

/** @param after  where the page before ended, as it said in `next` */
export async function listDeliveries(
  platform: Platform,
  { state, lane, after, limit }: {
    state: DeliveryState
    lane: string | undefined
    after: number | undefined
    limit: number
  },
): Promise<DeliveryPage> {
  const { db } = platform.db
  const rows = state === 'dead'
    ? await deadLetters(db, { lane, before: after, limit: limit + 1 })
    : await waitingJobs(db, { lane, after, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    deliveries: rows.slice(0, limit).map((row) => viewOf(platform, row)),
    next: last ? String(last.id) : null,
  }
}

/**
 * One more round of attempts for a dead letter, from now on.
 * @throws {Refused} NOT_FOUND; ACTION_NOT_ALLOWED if it is not dead; REASON_REQUIRED
 */
export async function reviveDelivery(
  platform: Platform,
  { id, by, body }: { id: number; by: StaffMember; body: ReviveBody },
): Promise<Delivery> {
  const now = platform.now()
  const reason = said(body.reason)
  const row = await platform.db.inTx(async (tx) => {
    if (!await jobStatus(tx, id)) throw new Refused('NOT_FOUND')
    const request = { delivery: id, reason }
    if (await isFirst(tx, platform, { by, requestId: body.requestId, request })) {
      if (!await revive(tx, { id, now })) throw new Refused('ACTION_NOT_ALLOWED')
      await record(tx, {
        at: now, by, personId: null, what: '重新投递', object: `delivery:${id}`, why: reason,
      })
    }
    return jobStatus(tx, id)
  })
  if (!row) throw new Refused('NOT_FOUND')
  await hint(platform.db.db)
  return viewOf(platform, row)
}

/**
 * The same for all dead letters of a lane: a system that was down is back.
 * @throws {Refused} ACTION_NOT_ALLOWED if it has none; REASON_REQUIRED
 */
export async function reviveDeliveries(
  platform: Platform,
  { by, body }: { by: StaffMember; body: LaneReviveBody },
): Promise<Revived> {
  const now = platform.now()
  const { lane } = body
  const reason = said(body.reason)
  const revived = await platform.db.inTx(async (tx) => {
    const request = { lane, reason }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return 0
    const count = await reviveLane(tx, { lane, now })
    if (count === 0) throw new Refused('ACTION_NOT_ALLOWED')
    await record(tx, {
      at: now, by, personId: null, what: '整条通道重新投递', object: `lane:${lane}`, why: reason,
    })
    return count
  })
  await hint(platform.db.db)
  return { revived }
}

function viewOf(platform: Platform, row: JobStatus): Delivery {
  const { id, lane, topic, attempts, createdAt, dueAt, doneAt, deadAt, reason } = row
  const state = deadAt ? 'dead' : doneAt ? 'done' : 'waiting'
  return {
    id, lane, laneName: nameOf(platform, lane), what: WHAT[topic] ?? topic, state, attempts,
    createdAt: createdAt.toISOString(),
    nextAt: state === 'waiting' ? dueAt.toISOString() : null,
    deadAt: deadAt?.toISOString() ?? null,
    reason,
  }
}
