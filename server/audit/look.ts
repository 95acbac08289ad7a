import type { Actor } from '../actor'
import type { Platform } from '../platform'
import { record } from './store'

interface Look {
  by: Actor
  /** whose data is read; null for a list of many people */
  personId: string | null
  what: string
  object: string
  /** absent: their own business for a citizen, 办理业务 for everybody else */
  why?: string
}

/** Leaves a row for a read of personal data, before anything is given out (S55). */
export async function look(platform: Pick<Platform, 'db' | 'now'>, given: Look): Promise<void> {
  const why = given.by.kind === 'citizen' ? '本人操作' : '办理业务'
  await record(platform.db.db, { why, ...given, at: platform.now() })
}
