/** Citizens and clerks who are signed in before the storm: made by the platform's own services. */
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { addDays } from '../../core/clock'
import type { StaffRole } from '../../core/contract/session'
import { CHUNK_BYTES, type Upload } from '../../core/contract/material'
import { personIndex, sealText } from '../../server/crypto'
import { personByPhone } from '../../server/people/service'
import { verifyPerson } from '../../server/people/store'
import type { Platform } from '../../server/platform'
import { openCitizenSession, openStaffSession } from '../../server/session/service'
import { addStaff } from '../../server/session/staff'
import { type Client, must } from './client'
import { idNumber } from '../../server/training/filling'

export interface SignedIn {
  id: string
  token: string
}

const FIRST_BIRTH = '1960-01-01'

/** A signed-in citizen whose real name is checked. @param n  from 0; another person each */
export async function makeCitizen(platform: Platform, n: number): Promise<SignedIn> {
  const { db, keys } = platform
  const id = await personByPhone(db.db, platform, `198${String(n).padStart(8, '0')}`)
  const number = idNumber(addDays(FIRST_BIRTH, n % 15_000))
  const place = (column: string) => ({ table: 'people', column, rowId: id })
  await verifyPerson(db.db, {
    id,
    idIndex: personIndex(platform, number),
    idSealed: sealText(keys, place('id_sealed'), number),
    nameSealed: sealText(keys, place('name_sealed'), '测试居民'),
    at: platform.now(),
  })
  const { token } = await openCitizenSession(db.db, platform, id)
  return { id, token }
}

/** A clerk at the window of the whole prefecture. */
export async function makeClerk(platform: Platform, n: number): Promise<SignedIn> {
  const region = platform.catalogue.regions.find(({ code }) => code.endsWith('00'))?.code ?? ''
  return makeStaff(platform, { n, role: 'window', region })
}

/** A member of staff who is signed in. */
export async function makeStaff(
  platform: Platform,
  { n, role, region, department = null }: {
    n: number
    role: StaffRole
    region: string
    department?: string | null
  },
): Promise<SignedIn> {
  const member = { name: '测试人员', role, department, region }
  // The account is never signed in to: its session is opened here.
  const secrets = { password: platform.newId(), totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' }
  const id = await addStaff(platform, { login: `rig-${role}-${n}`, ...member, ...secrets })
  const { token } = await openStaffSession(
    platform.db.db, platform, { id, ...member, duties: null })
  return { id, token }
}

/** A small photo, another each time. */
export function photograph(n: number): Promise<Buffer> {
  const background = { r: n % 256, g: Math.floor(n / 256) % 256, b: Math.floor(n / 65_536) % 256 }
  const blank = sharp({ create: { width: 320, height: 240, channels: 3, background } })
  return blank.jpeg().toBuffer()
}

/** The id of an acknowledged upload. @throws {Error} when a step is refused or its fate unknown */
export async function upload(client: Client, token: string, photo: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(photo).digest('hex')
  const start = { sha256, size: photo.length, name: '材料.jpg' }
  const started = must<Upload>(await client.call({
    method: 'POST', path: '/v1/materials', token, json: start,
  }))
  if (started.state === 'ready') return started.id
  for (let n = 0; n < started.chunks; n += 1) {
    if (started.received.includes(n)) continue
    const bytes = photo.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES)
    const path = `/v1/materials/${started.id}/chunks/${n}`
    must(await client.call({ method: 'PUT', path, token, bytes }))
  }
  const path = `/v1/materials/${started.id}/finish`
  const finished = must<Upload>(await client.call({ method: 'POST', path, token }))
  if (finished.state !== 'ready') throw new Error(`the upload is ${finished.state}`)
  return finished.id
}
