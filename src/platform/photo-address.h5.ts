/** Where bytes of a photo can be shown from. */
export const photoAddress = (bytes: ArrayBuffer): string | undefined =>
  URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }))
