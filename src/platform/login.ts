import Taro from '@tarojs/taro'

/** A fresh WeChat login code, valid once for five minutes; undefined outside WeChat. */
export async function loginCode(): Promise<string | undefined> {
  const { code } = await Taro.login()
  return code
}
