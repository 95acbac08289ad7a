/** The topic version a case was filed under, and the names its timeline uses. */
import type { Topic } from '../../core/contract/topic'
import type { Names } from '../../core/timeline'
import { Refused } from '../../core/refusal'
import { asksRating } from '../../core/tone'
import type { Db } from '../db/pool'
import type { Platform } from '../platform'
import { refreshCatalogue } from '../topics/current'
import { loadTopic } from '../topics/service'

/** The version a case was filed under. @throws {Refused} NOT_FOUND if it was never published */
export function topicOf(
  db: Db,
  platform: Platform,
  row: { topic_id: string; topic_version: number },
): Promise<Topic> {
  return loadTopic(platform, { id: row.topic_id, version: row.topic_version, db })
}

/** The topic as it is offered now. @throws {Refused} NOT_FOUND, CATALOGUE_CHANGED */
export async function offeredTopic(
  platform: Platform,
  topicId: string,
  version: number,
): Promise<Topic> {
  const offered = () => platform.catalogue.topics.find(({ id }) => id === topicId)
  // Another server may have told the phone of a version we have not heard of yet.
  if (version > (offered()?.version ?? version)) await refreshCatalogue(platform)
  const topic = offered()
  if (!topic) throw new Refused('NOT_FOUND')
  if (topic.version !== version) {
    throw new Refused('CATALOGUE_CHANGED', { version: topic.version })
  }
  return topic
}

/** As it is offered now; empty if it is no more. */
export function topicTitle({ catalogue }: Pick<Platform, 'catalogue'>, topicId: string): string {
  return catalogue.topics.find(({ id }) => id === topicId)?.title ?? ''
}

const WINDOW_PHONE = '12345' // 政务服务便民热线, answers for every window

/** The window's office of a region and how to reach it. */
export function officeOf(platform: Platform, regionCode: string) {
  const region = platform.catalogue.regions.find(({ code }) => code === regionCode)
  return { office: `${region?.name ?? ''}政务服务中心综合窗口`, phone: WINDOW_PHONE }
}

/** `莎车县` + `公安局` */
export function departmentName(
  platform: Platform,
  departmentId: string,
  regionCode: string,
): string {
  const region = platform.catalogue.regions.find(({ code }) => code === regionCode)
  const department = platform.catalogue.departments.find(({ id }) => id === departmentId)
  return `${region?.name ?? ''}${department?.short ?? departmentId}`
}

export function namesOf(
  platform: Platform,
  topic: Topic,
  { regionCode, applicant }: { regionCode: string; applicant: Names['applicant'] },
): Names {
  const itemOf = (itemId: string) => topic.items.find(({ id }) => id === itemId)
  return {
    applicant,
    office: officeOf(platform, regionCode).office,
    department: (itemId) =>
      departmentName(platform, itemOf(itemId)?.department ?? '', regionCode),
    item: (itemId) => itemOf(itemId)?.short ?? itemId,
    asksRating: asksRating(topic),
  }
}
