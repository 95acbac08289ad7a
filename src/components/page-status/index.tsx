import { nearEnd } from '@core/session-life'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { asRefused, lastHeardAt } from '@/api/client'
import { CounterBar } from '@/components/counter-bar'
import { useNow } from '@/stores/now'
import { stayIn, useSession } from '@/stores/session'
import { personaWords, usePersona } from '@/stores/persona'
import { STUCK_WORDS, switchTo } from '@/stores/switching'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { useFrame } from '@/ui/frame'
import { Icon } from '@/ui/icon'
import { showToast } from '@/ui/toast'
import { Worded } from '@/ui/worded'
import { offlineWords } from './words'

/** Under the top bar of every page: that there is no network, that a session is about to end. */
export function PageStatus() {
  const { path } = useRouter()
  const { online } = useFrame()
  const page = /pages\/([a-z-]+)\/index/.exec(path)?.[1]
  return (
    <>
      {!online && (
        <Box className="offline">
          <Icon name="offline" />
          <Worded>{offlineWords(page)}</Worded>
        </Box>
      )}
      {online && <EndingSession />}
      <ActingFor />
      <CounterBar />
    </>
  )
}

/** Whom one acts for, on every page: in words, and the way back to oneself. */
function ActingFor() {
  const acting = usePersona((state) => state.acting)
  const [busy, setBusy] = useState(false)
  if (!acting) return null
  const back = () => {
    setBusy(true)
    switchTo(undefined)
      .then((stuck) => stuck && showToast(STUCK_WORDS[stuck], 'error'))
      .finally(() => setBusy(false))
  }
  return (
    <Box className="offline acting-for">
      <Icon name="person" />
      <Box className="ending-text">
        <Words>{`正在为 ${personaWords(acting)} 办理`}</Words>
        <Button kind="secondary" compact busy={busy} onTap={back}>换回本人</Button>
      </Box>
    </Box>
  )
}

/** Told minutes before, and put off by one tap (U36). */
function EndingSession() {
  const now = useNow()
  const { token, expiresAt, atCounter } = useSession()
  const [busy, setBusy] = useState(false)
  const heardAt = lastHeardAt()
  const end = token && heardAt ? nearEnd({ heardAt, expiresAt, now }) : undefined
  if (!end || end.minutes === 0) return null
  const stay = () => {
    setBusy(true)
    stayIn()
      .then(() => showToast(atCounter ? '可以继续办理' : '已继续登录', 'done'))
      .catch(asRefused)
      .finally(() => setBusy(false))
  }
  return (
    <Box className="offline ending">
      <Icon name="clock" />
      <Box className="ending-text">
        <Worded>
          {atCounter
            ? `窗口代办还有 ${end.minutes} 分钟到期，到期后没有提交的内容会清空。`
            : `登录还有 ${end.minutes} 分钟到期，填写的内容会保留。`}
        </Worded>
        {end.extendable
          ? (
            <Button kind="secondary" compact busy={busy} onTap={stay}>
              {atCounter ? '继续办理' : '继续登录'}
            </Button>
          )
          : <Worded>{atCounter ? '请尽快提交。' : '到期以后请重新登录。'}</Worded>}
      </Box>
    </Box>
  )
}
