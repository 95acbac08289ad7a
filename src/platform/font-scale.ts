import { fontSizeSetting } from './system-info'

const STANDARD_PX = 17

/** WeChat's own text size, 1 = standard; up to 1.4. */
export const systemFontScale = () => (fontSizeSetting() ?? STANDARD_PX) / STANDARD_PX
