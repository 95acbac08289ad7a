import { lstat, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/** Whether a thrown value is a system or PostgreSQL error with one of these codes. */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** Whether a user without root's powers may pass every folder down to and including `folder`. */
export async function canWalkTo(folder: string, uid: number): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid: owner } = await stat(at)
    if (!(mode & (owner === uid ? 0o100 : 0o001))) return false
    if (at === dirname(at)) return true
  }
}

/** Makes a rename, creation or removal in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives a finished folder its name; if another process was first, that one's folder stays. */
export async function moveUnlessThere(finished: string, name: string): Promise<void> {
  try {
    await rename(finished, name)
  } catch (error) {
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST')) throw error
    await rm(finished, { recursive: true, force: true })
  }
}
