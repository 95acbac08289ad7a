/** Resumable upload: the server says which chunks it has, only the missing ones are sent. */
import type { MyMaterial, MyMaterials, Upload } from '@core/contract/material'
import { readBytes } from '@/platform/download'
import { sendBytes } from '@/platform/upload'
import { actingHeaders, bearerToken, get, refused, send } from './client'

export interface Photo {
  bytes: ArrayBuffer
  sha256: string
  name: string
}

/** Photos of one's earlier cases that may serve again, newest first. @throws {Refused} */
export async function getMyMaterials(): Promise<MyMaterial[]> {
  return (await get<MyMaterials>('/materials')).materials
}

/** One's own photo as the platform keeps it. @throws {Refused} OFFLINE, NOT_FOUND */
export async function getPhoto(id: string): Promise<ArrayBuffer> {
  return readBytes(`/v1/materials/${id}/file`, bearerToken()).catch((error: unknown) => {
    throw refused(error)
  })
}

/**
 * Sends a prepared photo and returns its upload id.
 * @param progress  called with 0…1 after every chunk
 * @throws {Refused} BAD_FILE and its kin when the server will not have it; OFFLINE mid-way: call
 *   again with the same photo, what arrived is not sent twice
 */
export async function uploadPhoto(
  { bytes, sha256, name }: Photo,
  progress: (done: number) => void,
): Promise<string> {
  const start = { sha256, size: bytes.byteLength, name }
  const upload = await send<Upload>('POST', '/materials', start)
  if (upload.state !== 'ready') {
    const have = new Set(upload.received)
    for (let n = 0; n < upload.chunks; n += 1) {
      if (!have.has(n)) {
        const path = `/materials/${upload.id}/chunks/${n}`
        const from = n * upload.chunkBytes
        const chunk = bytes.slice(from, Math.min(from + upload.chunkBytes, bytes.byteLength))
        await sendBytes(`/v1${path}`, chunk, { token: bearerToken(), headers: actingHeaders(path) })
          .catch((error: unknown) => {
            throw refused(error)
          })
      }
      progress((n + 1) / upload.chunks)
    }
    await send<Upload>('POST', `/materials/${upload.id}/finish`)
  }
  progress(1)
  return upload.id
}
