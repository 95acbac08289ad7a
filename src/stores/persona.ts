/** Whom one acts for; switching.ts changes it. */
import { type Acts, type MandateKind, PRINCIPAL_WORDS, actsCover, coversTopic } from '@core/mandate'
import { create } from 'zustand'
import { actUnder } from '@/api/client'
import { sealUnder } from '@/platform/secret-storage'
import { readItem, removeItem, writeItem } from '@/platform/storage'
import { useSession } from './session'

export interface Persona {
  mandateId: string
  /** masked; a company in full */
  name: string
  kind: MandateKind
  acts: Acts
  /** null: every topic */
  topics: readonly { id: string; title: string }[] | null
  /** who acts: on a shared phone the next one to sign in does not */
  holderId: string
}

const NAME = 'persona'

/** At the window nobody acts for another, whoever else uses this computer. */
export const usePersona = create<{ acting: Persona | undefined }>()(() => ({
  acting: useSession.getState().atCounter ? undefined : readItem<Persona>(NAME),
}))

/** 阿依努尔·**（孩子） */
export const personaWords = ({ name, kind }: Pick<Persona, 'name' | 'kind'>) =>
  `${name}（${PRINCIPAL_WORDS[kind]}）`

/** One acts for this one from now on: the header says so, the phone keeps apart what is theirs. */
export function takePersona(persona: Persona | undefined) {
  if (persona) writeItem(NAME, persona)
  else removeItem(NAME)
  sealUnder(persona?.mandateId)
  actUnder(persona?.mandateId)
  usePersona.setState({ acting: persona })
}

/** Signing out, or somebody else signs in: one is oneself again. */
export function dropPersona() {
  if (usePersona.getState().acting) takePersona(undefined)
}

/** Whether one may do this much in a topic; of oneself, always. */
export function mayDo(acting: Persona | undefined, topicId: string, need: Acts): boolean {
  if (!acting) return true
  const topics = acting.topics && acting.topics.map(({ id }) => id)
  return actsCover(acting.acts, need) && coversTopic({ topics }, topicId)
}

const kept = usePersona.getState().acting
if (kept) takePersona(kept)
