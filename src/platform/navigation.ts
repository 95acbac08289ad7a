import Taro from '@tarojs/taro'

export type Params = Record<string, string | number | undefined>

const HOME = '/pages/home/index'

/** What Taro's H5 router adds to a page's parameters for itself: handed on, it mixes pages up. */
const isRouters = (name: string) => name === 'stamp' || name.startsWith('$')

/** A page's address, e.g. pageUrl('topic', {id}) → /pages/topic/index?id=… */
export function pageUrl(page: string, params: Params = {}): string {
  const query = Object.entries(params)
    .filter(([name, value]) => value !== undefined && !isRouters(name))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return `/pages/${page}/index${query ? `?${query}` : ''}`
}

/** The page in sight, e.g. `topic`; undefined before the first one is there. */
export function pageInSight(): string | undefined {
  const route = Taro.getCurrentPages().slice(-1)[0]?.route ?? ''
  return /pages\/([a-z-]+)\/index/.exec(route)?.[1]
}

/** How many pages lie on each other. */
export const pagesOpen = () => Taro.getCurrentPages().length

/** Opens a page on top of this one. WeChat allows ten; the eleventh replaces this one. */
export function goTo(page: string, params?: Params) {
  const open = Taro.getCurrentPages().length >= 10 ? Taro.redirectTo : Taro.navigateTo
  void open({ url: pageUrl(page, params) })
}

/** Opens a page in place of this one. */
export function replaceWith(page: string, params?: Params) {
  void Taro.redirectTo({ url: pageUrl(page, params) })
}

/** Goes back; where nothing is below (a deep link), home. */
export function goBack() {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else void Taro.reLaunch({ url: HOME })
}

/** Closes every page and opens this one, so that 返回 cannot repeat what was sent. */
export function startOver(page = 'home', params?: Params) {
  void Taro.reLaunch({ url: pageUrl(page, params) })
}
