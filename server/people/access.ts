/** 谁看过我的信息: the access log of a person, in sentences they can read. */
import type { AccessLog } from '../../core/contract/session'
import { ACTING_NAME, type AccessRow, accessesOf } from '../audit/store'
import { type Names, maskedNames } from '../mandates/view'
import type { Platform } from '../platform'

/** Newest first; `after` is the `next` of the page before. */
export async function accessLog(
  platform: Platform,
  q: { personId: string; after: string | undefined; limit: number },
): Promise<AccessLog> {
  const before = q.after === undefined ? undefined : Number(q.after)
  const rows = await accessesOf(platform.db.db, {
    personId: q.personId, before, limit: q.limit + 1,
  })
  const page = rows.slice(0, q.limit)
  const names = await maskedNames(platform.db.db, platform, page.flatMap((row) =>
    (row.actorName === ACTING_NAME ? [row.actorId, row.personId] : [])))
  return {
    entries: page.map((row) => ({
      at: row.at.toISOString(),
      who: whoOf(platform, { row, names, personId: q.personId }),
      what: row.what,
      why: row.why,
    })),
    next: rows.length > q.limit ? String(page.at(-1)?.id ?? '') : null,
  }
}

/** The office, not the clerk: who sat there is for the office to answer for. */
function whoOf(
  { catalogue }: Platform,
  { row, names, personId }: { row: AccessRow; names: Names; personId: string },
): string {
  const named = (id: string | null) => names.get(id ?? '') ?? ''
  const region = catalogue.regions.find(({ code }) => code === row.regionCode)?.name ?? ''
  const department = (id: string | null) =>
    catalogue.departments.find((one) => one.id === id)?.name ?? '部门'
  switch (row.actorKind) {
    case 'citizen':
      if (row.actorName === ACTING_NAME) {
        return row.actorId === personId
          ? `您（替${named(row.personId)}）` : `${ACTING_NAME} ${named(row.actorId)}`
      }
      return row.actorId === personId ? '您本人' : '拿到您签名邀请的人'
    case 'window':
      return `${region}综合窗口`
    case 'department':
      return `${department(row.departmentId)}（${region}）`
    case 'outside':
      return `${department(row.actorName)}的业务系统`
    case 'anonymous':
      return '持有核验码的人'
    case 'supervisor':
      return `${region}督查人员`
    default:
      return '一件事平台（系统自动）'
  }
}
