/** Both sides of a mandate learn of its beginning and its end, in the app and always by SMS. */
import { shanghaiDate } from '../../core/clock'
import { AGENT_WORDS } from '../../core/mandate'
import type { Tx } from '../db/pool'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue, hint } from '../outbox/store'
import type { Platform } from '../platform'
import { type MandateRow, holdersOf } from './store'
import { maskedNames } from './view'

interface Told {
  title: string
  /** @param whom  您, or the child or company whose holder reads it */
  toPrincipal: (agent: string, whom: string) => string
  toAgent: (principal: string) => string
}

export const BEGUN: Told = {
  title: '委托已生效',
  toPrincipal: (agent, whom) =>
    `${agent}现在可以为${whom}代办。不对的话，请马上在“我的 → 请人帮我办”里撤销。`,
  toAgent: (principal) => `您现在可以为${principal}代办，请在“我的 → 我帮谁办”里切换。`,
}

export const REVOKED: Told = {
  title: '委托已结束',
  toPrincipal: (agent, whom) => `${agent}不再为${whom}代办。`,
  toAgent: (principal) => `您不再为${principal}代办。`,
}

export async function tellBoth(
  tx: Tx,
  platform: Platform,
  { rows, told }: { rows: readonly MandateRow[]; told: Told },
): Promise<void> {
  const at = platform.now()
  const names = await maskedNames(tx, platform, rows.flatMap((row) =>
    [row.principal_id, row.agent_id]))
  const messages = []
  for (const row of rows) {
    if (!row.agent_id) continue
    const principal = names.get(row.principal_id) ?? ''
    const agent = `${AGENT_WORDS[row.kind]}${names.get(row.agent_id) ?? ''}`
    const readers = await readersOf(tx, platform, row)
    messages.push(
      ...readers.map((personId) => ({
        personId,
        text: told.toPrincipal(agent, personId === row.principal_id ? '您' : principal),
      })),
      { personId: row.agent_id, text: told.toAgent(principal) },
    )
  }
  const all = messages.map((one) =>
    ({ ...one, id: platform.newId(), caseId: null, at, title: told.title }))
  await addMessages(tx, all)
  await enqueue(tx, all.map(({ id: messageId, personId, text }) =>
    messageJob(platform, { messageId, personId, text, at, kind: 'security' })))
  if (all.length > 0) await hint(tx)
}

/** Who reads for the principal: themselves, or the others who stand for them. */
async function readersOf(tx: Tx, platform: Platform, row: MandateRow): Promise<string[]> {
  const { principal_id: principalId, agent_id } = row
  const account = await tx.selectFrom('people').select('id').where('id', '=', principalId)
    .where((eb) => eb.or([eb('phone_index', 'is not', null), eb('wechat_index', 'is not', null)]))
    .executeTakeFirst()
  if (account) return [principalId]
  const today = shanghaiDate(platform.now().toISOString())
  const holders = await holdersOf(tx, { principalId, today })
  return holders.filter((id) => id !== agent_id)
}
