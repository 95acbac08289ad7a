/**
 * Photos on their way until the server has them. The draft holds the ids of what has arrived, in
 * the order of the material's sides; here is the rest, which kept-photos.ts keeps over a restart.
 *
 *   picked ──▶ waiting ──network──▶ uploading ──▶ done ──▶ draft
 *                 ▲                     └──▶ failed ──retry──┐
 *                 └──────────────────────────────────────────┘
 */
import { Refused, say } from '@core/refusal'
import { keyParts, rowKey } from '@core/rows'
import { create } from 'zustand'
import { type Photo, uploadPhoto } from '@/api/materials'
import { watchNetwork } from '@/platform/network'
import { draftOf, supply, useDrafts } from './drafts'
import { soon } from './soon'

export type ShotState =
  | { is: 'waiting' }
  | { is: 'uploading'; percent: number }
  | { is: 'done'; id: string }
  /** `passing`: it is tried again by itself */
  | { is: 'failed'; reason: string; passing: boolean }

/** Where a photo belongs. */
export interface Spot {
  /** the topic of a draft, or the id of a case that is corrected */
  topicId: string
  /** material key */
  key: string
  /** 0-based side or page */
  place: number
}

export interface Shot extends Spot {
  state: ShotState
  /** absent for one that was sent in an earlier run of the app */
  photo?: Photo
  thumbnail?: string
  /** the picture in full, to look at */
  path?: string
  advice?: string
  /** of the draft it was picked for in an earlier run */
  requestId?: string
}

const AT_ONCE = 2
/** Before another try after a failure that may pass. */
const RETRY_DELAY_MS = 10_000
const PASSING = ['OFFLINE', 'TIMEOUT', 'INTERNAL', 'UNAVAILABLE', 'TOO_MANY_REQUESTS']

export const useUploads = create<{ shots: readonly Shot[] }>()(() => ({ shots: [] }))

const all = () => useUploads.getState().shots
const same = (a: Spot, b: Spot) =>
  a.topicId === b.topicId && a.key === b.key && a.place === b.place
const beside = (a: Spot, b: Omit<Spot, 'place'>) => a.topicId === b.topicId && a.key === b.key

/** The photos of a material, by place; those an earlier run sent come from the draft's ids. */
export function shotsOf(
  shots: readonly Shot[],
  of: Omit<Spot, 'place'>,
  sent: readonly string[],
): Shot[] {
  const mine = shots.filter((shot) => beside(shot, of))
  if (mine.length > 0) return [...mine].sort((a, b) => a.place - b.place)
  return sent.map((id, place) => ({ ...of, place, state: { is: 'done', id } }))
}

/** Takes a photo into the queue; one already at this place is replaced. */
export function addShot(shot: Omit<Shot, 'state'>) {
  change(shot, (mine) => [
    ...mine.filter((one) => !same(one, shot)),
    { ...shot, state: { is: 'waiting' } },
  ])
  pump()
}

/** Puts photos the server already has in place of what was taken for a material. */
export function placeSent(of: Omit<Spot, 'place'>, ids: readonly string[]) {
  change(of, () => ids.map((id, place) => ({ ...of, place, state: { is: 'done', id } })))
}

/** Takes a photo away. A named side leaves a gap, further pages close up. */
export function removeShot(spot: Spot, sides: number) {
  change(spot, (mine) => mine
    .filter((one) => !same(one, spot))
    .map((one) => (spot.place >= sides && one.place > spot.place
      ? { ...one, place: one.place - 1 }
      : one)))
}

/** Photos an earlier run left behind go on; what was taken since has its place already. */
export function restoreShots(shots: readonly Shot[]) {
  const fresh = shots.filter((shot) => !all().some((one) => same(one, shot)) && isStillFor(shot))
  if (fresh.length === 0) return
  useUploads.setState({ shots: [...all(), ...fresh] })
  fresh.forEach(arrivedBefore)
  pump()
}

/** What arrived while its draft was not open goes in, unless something else took its place. */
function arrivedBefore(shot: Shot) {
  const given = draftOf(shot.topicId)?.body.materials[shot.key]
  if (shot.state.is === 'done' && (!given || given.by === 'photos')) writeDown(shot)
}

/** Not for a draft that took the place of the one it was picked for. */
function isStillFor({ topicId, requestId }: Shot): boolean {
  const draft = draftOf(topicId)
  return !draft || !requestId || draft.body.requestId === requestId
}

export function retryShot(spot: Spot) {
  setState(spot, { is: 'waiting' })
  pump()
}

/** A row of a list. */
export interface RowSpot {
  topicId: string
  role: string
  row: number
}

/** A row went: so do its photos, and those of the rows behind it move up. Returns what went. */
export function dropRowShots(at: RowSpot): Shot[] {
  const gone = all().filter((shot) => rowBehind(shot, at) === 0)
  useUploads.setState(({ shots }) => ({
    shots: shots.flatMap((shot) => {
      const behind = rowBehind(shot, at)
      if (behind === undefined || behind < 0) return [shot]
      return behind === 0 ? [] : [moved(shot, -1)]
    }),
  }))
  return gone
}

/** The undoing of `dropRowShots`; a photo that was on its way starts again. */
export function restoreRowShots(at: RowSpot, gone: readonly Shot[]) {
  useUploads.setState(({ shots }) => ({
    shots: [
      ...shots.map((shot) => ((rowBehind(shot, at) ?? -1) >= 0 ? moved(shot, 1) : shot)),
      ...gone.map((shot): Shot => (shot.state.is === 'uploading'
        ? { ...shot, state: { is: 'waiting' } }
        : shot)),
    ],
  }))
  pump()
}

/** Forgets the photos of every row of a list. */
export function dropListShots({ topicId, role }: Omit<RowSpot, 'row'>) {
  useUploads.setState(({ shots }) => ({
    shots: shots.filter((shot) => rowBehind(shot, { topicId, role, row: 1 }) === undefined),
  }))
}

/** How many rows behind this one a photo belongs; undefined if it is of no row of this list. */
function rowBehind({ topicId, key }: Shot, at: RowSpot): number | undefined {
  const parts = keyParts(key)
  if (topicId !== at.topicId || parts.role !== at.role || parts.row === undefined) return undefined
  return parts.row - at.row
}

function moved(shot: Shot, by: 1 | -1): Shot {
  const { key, row = 0 } = keyParts(shot.key)
  return { ...shot, key: rowKey(key, row + by) }
}

/** Forgets the photos of something that was sent. */
export function dropShots(topicId: string) {
  useUploads.setState(({ shots }) => ({
    shots: shots.filter((shot) => shot.topicId !== topicId),
  }))
}

/** Forgets every photo in memory: signing out. */
export function clearUploads() {
  useUploads.setState({ shots: [] })
}

/** A draft was opened: photos that arrived before it was go in; those of another one go. */
function settle(topicId: string) {
  const mine = all().filter((shot) => shot.topicId === topicId)
  if (!mine.every(isStillFor)) dropShots(topicId)
  else mine.forEach(arrivedBefore)
}

function change(of: Omit<Spot, 'place'>, alter: (mine: Shot[]) => Shot[]) {
  const given = draftOf(of.topicId)?.body.materials[of.key]
  const mine = shotsOf(all(), of, given?.by === 'photos' ? given.ids : [])
  const { topicId, key } = of
  const others = all().filter((shot) => !beside(shot, of))
  useUploads.setState({ shots: [...others, ...alter(mine)] })
  writeDown({ topicId, key })
}

/** Only an unbroken row from the first side is written: an id must not take another's side. */
function writeDown(of: Omit<Spot, 'place'>) {
  if (!draftOf(of.topicId)) return
  const mine = all().filter((shot) => beside(shot, of)).sort((a, b) => a.place - b.place)
  const gap = mine.findIndex((shot, n) => shot.place !== n || shot.state.is !== 'done')
  const row = gap < 0 ? mine : mine.slice(0, gap)
  const ids = row.flatMap(({ state }) => (state.is === 'done' ? [state.id] : []))
  const given = draftOf(of.topicId)?.body.materials[of.key]
  if (given?.by === 'photos' && given.ids.join() === ids.join()) return
  supply(of.topicId, of.key, ids.length > 0 ? { by: 'photos', ids } : undefined)
}

function setState(spot: Spot, state: ShotState, photo?: Photo) {
  useUploads.setState(({ shots }) => ({
    shots: shots.map((shot) => (
      (photo ? shot.photo === photo : same(shot, spot)) ? { ...shot, state } : shot
    )),
  }))
}

function pump() {
  if (!online) return
  const busy = all().filter(({ state }) => state.is === 'uploading').length
  const next = all().filter(({ state, photo }) => state.is === 'waiting' && photo)
  next.slice(0, Math.max(0, AT_ONCE - busy)).forEach((shot) => void send(shot))
}

async function send(shot: Shot): Promise<void> {
  const { photo } = shot
  if (!photo) return
  setState(shot, { is: 'uploading', percent: 0 }, photo)
  try {
    const id = await uploadPhoto(photo, (done) =>
      setState(shot, { is: 'uploading', percent: done * 100 }, photo))
    setState(shot, { is: 'done', id }, photo)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    // Out of reach: it waits for the network. Refused: this photo says why, the others go on.
    const waits = error.code === 'OFFLINE' && !online
    const passing = PASSING.includes(error.code)
    const reason = reasonOf(error)
    setState(shot, waits ? { is: 'waiting' } : { is: 'failed', reason, passing }, photo)
    if (!waits && passing) soon('photos', RETRY_DELAY_MS, retryAll)
  }
  // Its row may have moved up meanwhile.
  const now = all().find((one) => one.photo === photo)
  if (now) writeDown(now)
  pump()
}

/** What failed for a reason that may have passed is tried again; a bad file only by hand. */
function retryAll() {
  useUploads.setState(({ shots }) => ({
    shots: shots.map((shot) => (shot.state.is === 'failed' && shot.state.passing
      ? { ...shot, state: { is: 'waiting' } }
      : shot)),
  }))
  pump()
}

function reasonOf(error: Refused): string {
  return error.code === 'OFFLINE' ? '没有连上，请点“重试”。' : say(error)
}

let online = true
watchNetwork((reachable) => {
  online = reachable
  if (online) retryAll()
})

useDrafts.subscribe(({ byTopic }, { byTopic: before }) => {
  Object.entries(before).forEach(([topicId, draft]) => {
    const now = byTopic[topicId]
    // Another device's copy brings its own photos.
    const replaced = draft.saved === 'conflict' && now?.saved === 'server'
    if (!now || replaced) dropShots(topicId)
  })
  Object.keys(byTopic).filter((topicId) => !before[topicId]).forEach(settle)
})
