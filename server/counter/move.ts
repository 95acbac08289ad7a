/**
 * 转到手机上接着办: what a clerk and the applicant filled in together becomes the applicant's own draft,
 * for them to go on with. The receiver is the citizen, the clock is the draft's 60 days.
 */
import { shanghaiDate } from '../../core/clock'
import type { DraftBody } from '../../core/contract/draft'
import type { MovedToPhone } from '../../core/contract/counter'
import { Refused } from '../../core/refusal'
import { dayWords } from '../../core/timeline'
import type { Citizen } from '../actor'
import { record } from '../audit/store'
import { officeOf, topicTitle } from '../cases/topic'
import type { Tx } from '../db/pool'
import { giveDraft, refuseUnfit } from '../drafts/service'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue, hint } from '../outbox/store'
import type { Platform } from '../platform'
import { endCounterSession } from '../session/service'
import { findCounter, markMoved } from './store'

/**
 * The session is over with it.
 * @throws {Refused} NOT_ALLOWED for a draft of another session, ACTION_NOT_ALLOWED once a case was
 * filed, DRAFT_OF_THEIR_OWN, MALFORMED for what the topic does not ask
 */
export async function moveToPhone(
  platform: Platform,
  { citizen, draft }: { citizen: Citizen; draft: DraftBody },
): Promise<MovedToPhone> {
  const { counter } = citizen
  if (!counter || draft.requestId !== counter.requestId) throw new Refused('NOT_ALLOWED')
  if (counter.caseId) throw new Refused('ACTION_NOT_ALLOWED')
  const { id, topicId } = counter
  await refuseUnfit(platform, topicId, draft)
  const at = platform.now()
  return platform.db.inTx(async (tx) => {
    const row = await findCounter(tx, id)
    if (!row) throw new Refused('NOT_FOUND')
    const takenUpAt = row.draft_id ? row.opened_at : undefined
    const { keptUntil } = await giveDraft(tx, platform, { citizen, topicId, draft, takenUpAt })
    await markMoved(tx, { id, at })
    await endCounterSession(tx, id)
    await tell(tx, platform, { citizen, topicId, regionCode: counter.regionCode, keptUntil })
    const why = `办理“${topicTitle(platform, topicId)}”`
    await record(tx, {
      at, by: citizen, personId: citizen.id, what: '转到本人手机上接着办', object: `counter:${id}`, why,
    })
    return { keptUntil }
  })
}

async function tell(
  tx: Tx,
  platform: Platform,
  { citizen: { id: personId }, topicId, regionCode, keptUntil }: {
    citizen: Citizen
    topicId: string
    regionCode: string
    keptUntil: string
  },
): Promise<void> {
  const { office, phone } = officeOf(platform, regionCode)
  const at = platform.now()
  const messageId = platform.newId()
  const link = `${platform.config.publicUrl}/pages/topic/index?topic=${topicId}`
  const text = `${office}已把填了一半的“${topicTitle(platform, topicId)}”转给您本人接着办，`
    + `保留到 ${dayWords(shanghaiDate(keptUntil))}。用本人手机号登录、实名后打开 ${link} 接着填。`
    + `有疑问请拨打 ${phone}。`
  await addMessages(tx, [{ id: messageId, personId, caseId: null, at, title: '到手机上接着办', text }])
  await enqueue(tx, [messageJob(platform, { messageId, personId, text, at, kind: 'legal' })])
  await hint(tx)
}
