/** A part of a list: so many rows from behind one; without it, from the first. */
export interface Part {
  after: string | undefined
  limit: number
}
