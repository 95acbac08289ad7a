import { useEffect, useMemo, useState, type PropsWithChildren } from 'react'
import { usePageNotFound } from '@tarojs/taro'
import { systemFontScale } from '@/platform/font-scale'
import { replaceWith } from '@/platform/navigation'
import { watchNetwork } from '@/platform/network'
import { setElder, useSettings } from '@/stores/settings'
import { FrameContext } from '@/ui/frame'
import '@/ui/web-styles'
import './app.scss'

/** The app's frame: elder mode, network and text size for every page. Nothing is fetched here. */
export default function App({ children }: PropsWithChildren) {
  const elder = useSettings((settings) => settings.elder)
  const [online, setOnline] = useState(true)
  useEffect(() => watchNetwork(setOnline), [])
  usePageNotFound(() => replaceWith('not-found'))
  const frame = useMemo(() => ({
    elder,
    online,
    fontScale: systemFontScale(),
    setElder,
  }), [elder, online])
  return <FrameContext.Provider value={frame}>{children}</FrameContext.Provider>
}
