/** The data a result document carries, e.g. a number that did not exist before. */
import { openJson, sealJson, type KeyRing } from '../crypto'

const placeOf = (id: string) => ({ table: 'results', column: 'values_sealed', rowId: id })

export type ResultValues = Record<string, string>

export function sealValues(keys: KeyRing, id: string, values: ResultValues): Buffer {
  return sealJson(keys, placeOf(id), values)
}

/** By field key. @throws SealBroken */
export function openValues(keys: KeyRing, id: string, sealed: Uint8Array): ResultValues {
  return openJson(keys, placeOf(id), sealed) as ResultValues // only sealValues writes there
}
