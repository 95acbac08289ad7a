import { useEffect, useState } from 'react'
import { useDidShow } from '@tarojs/taro'
import { now } from '@/platform/clock'

const MINUTE_MS = 60_000

/** The instant, told anew each minute and when the page comes back in sight. ISO 8601. */
export function useNow(): string {
  const [instant, setInstant] = useState(() => now().toISOString())
  const tell = () => setInstant(now().toISOString())
  useDidShow(tell)
  useEffect(() => {
    const ticking = setInterval(tell, MINUTE_MS)
    return () => clearInterval(ticking)
  }, [])
  return instant
}
