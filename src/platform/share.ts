import Taro from '@tarojs/taro'

/** Shares what the tapped share button carries in `data-code`; without one, the page itself. */
export function useShareOf(of: (code: string | undefined) => { title: string; path: string }) {
  Taro.useShareAppMessage(({ target }) => {
    const tapped = target as { dataset?: { code?: string } } | undefined // WeChat's own shape
    return of(tapped?.dataset?.code)
  })
}

/** Lets WeChat's own share menu share this page. A hook: call it in a page. */
export function useShare(title: string, path: string) {
  Taro.useShareAppMessage(() => ({ title, path }))
}
