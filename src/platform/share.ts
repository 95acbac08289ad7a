import Taro from '@tarojs/taro'

/** Lets WeChat's own share menu share this page. A hook: call it in a page. */
export function useShare(title: string, path: string) {
  Taro.useShareAppMessage(() => ({ title, path }))
}
