import { useEffect, useLayoutEffect, useMemo, useState, type PropsWithChildren } from 'react'
import { usePageNotFound } from '@tarojs/taro'
import { ConsentSheet } from '@/components/consent-sheet'
import { ElderBar } from '@/components/elder-bar'
import { HelpLine } from '@/components/help-line'
import { PageStatus } from '@/components/page-status'
import { TrainingStrip } from '@/components/training-strip'
import { leaveFirstScreen } from '@/platform/first-screen'
import { systemFontScale } from '@/platform/font-scale'
import { keepFocusInSight } from '@/platform/focus'
import { keepApp } from '@/platform/keep-app'
import { replaceWith } from '@/platform/navigation'
import { watchNetwork } from '@/platform/network'
import { useHelping } from '@/stores/language'
import { setElder, useSettings } from '@/stores/settings'
import { askTraining } from '@/stores/training'
import { FrameContext } from '@/ui/frame'
import '@/platform/pause'
import '@/ui/web-styles'
import './app.scss'

/**
 * The app's frame: elder mode, network, text size and language layer for every page. Only the
 * chosen language is fetched here.
 */
export default function App({ children }: PropsWithChildren) {
  const elder = useSettings((settings) => settings.elder)
  const [online, setOnline] = useState(true)
  useEffect(() => watchNetwork(setOnline), [])
  useLayoutEffect(leaveFirstScreen, [])
  useEffect(keepApp, [])
  useEffect(() => void askTraining(), [])
  useEffect(keepFocusInSight, [])
  const helping = useHelping()
  usePageNotFound(() => replaceWith('not-found'))
  const frame = useMemo(() => ({
    elder,
    online,
    fontScale: systemFontScale(),
    setElder,
    helping,
    Help: HelpLine,
    Training: TrainingStrip,
    Status: PageStatus,
    ElderBar,
    Consent: ConsentSheet,
  }), [elder, online, helping])
  return <FrameContext.Provider value={frame}>{children}</FrameContext.Provider>
}
