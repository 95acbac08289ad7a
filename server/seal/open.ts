/** The seal of this platform: brought in its settings, or made up once by a demonstration. */
import { openText, sealText } from '../crypto'
import type { Platform } from '../platform'
import { makeAuthority } from './authority'
import { openLocalSeal } from './local'
import type { Seal } from './seal'

const opened = new WeakMap<Platform, Promise<Seal | undefined>>()

/** Undefined in a production without a seal: its documents say that they bear none. */
export function sealOf(platform: Platform): Promise<Seal | undefined> {
  const known = opened.get(platform)
  if (known) return known
  const opening = open(platform)
  opened.set(platform, opening)
  opening.catch(() => opened.delete(platform))
  return opening
}

async function open(platform: Platform): Promise<Seal | undefined> {
  const { config } = platform
  if (config.seal) return openLocalSeal(config.seal)
  if (config.production) return undefined
  return openLocalSeal(await demoKeys(platform))
}

const placeOf = (rowId: string) => ({ table: 'seal_keys', column: 'key_sealed', rowId })

/** Of several servers that start at once, one makes the key and all use it. */
async function demoKeys(platform: Platform): Promise<{ key: string; certificates: string }> {
  const { db: { db }, keys } = platform
  const read = () => db.selectFrom('seal_keys').selectAll().executeTakeFirst()
  let row = await read()
  if (!row) {
    const at = platform.now()
    const { key, certificates } = await makeAuthority(at)
    const id = platform.newId()
    await db.insertInto('seal_keys')
      .values({ id, key_sealed: sealText(keys, placeOf(id), key), certificates, made_at: at })
      .onConflict((conflict) => conflict.doNothing()).execute()
    row = await read()
  }
  if (!row) throw new Error('The seal of the demonstration is not there after it was made')
  return { key: openText(keys, placeOf(row.id), row.key_sealed), certificates: row.certificates }
}
