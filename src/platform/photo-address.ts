/** Where bytes of a photo can be shown from; here nowhere: a page takes no picture so large. */
export const photoAddress = (_bytes: ArrayBuffer): string | undefined => undefined
