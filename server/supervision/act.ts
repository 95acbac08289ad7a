/** 督办, 说明, 销号: one action, one transaction; each leaves a step in a history that only grows. */
import { shanghaiDate } from '../../core/clock'
import type { SignalActionBody } from '../../core/contract/supervision'
import { isPlainDate } from '../../core/day'
import { actOnSignal, stageOf, toldOf } from '../../core/escalation'
import { Refused } from '../../core/refusal'
import type { StaffMember } from '../actor'
import { record } from '../audit/store'
import { said } from '../cases/actions'
import { formProblems } from '../cases/filled'
import { isFirst } from '../cases/request'
import { departmentName, topicOf } from '../cases/topic'
import { taskStateOf } from '../cases/view'
import { tellContacts } from '../contacts/tell'
import type { Tx } from '../db/pool'
import type { Platform } from '../platform'
import { orderText } from './raise'
import { type SignalRead, type SignalRow, addStep, lockSignal, reading, saveSignal } from './store'

const WHAT: Record<SignalActionBody['do'], string> = {
  order: '督办超期事项', explain: '说明超期原因', close: '督查销号',
}

/**
 * @throws {Refused} NOT_FOUND, REQUEST_REUSED, REASON_REQUIRED, FORM_PROBLEMS, ACTION_NOT_ALLOWED
 */
export async function actOn(
  platform: Platform,
  { id, by, body }: { id: string; by: StaffMember; body: SignalActionBody },
): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const request = { signal: id, body }
    if (!await isFirst(tx, platform, { by, requestId: body.requestId, request })) return
    const row = await lockSignal(tx, id)
    const read = await reading(tx).where('s.id', '=', id).executeTakeFirst()
    if (!row || !read || (by.kind !== 'department' && by.kind !== 'supervisor')) {
      throw new Refused('NOT_FOUND')
    }
    const explained = row.state === 'explained'
    row.state = actOnSignal(row.state, body.do, by.kind)
    const at = platform.now()
    const note = body.do === 'close' && explained ? body.note?.trim() : said(body.note ?? '')
    if (body.do === 'order') await order(tx, platform, { row, read, body })
    await saveSignal(tx, row)
    await addStep(tx, platform.keys, {
      id, at, by: { role: by.kind, id: by.id, name: by.name }, event: body.do, note,
      orderBy: body.do === 'order' ? body.by : undefined,
    })
    await record(tx, {
      at, by, personId: read.applicant_id, what: WHAT[body.do], object: `signal:${id}`,
      why: '电子监察',
    })
  })
}

type Order = Extract<SignalActionBody, { do: 'order' }>

/** Also told by SMS to whom the signal was told, and to the chief in any case. */
async function order(
  tx: Tx,
  platform: Platform,
  { row, read, body }: { row: SignalRow; read: SignalRead; body: Order },
): Promise<void> {
  if (!isPlainDate(body.by) || body.by < shanghaiDate(platform.now().toISOString())) {
    throw formProblems([{ field: 'by', code: 'RULE', text: '督办期限不能早于今天。' }])
  }
  row.order_by = body.by
  const topic = await topicOf(tx, platform, read)
  const item = topic.items.find(({ id }) => id === row.item_id)?.short ?? row.item_id
  const unit = departmentName(platform, row.department_id, row.region_code)
  const text = orderText({ unit, item, number: read.number, dueOn: body.by })
  const stage = stageOf(taskStateOf({ state: read.task_state }))
  const roles = toldOf(row.level === 'red' ? 'red' : 'yellow')
  const key = `signal:${body.requestId}`
  await tellContacts(tx, platform, { about: { ...row, stage }, roles, text, key })
}
