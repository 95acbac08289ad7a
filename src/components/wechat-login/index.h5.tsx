import type { WechatLoginProps } from '.'

/** A browser outside WeChat signs in by phone. */
export function WechatLogin(_props: WechatLoginProps) {
  return null
}
