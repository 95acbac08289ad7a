/**
 * Switching whom one acts for. Behind a switch lies a wall: what was open of the one is saved and
 * put away before anything of the other is shown; on the phone each has sealed values of their own.
 *
 *   save ──▶ put away ──▶ other header, other prefix ──▶ home
 */
import type { MandateView } from '@core/contract/mandate'
import { whenMandateEnds } from '@/api/client'
import { startOver } from '@/platform/navigation'
import { wipeSecretsOf } from '@/platform/secret-storage'
import { showToast } from '@/ui/toast'
import { useCases } from './cases'
import { useCorrections } from './corrections'
import { saveNow, useDrafts } from './drafts'
import { clearTasks } from './home'
import { type Persona, takePersona, usePersona } from './persona'
import { useRatings } from './ratings'
import { useSession } from './session'
import { useSubmitting } from './submitting'
import { useTickets } from './tickets'
import { clearUploads, useUploads } from './uploads'

/** Why one cannot switch now; undefined: one has. */
export type Stuck = 'photos' | 'unsaved' | undefined

export const STUCK_WORDS: Record<NonNullable<Stuck>, string> = {
  photos: '还有照片没有传完，传完再换。',
  unsaved: '刚填的内容还没有存好，请联网后再换。',
}

/** To another, or back to oneself; nothing is lost and nothing goes along. */
export async function switchTo(mandate: MandateView | undefined): Promise<Stuck> {
  const busy = useUploads.getState().shots.some(({ state }) =>
    state.is === 'waiting' || state.is === 'uploading')
  if (busy) return 'photos'
  await Promise.all(Object.keys(useDrafts.getState().byTopic).map(saveNow))
  const drafts = Object.values(useDrafts.getState().byTopic)
  if (drafts.some(({ saved, changedAt }) => saved === 'memory' && changedAt > 0)) return 'unsaved'
  await putAway()
  takePersona(mandate && personaOf(mandate))
  startOver()
  return undefined
}

function personaOf({ id, principal, kind, acts, topics }: MandateView): Persona {
  const holderId = useSession.getState().me?.id ?? ''
  return { mandateId: id, name: principal, kind, acts, topics, holderId }
}

/** In memory nothing of the one stays; sealed, it waits until one acts for them again. */
async function putAway(): Promise<void> {
  useDrafts.setState({ byTopic: {} })
  clearUploads()
  clearTasks()
  useCases.setState(useCases.getInitialState(), true)
  useCorrections.setState(useCorrections.getInitialState(), true)
  useRatings.setState(useRatings.getInitialState(), true)
  useSubmitting.setState(useSubmitting.getInitialState(), true)
  useTickets.setState(useTickets.getInitialState(), true)
  useSession.setState({ shared: undefined })
  // What is being forgotten on the phone is still theirs: the prefix changes afterwards.
  await new Promise<void>((done) => setTimeout(done, 0))
  // A save that was refused meanwhile had put its draft back.
  useDrafts.setState({ byTopic: {} })
}

let ending = false

/** The platform says that the mandate is over: nothing of them may stay here. */
function ended() {
  const { acting } = usePersona.getState()
  if (!acting || ending) return
  ending = true
  void putAway().then(() => {
    takePersona(undefined)
    wipeSecretsOf(acting.mandateId)
    showToast('委托已经结束，已换回本人', 'done')
    startOver()
  }).finally(() => {
    ending = false
  })
}

/** What of whom one no longer acts for still lies on this phone. */
export function forgetEnded(mandates: readonly MandateView[]) {
  mandates.filter(({ state }) => state !== 'live').forEach(({ id }) => wipeSecretsOf(id))
}


whenMandateEnds(ended)
