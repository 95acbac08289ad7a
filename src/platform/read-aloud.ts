/** Reading a page aloud; a mini-program has no voice of its own, so it never offers it. */

/** Tells whether there is a Chinese voice, at once and when voices come; returns how to stop. */
export function watchVoice(tell: (there: boolean) => void): () => void {
  tell(false)
  return () => undefined
}

/** Reads the page in sight. @param ended  called once it is read to its end, or cannot be read */
export function readPage(ended: () => void): void {
  ended()
}

/** Stops reading. */
export function stopReading(): void {
  // nothing reads here
}
