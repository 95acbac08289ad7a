import Taro from '@tarojs/taro'
import { wasRefused } from './consent'

export interface PickedFile {
  name: string
  bytes: ArrayBuffer
}

/**
 * Lets the person choose a file: here from a chat, the only place a mini-program may look.
 * Undefined when they change their mind.
 * @param endings  without the dot: ['csv', 'xlsx']
 */
export async function pickFile(endings: readonly string[]): Promise<PickedFile | undefined> {
  const picked = await Taro.chooseMessageFile({ count: 1, type: 'file', extension: [...endings] })
    .catch((error: { errMsg?: string }) => {
      const refused = wasRefused(error, 'album')
      if (refused || /cancel/i.test(error.errMsg ?? '')) return { tempFiles: [] }
      throw error
    })
  const [file] = picked.tempFiles
  if (!file) return undefined
  const bytes = await new Promise<ArrayBuffer>((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath: file.path,
      success: ({ data }) => resolve(data as ArrayBuffer), // no encoding was asked for
      fail: ({ errMsg }) => reject(new Error(errMsg)),
    })
  })
  return { name: file.name, bytes }
}
