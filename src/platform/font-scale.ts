import Taro from '@tarojs/taro'

const STANDARD_PX = 17

/** WeChat's own text size, 1 = standard; up to 1.4. */
export function systemFontScale(): number {
  const { fontSizeSetting } = Taro.getAppBaseInfo() as { fontSizeSetting?: number } // not yet typed
  return (fontSizeSetting ?? STANDARD_PX) / STANDARD_PX
}
