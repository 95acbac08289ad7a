import { chmod, mkdir, realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes DATA_DIR if it is missing and answers its real path. Only folders made here get a mode:
 * 0700, or 0711 under root, because PostgreSQL then runs as another user and must walk through
 * (docs/decisions/0002-embedded-postgresql.md). The files inside protect themselves with 0600.
 */
export async function ensureDataDir(dataDir: string): Promise<string> {
  const wanted = resolve(dataDir)
  const firstMade = await mkdir(wanted, { recursive: true })
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  for (let made = wanted; firstMade && made.startsWith(firstMade); made = dirname(made)) {
    await chmod(made, mode)
  }
  return realpath(wanted)
}
