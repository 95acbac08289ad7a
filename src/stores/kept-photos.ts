/**
 * Photos that nobody else has yet lie sealed on the phone, so that a killed app loses none.
 *
 *   picked ──▶ sealed file + line in the sealed list ──▶ id in a saved draft ──▶ both forgotten
 *
 * On the next start the list is read back and the uploads go on. Kept for at most seven days.
 */
import { create } from 'zustand'
import type { Photo } from '@/api/materials'
import { now } from '@/platform/clock'
import { newId } from '@/platform/id'
import { photoAddress } from '@/platform/photo-address'
import { fileNames, readFile, removeFile, writeFile } from '@/platform/photo-store'
import { openSealed, sealBytes } from '@/platform/seal'
import { readSecret, removeSecret, secretsOpen, writeSecret } from '@/platform/secret-storage'
import { draftOf, useDrafts } from './drafts'
import { useSession } from './session'
import { restoreShots, type Shot, type Spot, useUploads } from './uploads'

/** One photo in the list: `id` once the server has it, else the file that holds it. */
interface Line extends Spot {
  /** of the draft it was picked for; a later draft of the same topic is another matter */
  requestId?: string
  id?: string
  file?: string
  sha256?: string
  name?: string
  advice?: string
}

const LIST = 'photos'
const LIFE_MS = 7 * 24 * 3600 * 1000

/** False once this phone could not keep a photo: then closing the app would lose it. */
export const useKeeping = create<{ safe: boolean }>()(() => ({ safe: true }))

/** A photo and the file it lies in; begins with the time it was picked. */
const fileOf = new Map<Photo, string>()
let written = '[]'
let ready = false
let turn: Promise<void> = Promise.resolve()

/** Every photo of a material of which one is not yet in a draft that is saved. */
function linesOf(shots: readonly Shot[]): { line: Line; shot: Shot }[] {
  const open = new Set(shots.filter((shot) => !isSafe(shot)).map(groupOf))
  return shots.filter((shot) => open.has(groupOf(shot))).map((shot) => {
    const { topicId, key, place, state, photo, advice } = shot
    const requestId = draftOf(topicId)?.body.requestId ?? shot.requestId
    const spot = { topicId, key, place, requestId, advice }
    if (state.is === 'done') return { shot, line: { ...spot, id: state.id } }
    const file = photo && fileOf.get(photo)
    return { shot, line: { ...spot, file, sha256: photo?.sha256, name: photo?.name } }
  })
}

const groupOf = ({ topicId, key }: Spot) => `${topicId} ${key}`

function isSafe({ topicId, key, state }: Shot): boolean {
  const draft = draftOf(topicId)
  const given = draft?.body.materials[key]
  return state.is === 'done' && given?.by === 'photos' && given.ids.includes(state.id) &&
    draft?.saved !== 'memory'
}

/** Brings what lies on the phone up to what is in memory; one turn at a time. */
function keepUp() {
  if (!ready || !secretsOpen()) return
  turn = turn.then(keep).catch(notKept)
}

/** The storage is full or closed to us: the materials page then warns (see useKeeping). */
function notKept() {
  useKeeping.setState({ safe: false })
}

async function keep(): Promise<void> {
  const { shots } = useUploads.getState()
  for (const { state, photo } of shots) {
    if (photo && state.is !== 'done' && !fileOf.has(photo)) await keepPhoto(photo)
  }
  const lines = linesOf(useUploads.getState().shots).map(({ line }) => line)
    .filter(({ id, file }) => id !== undefined || file !== undefined)
  const list = JSON.stringify(lines)
  if (list === written) return
  if (lines.length > 0) await writeSecret(LIST, lines, now())
  else removeSecret(LIST)
  written = list
  const used = new Set(lines.map(({ file }) => file))
  for (const [photo, file] of [...fileOf]) {
    if (used.has(file)) continue
    fileOf.delete(photo)
    await removeFile(file)
  }
}

async function keepPhoto(photo: Photo): Promise<void> {
  const file = `${now().getTime()}-${await newId()}`
  const box = await sealBytes(file, new Uint8Array(photo.bytes))
  if (!box) return
  await writeFile(file, box)
  fileOf.set(photo, file)
}

/** Reads back what an earlier run left, once its key is there, and lets the uploads go on. */
async function recall(): Promise<void> {
  if (ready || !secretsOpen()) return
  ready = true
  const stored = readSecret<Line[]>(LIST, now()) ?? []
  written = JSON.stringify(stored)
  const old = (await fileNames()).filter((file) => ageOf(file) > LIFE_MS)
  for (const file of old) await removeFile(file)
  const shots = await Promise.all(stored.map(shotOf))
  restoreShots(shots.flatMap((shot) => shot ?? []))
  keepUp()
}

const ageOf = (file: string) => now().getTime() - Number(file.split('-')[0])

async function shotOf(line: Line): Promise<Shot | undefined> {
  const { id, file, sha256 = '', name = '', ...spot } = line
  if (id) return { ...spot, state: { is: 'done', id } }
  const box = file && await readFile(file)
  const bytes = file && box ? openSealed(file, box)?.slice().buffer : undefined
  if (!file || !bytes) return undefined
  const photo = { bytes, sha256, name }
  fileOf.set(photo, file)
  const path = photoAddress(bytes)
  return { ...spot, photo, path, thumbnail: path, state: { is: 'waiting' } }
}

/** Nothing of any person stays on this phone: signing out. */
export async function forgetPhotos(): Promise<void> {
  ready = false
  written = '[]'
  fileOf.clear()
  await turn
  for (const file of await fileNames()) await removeFile(file)
}

const begin = () => {
  if (!useSession.getState().token || !secretsOpen()) return
  turn = turn.then(recall).catch(notKept)
}
useSession.subscribe(begin)
useUploads.subscribe(keepUp)
useDrafts.subscribe(keepUp)
begin()
