import Taro from '@tarojs/taro'

interface Window {
  windowWidth: number
  pixelRatio: number
}

// Base libraries before 2.20.1 tell all of it by one call, and lack the others.
const asked = (name: 'getAppBaseInfo' | 'getWindowInfo'): unknown =>
  (typeof Taro[name] === 'function' ? Taro[name]() : Taro.getSystemInfoSync())

/** WeChat's own text size in px, where it tells. */
export const fontSizeSetting = () =>
  (asked('getAppBaseInfo') as { fontSizeSetting?: number }).fontSizeSetting // not yet typed

/** The window in CSS pixels. */
export const windowInfo = () => asked('getWindowInfo') as Window // both calls tell these
