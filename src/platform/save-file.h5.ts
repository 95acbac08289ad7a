import { apiUrl } from './origin'
import { RequestFailed } from './request'
import type { SaveOptions } from './save-file'

const URL_LIFE_MS = 60_000

/** Fetches a document and saves it as a file. @throws RequestFailed */
export async function saveDocument(options: SaveOptions): Promise<void> {
  const { path, name, token } = options
  const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...options.headers }
  const reply = await fetch(apiUrl(path), { headers }).catch(() => {
    throw new RequestFailed('OFFLINE')
  })
  if (!reply.ok) throw new RequestFailed('INTERNAL', {}, reply.status)
  const url = URL.createObjectURL(await reply.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MS)
}

/** Fetches a picture and saves it as a file. @throws RequestFailed */
export const saveImage = saveDocument

export const saveArchive = saveDocument
