/** What is being looked for: kept while the app is open, never on the phone. */
import type { Found, LifeGroup } from '@core/contract/find'
import type { Refused } from '@core/refusal'
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { findTopics, getLife } from '@/api/find'
import { readItem, writeItem } from '@/platform/storage'

export const MOST_LETTERS = 50
const LIFE = 'life'

interface State {
  typed: string
  /** what `found` answers */
  asked: string
  found: readonly Found[] | undefined
  refused: Refused | undefined
  life: readonly LifeGroup[] | undefined
  lifeRefused: Refused | undefined
}

const NOTHING = { asked: '', found: undefined, refused: undefined }

export const useFind = create<State>()(() => ({
  typed: '',
  ...NOTHING,
  life: readItem<LifeGroup[]>(LIFE),
  lifeRefused: undefined,
}))

export function type(typed: string) {
  useFind.setState(typed.trim() ? { typed } : { typed, ...NOTHING })
}

/** Asks for what is typed; an answer to what is typed no longer is let go. */
export async function findTyped(): Promise<void> {
  const asked = useFind.getState().typed.trim().slice(0, MOST_LETTERS)
  if (!asked) return
  const current = () => useFind.getState().typed.trim().slice(0, MOST_LETTERS) === asked
  try {
    const found = await findTopics(asked)
    if (current()) useFind.setState({ asked, found, refused: undefined })
  } catch (error) {
    const refused = asRefused(error)
    if (current()) useFind.setState({ asked, found: undefined, refused })
  }
}

/** Asks again; the kept ones serve while offline. */
export async function refreshLife(): Promise<void> {
  try {
    const life = await getLife()
    writeItem(LIFE, life)
    useFind.setState({ life, lifeRefused: undefined })
  } catch (error) {
    useFind.setState({ lifeRefused: asRefused(error) })
  }
}
