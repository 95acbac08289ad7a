/** A draft that will soon be deleted: its owner is told once. */
import { addMessages } from '../messages/store'
import { messageJob } from '../messages/sms'
import { enqueue } from '../outbox/store'
import type { Platform } from '../platform'

const REMIND_BEFORE_MS = 3 * 86_400_000
const BATCH = 200

export async function remindOfDrafts(platform: Platform): Promise<void> {
  const at = platform.now()
  const soon = new Date(at.getTime() + REMIND_BEFORE_MS)
  await platform.db.inTx(async (tx) => {
    const drafts = await tx.selectFrom('drafts').select(['person_id', 'topic_id'])
      .where('kept_until', '<', soon).where('kept_until', '>=', at)
      .where('reminded_at', 'is', null)
      .orderBy('kept_until').limit(BATCH).forUpdate().skipLocked().execute()
    if (drafts.length === 0) return
    const messages = drafts.map(({ person_id: personId, topic_id }) => {
      const title = platform.catalogue.topics.find(({ id }) => id === topic_id)?.title ?? '办事'
      const text = `您填写的“${title}”还没有提交，三天内不提交，草稿将自动删除。`
      return { id: platform.newId(), personId, caseId: null, at, title: '草稿即将到期', text }
    })
    await addMessages(tx, messages)
    await enqueue(tx, messages.map(({ id, personId, text }) =>
      messageJob(platform, { messageId: id, personId, text, at, kind: 'reminder' })))
    for (const { person_id, topic_id } of drafts) {
      await tx.updateTable('drafts').set({ reminded_at: at })
        .where('person_id', '=', person_id).where('topic_id', '=', topic_id).execute()
    }
  })
}
