import Taro from '@tarojs/taro'
import { apiUrl } from './origin'
import { RequestFailed } from './request'

export interface SaveOptions {
  /** A path of our API. */
  path: string
  /** With its ending, e.g. 一次告知单.pdf. */
  name: string
  token?: string
  headers?: Record<string, string>
}

async function download({ path, name, token, headers }: SaveOptions): Promise<string> {
  const task = Taro.downloadFile({
    url: apiUrl(path),
    filePath: `${Taro.env.USER_DATA_PATH}/${name}`,
    header: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
  })
  const { statusCode, filePath, tempFilePath } = await task.catch(() => {
    throw new RequestFailed('OFFLINE')
  })
  if (statusCode !== 200) throw new RequestFailed('INTERNAL', {}, statusCode)
  return filePath ?? tempFilePath
}

/** Fetches a document and opens it with the menu to keep or forward it. @throws RequestFailed */
export async function saveDocument(options: SaveOptions): Promise<void> {
  await Taro.openDocument({ filePath: await download(options), showMenu: true })
}

/** Fetches a picture into the album. @throws RequestFailed; rejects when the album is refused */
export async function saveImage(options: SaveOptions): Promise<void> {
  await Taro.saveImageToPhotosAlbum({ filePath: await download(options) })
}

/** Fetches what WeChat cannot open and hands it into a chat. @throws RequestFailed */
export async function saveArchive(options: SaveOptions): Promise<void> {
  const filePath = await download(options)
  await Taro.shareFileMessage({ filePath, fileName: options.name })
    .catch((error: { errMsg?: string }) => {
      if (!/cancel/i.test(error.errMsg ?? '')) throw error
    })
}
