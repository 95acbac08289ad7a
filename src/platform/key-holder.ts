let held: string | undefined

/** Keeps the drafts' key for this run of the app; a mini-program has nowhere else to put it. */
export function holdKey(key: string) {
  held = key
}

/** The key, if this run has been given one. */
export const heldKey = () => held

/** Forgets the key. */
export function dropKey() {
  held = undefined
}
