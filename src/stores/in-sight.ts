import { useState } from 'react'
import { useDidHide, useDidShow } from '@tarojs/taro'

/** False while another page lies over this one: earlier pages stay alive below. */
export function useInSight(): boolean {
  const [inSight, setInSight] = useState(true)
  useDidShow(() => setInSight(true))
  useDidHide(() => setInSight(false))
  return inSight
}
