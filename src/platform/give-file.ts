import Taro from '@tarojs/taro'

export interface TextFile {
  /** With its ending. */
  name: string
  text: string
}

/** Hands a file over: here into a chat, from where a computer can open it. */
export async function giveFile({ name, text }: TextFile): Promise<void> {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  Taro.getFileSystemManager().writeFileSync(filePath, text, 'utf8')
  await Taro.shareFileMessage({ filePath, fileName: name })
    .catch((error: { errMsg?: string }) => {
      if (!/cancel/i.test(error.errMsg ?? '')) throw error
    })
}
