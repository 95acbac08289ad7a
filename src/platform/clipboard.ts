import Taro from '@tarojs/taro'

/** Puts a text on the clipboard; false when the phone does not let us. */
export async function copyText(data: string): Promise<boolean> {
  return Taro.setClipboardData({ data }).then(() => true, () => false)
}
