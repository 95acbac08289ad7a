/** Coming, being known and going: what signing in and out means for the rest of the phone. */
import type { Session } from '@core/contract/session'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { signOutRemotely } from '@/api/session'
import { type Params, replaceWith } from '@/platform/navigation'
import { dropDraft, saveNow, useDrafts } from './drafts'
import { clearTasks } from './home'
import { forgetPhotos } from './kept-photos'
import { dropPersona, usePersona } from './persona'
import { beginSession, forgetSession, recallMe, useSession } from './session'
import { setElder, setRegion } from './settings'
import { clearUploads } from './uploads'

let lastPerson: string | undefined

/** Starts a session on this phone; drafts of somebody else who used it before are forgotten. */
export async function enter(session: Session): Promise<void> {
  const { me } = session
  const stranger = lastPerson !== undefined && lastPerson !== me.id
  lastPerson = me.id
  const drafts = Object.entries(useDrafts.getState().byTopic)
  // An untouched draft would hide the one this person saved earlier on the server.
  const stale = drafts.filter(([, { changedAt }]) => stranger || changedAt === 0)
  stale.forEach(([topicId]) => dropDraft(topicId))
  if (stranger) clearUploads()
  const { acting } = usePersona.getState()
  if (acting && acting.holderId !== me.id) {
    // What is open here is of somebody this person does not act for.
    Object.keys(useDrafts.getState().byTopic).forEach(dropDraft)
    clearUploads()
    dropPersona()
  }
  beginSession(session)
  if (me.elder) setElder(true)
  if (me.region) setRegion(me.region)
  await Promise.all(Object.keys(useDrafts.getState().byTopic).map(saveNow))
}

/** Signs out; what the server has not got yet is sent first, then nothing stays on this phone. */
export async function leave(): Promise<void> {
  const topics = Object.keys(useDrafts.getState().byTopic)
  await Promise.all(topics.map(saveNow))
  await signOutRemotely().catch(asRefused)
  forgetPhone()
}

/** Nothing of the person stays on this phone. */
export function forgetPhone(): void {
  Object.keys(useDrafts.getState().byTopic).forEach(dropDraft)
  clearUploads()
  void forgetPhotos()
  clearTasks()
  dropPersona()
  forgetSession()
  lastPerson = undefined
}

/** Who is signed in: after a reload the phone has only the token and asks. */
export function useMe() {
  const { token, me } = useSession()
  const [unreached, setUnreached] = useState(false)
  useEffect(() => {
    if (!token || me) return
    recallMe().then(() => {
      lastPerson = useSession.getState().me?.id
    }).catch((error: unknown) => setUnreached(Boolean(asRefused(error))))
  }, [token, me])
  return { signedIn: token !== undefined, me, unreached }
}

export interface Guarded {
  page: string
  params: Params
  /** an earlier page below another one must not navigate */
  inSight: boolean
  /** also for whoever has not done the real-name check */
  unverified?: true
}

/**
 * Sends whoever is not signed in, or not yet verified, to the page that settles it and back.
 * @returns true when the page may be shown; offline, the token alone has to do
 */
export function useGuard({ page, params, inSight, unverified }: Guarded): boolean {
  const { signedIn, me, unreached } = useMe()
  const nameless = me && !me.verified && !unverified
  const atCounter = useSession((state) => state.atCounter)
  // What a clerk opened here ends on a page of its own (stores/counter.ts).
  const away = atCounter ? undefined : 'login'
  const missing = !signedIn ? away : nameless ? 'identity' : undefined
  useEffect(() => {
    if (missing && inSight) replaceWith(missing, { ...params, next: page })
    // the address of a page does not change while it is open
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [missing, inSight])
  return signedIn && !missing && (me !== undefined || unreached)
}
