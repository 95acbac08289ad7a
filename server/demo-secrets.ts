import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Env } from './config'
import { ensureDataDir } from './datadir'
import { exists, isCode, syncFolder } from './files'

const NAMES = ['WECHAT_SECRET', 'IDENTITY_SECRET', 'CERTIFICATE_SECRET', 'SMS_SECRET']
/** Not read by readConfig: for the DEPARTMENT_SYSTEMS a demo makes up. */
NAMES.push('DEPARTMENT_SECRET')

/**
 * The secrets of a demo, as settings: made once, then kept in DATA_DIR/keys.json (0600), without
 * which what the demo has sealed can't be opened again. Marked as demo, so production refuses them.
 */
export async function loadDemoSecrets(dataDir: string): Promise<Env> {
  const folder = await ensureDataDir(dataDir)
  const path = join(folder, 'keys.json')
  if (!(await exists(path))) await writeSecrets(folder, path)
  // Written by us; readConfig checks each value.
  return JSON.parse(await readFile(path, 'utf8')) as Env
}

async function writeSecrets(folder: string, path: string): Promise<void> {
  const secrets: Env = { KEYS: `1:${randomBytes(32).toString('base64')}` }
  for (const name of NAMES) secrets[name] = `demo-${randomBytes(32).toString('hex')}`
  const unfinished = `${path}.${process.pid}.tmp`
  await rm(unfinished, { force: true })
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(unfinished, path)
  } catch (error) {
    // Another process was first: its secrets count.
    if (!isCode(error, 'EEXIST')) throw error
  }
  await rm(unfinished)
  await syncFolder(folder)
}
