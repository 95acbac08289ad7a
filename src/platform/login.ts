import Taro from '@tarojs/taro'

/** A fresh WeChat login code, valid once for five minutes; undefined when WeChat gives none. */
export async function loginCode(): Promise<string | undefined> {
  return Taro.login().then(({ code }) => code, () => undefined)
}
