/** What is suggested on the page in sight: filled in once, and no longer than its reason holds. */
import { useEffect, useRef } from 'react'
import { draftOf, fill, setDraft } from './drafts'
import { type Brought, type Filling, untouched } from './filling'

/**
 * Fills the fields of a page with what is likely for them. A suggestion nobody changed follows what
 * it was taken from, and goes with it: a name typed anew does not keep another's ID number.
 */
export function useLikely({ topic }: Filling, brought: Brought, keys: readonly string[]): void {
  const { certified, likely } = brought
  const before = useRef(likely)
  const page = keys.join()
  useEffect(() => {
    follow(topic.id, before.current, likely)
    before.current = likely
    const form = draftOf(topic.id)?.body.form ?? {}
    const wanted = Object.entries(likely)
      .filter(([key]) => page.split(',').includes(key) && !certified[key])
    const fresh = untouched(form, Object.fromEntries(wanted))
    if (Object.keys(fresh).length > 0) fill(topic.id, fresh)
  }, [topic.id, page, certified, likely])
}

type Values = Readonly<Record<string, string>>

function follow(topicId: string, before: Values, now: Values) {
  const form = draftOf(topicId)?.body.form ?? {}
  const moved = Object.keys(before)
    .filter((key) => form[key] === before[key] && now[key] !== before[key])
  if (moved.length === 0) return
  const kept = Object.entries(form).filter(([key]) => !moved.includes(key))
  const following = moved.flatMap((key) => (now[key] ? [[key, now[key]]] : []))
  setDraft(topicId, { form: Object.fromEntries([...kept, ...following]) })
}
