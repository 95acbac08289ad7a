const NAME = 'draft-key'
let held: string | undefined

/** Keeps the drafts' key for this tab: memory, and sessionStorage so that a reload is no loss. */
export function holdKey(key: string) {
  held = key
  sessionStorage.setItem(NAME, key)
}

/** The key, if this tab has been given one. */
export const heldKey = () => held ?? sessionStorage.getItem(NAME) ?? undefined

/** Forgets the key. */
export function dropKey() {
  held = undefined
  sessionStorage.removeItem(NAME)
}
