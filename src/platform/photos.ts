import Taro from '@tarojs/taro'
import { wasRefused } from './consent'

export interface PickedPhoto {
  /** A path of the phone, or a blob: address to revoke when done. */
  path: string
  sizeBytes: number
  /** H5 only. */
  file?: Blob
}

export interface PickOptions {
  count: number
  from: 'camera' | 'album'
}

/**
 * Lets the person take or choose photos; an empty list when they change their mind, or when WeChat
 * does not let us, which consent.ts then says.
 */
export async function pickPhotos({ count, from }: PickOptions): Promise<PickedPhoto[]> {
  const picked = await Taro.chooseMedia({
    count,
    mediaType: ['image'],
    sourceType: [from],
    sizeType: ['original'],
  }).catch((error: { errMsg?: string }) => {
    if (/cancel/i.test(error.errMsg ?? '') || wasRefused(error, from)) return { tempFiles: [] }
    throw error
  })
  return picked.tempFiles.map(({ tempFilePath, size }) => ({ path: tempFilePath, sizeBytes: size }))
}
