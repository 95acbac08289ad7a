import { toBase64 } from './bytes'

/** Where bytes of a photo can be shown from; here nowhere: a page takes no picture so large. */
export const photoAddress = (_bytes: ArrayBuffer): string | undefined => undefined

/** Where a canvas can read the bytes from. */
export const photoSource = (bytes: ArrayBuffer): string =>
  `data:image/jpeg;base64,${toBase64(new Uint8Array(bytes))}`
