import { CASE_ENDED } from '@core/case'
import type { CaseView } from '@core/contract/case'
import { say } from '@core/refusal'
import { useState } from 'react'
import { goTo } from '@/platform/navigation'
import { type Beginning, askAgain, fillAgain } from '@/stores/again'
import { useRunning } from '@/stores/running'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Confirm } from '@/ui/confirm'
import { Notice } from '@/ui/status'

/** 重新申请, once a case has ended: nothing has to be typed or photographed a second time. */
export function Again({ view }: { view: CaseView }) {
  const [replacing, setReplacing] = useState<Beginning>()
  const { busy, refused, run } = useRunning()
  if (!CASE_ENDED.has(view.state)) return null
  const topic = view.topicId
  const fill = async (beginning: Beginning) => {
    await fillAgain(beginning)
    setReplacing(undefined)
    goTo('check', { topic })
  }
  const begin = async () => {
    const beginning = await askAgain(view.id)
    if (beginning.begun) setReplacing(beginning)
    else await fill(beginning)
  }
  return (
    <Card title="还要再办？">
      {refused && <Notice kind="error">{wordsOf(refused)}</Notice>}
      <Box as="p" className="again-note">
        这次填的内容和照片都带过去，您核对、改好以后重新签名提交。
      </Box>
      <Button kind="secondary" busy={busy} onTap={() => run(begin)}>重新申请</Button>
      {replacing && (
        <Confirm
          title="换掉没填完的那份？" danger busy={busy}
          text="同一件事您还有一份没填完的申请。用这个办件的内容重新申请，那一份就删除了。"
          yes="换成这次的内容" no="接着填原来的"
          onYes={() => run(() => fill(replacing))}
          onNo={() => {
            setReplacing(undefined)
            goTo('topic', { topic })
          }}
        />
      )}
    </Card>
  )
}

const wordsOf = (refused: Parameters<typeof say>[0]) =>
  (refused.code === 'NOT_FOUND' ? '这件事现在不在网上办了，请打电话或到窗口问问。' : say(refused))
