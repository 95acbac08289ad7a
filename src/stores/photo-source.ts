/** Where a photo can be read from again: this phone, or the server that has it. */
import { getPhoto } from '@/api/materials'
import { photoSource } from '@/platform/photo-address'
import type { Shot } from './uploads'

/** @throws {Refused} for one that was sent in an earlier run, when the server is out of reach */
export async function sourceOf({ path, photo, state }: Shot): Promise<string> {
  if (path) return path
  if (photo) return photoSource(photo.bytes)
  if (state.is !== 'done') throw new Error('a photo that is nowhere')
  return photoSource(await getPhoto(state.id))
}
