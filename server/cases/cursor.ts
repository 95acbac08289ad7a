/** Where a keyset page ended: an instant and an id, opaque to the caller. */
import { Refused } from '../../core/refusal'

export interface Cursor {
  at: Date
  id: string
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url')
}

/** Of lists by what is due first. */
export interface DueCursor {
  day: string
  id: string
}

export function writeDueCursor({ day, id }: DueCursor): string {
  return `${day}.${id}`
}

/** @throws {Refused} MALFORMED */
export function readDueCursor(text: string): DueCursor {
  const [, day, id] = /^(\d{4}-\d\d-\d\d)\.([0-9a-f-]{36})$/.exec(text) ?? []
  if (!day || !id) throw new Refused('MALFORMED')
  return { day, id }
}

/** @throws {Refused} MALFORMED */
export function readCursor(text: string): Cursor {
  const [instant = '', id = ''] = Buffer.from(text, 'base64url').toString().split('|')
  const at = new Date(instant)
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refused('MALFORMED')
  return { at, id }
}
