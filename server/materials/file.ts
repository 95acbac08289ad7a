/** Reading a material: its owner, the window, and departments whose own item needs it (S20). */
import { Refused } from '../../core/refusal'
import { isOf } from '../../core/rows'
import type { Actor } from '../actor'
import { look } from '../audit/look'
import { draftsOf } from '../drafts/service'
import type { Platform } from '../platform'
import type { Subject } from '../policies'
import { loadTopic } from '../topics/service'
import { type MaterialRow, type UseRow, usesOfMaterial } from './store'

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf',
}

/** The material by itself, and as each draft and case that uses it shows it. */
export async function subjectsOf(
  platform: Platform,
  row: MaterialRow,
  by: Actor,
): Promise<Subject[]> {
  const uses = await usesOfMaterial(platform.db.db, row.id)
  const inCases = await Promise.all(uses.map(async (use) => ({
    ownerId: row.ownerId,
    topicId: use.topicId,
    regionCode: use.regionCode,
    departments: await departmentsOf(platform, use),
  })))
  return [...await ownSubjects(platform, row, by), ...inCases]
}

/**
 * For whoever owns it; who acts in some topics only, sees it where the drafts of those use it, and
 * the window where the draft it took up does.
 */
export async function ownSubjects(
  platform: Platform,
  { id, ownerId, mandateId }: MaterialRow,
  by: Actor,
): Promise<Subject[]> {
  const plain: Subject = { ownerId, mandateId }
  const some = by.kind === 'citizen' && (by.acting?.topics ?? by.counter?.draftId)
  if (!some || by.id !== ownerId) return [plain]
  const drafts = await draftsOf(platform.db.db, platform, by)
  const inDrafts = drafts.filter(({ draft }) => Object.values(draft.materials).some((given) =>
    given.by === 'photos' && given.ids.includes(id)))
  return [plain, ...inDrafts.map(({ topicId, draft }) =>
    ({ ownerId, topicId, draftId: draft.requestId }))]
}

async function departmentsOf(platform: Platform, use: UseRow): Promise<string[]> {
  const topic = await loadTopic(platform, { id: use.topicId, version: use.topicVersion })
  const needing = new Set(
    topic.items
      .filter(({ materials }) => materials.some(({ key }) => isOf(topic, key, use.key)))
      .map(({ id }) => id),
  )
  return use.tasks.filter(({ itemId }) => needing.has(itemId)).map((task) => task.departmentId)
}

export interface File {
  bytes: Buffer
  type: string
  /** ours, never the citizen's (S37) */
  name: string
}

/** After the guard. @throws {Refused} NOT_FOUND while it is not ready */
export async function readFile(
  platform: Platform,
  { row, by }: { row: MaterialRow; by: Actor },
): Promise<File> {
  const { type, blobId } = row
  const extension = type === null ? undefined : EXTENSIONS[type]
  if (row.state !== 'ready' || !blobId || !type || !extension) throw new Refused('NOT_FOUND')
  const own = by.kind === 'citizen'
  await look(platform, {
    by, personId: row.ownerId, what: own ? '查看本人材料' : '查看材料照片',
    object: `material:${row.id}`, why: own ? '本人操作' : '审核办件',
  })
  return { bytes: await platform.blobs.get(blobId), type, name: `material-${row.id}.${extension}` }
}
