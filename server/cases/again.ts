/** 重新申请: an earlier case as the beginning of a new draft under the topic of today. */
import type { CaseAgain } from '../../core/contract/case'
import { ownedBy } from '../../core/form'
import { type Plan, makePlan } from '../../core/plan'
import { Refused } from '../../core/refusal'
import { type Reapplied, reapply } from '../../core/reapply'
import { ofWhom } from '../../core/titled'
import { openContent } from './content'
import type { Platform } from '../platform'
import { photoIds, readyPhotos } from './supplies'
import { topicOf } from './topic'

/** @throws {Refused} NOT_FOUND, also for a topic that is offered no more */
export async function beginAgain(
  platform: Platform,
  { caseId, ownerId }: { caseId: string; ownerId: string },
): Promise<CaseAgain> {
  const { db } = platform.db
  const row = await db.selectFrom('cases').selectAll().where('id', '=', caseId).executeTakeFirst()
  const topic = platform.catalogue.topics.find(({ id }) => id === row?.topic_id)
  if (!row || !topic) throw new Refused('NOT_FOUND')
  const { answers, form, materials } = openContent(platform.keys, caseId, row.content_sealed)
  const then = makePlan(await topicOf(db, platform, row), { answers, form })
  const held = new Set(await readyPhotos(db, { ownerId, ids: photoIds(materials) }))
  const again = reapply(topic, { answers, form: asked(then, form), materials }, held)
  return {
    topicId: topic.id, topicVersion: topic.version, regionCode: row.region_code,
    ...openFor(again), dropped: labelsOf(again, then),
  }
}

/** Without what the departments added: a number that was issued is no answer of the citizen. */
function asked({ form }: Plan, values: Readonly<Record<string, string>>): Record<string, string> {
  const keys = new Set(form.map(({ key }) => key))
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)))
}

/** As the wire has it: copies that may be changed. */
function openFor({ answers, form, materials }: Reapplied) {
  const copied = Object.entries(materials).map(([key, supply]): [
    string, CaseAgain['materials'][string],
  ] => [key, supply.by === 'photos' ? { ...supply, ids: [...supply.ids] } : supply])
  return { answers: { ...answers }, form: { ...form }, materials: Object.fromEntries(copied) }
}

/** In the words of the form it was filed with; what was left empty is missed by nobody. */
function labelsOf(
  { dropped }: Reapplied,
  then: Plan,
): string[] {
  const questions = then.questions.filter(({ id }) => dropped.answers.includes(id))
  const fields = then.form.filter(({ key }) => dropped.fields.includes(key))
  const papers = then.materials.filter(({ key }) => dropped.materials.includes(key))
  return [...new Set([
    ...questions.map(({ ask }) => ask),
    ...fields.map(({ roleLabel, label }) => ownedBy(roleLabel, label)),
    ...papers.map(({ roleLabel, name }) => ofWhom(roleLabel, name)),
  ])]
}
