/** Where bytes of a photo can be shown from. */
export const photoAddress = (bytes: ArrayBuffer): string | undefined => photoSource(bytes)

/** Where a canvas can read the bytes from. */
export const photoSource = (bytes: ArrayBuffer): string =>
  URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
