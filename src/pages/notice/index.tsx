import { useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { FillingGate } from '@/components/filling-gate'
import { HelpLine } from '@/components/help-line'
import { fullDayWords } from '@/components/moment'
import { NoticeSheet } from '@/components/notice-sheet'
import { noticeBlocks } from '@/components/notice-sheet/blocks'
import { layOut } from '@/components/notice-sheet/layout'
import { seasonLines } from '@/components/season-note/words'
import { Unanswered } from '@/components/unanswered'
import { today } from '@/platform/clock'
import { savePicture } from '@/platform/draw-picture'
import { goBack, goTo } from '@/platform/navigation'
import { type Filling, useFilling } from '@/stores/filling'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import { WhereToGo, usePlaceOf } from './where'
import './index.scss'

/** 一次告知单 before submission: the plan as a document, computed on the phone. */
export default function NoticePage() {
  const { params } = useRouter()
  const { filling, refused } = useFilling(params.topic ?? '')
  if (!filling) return <FillingGate title="一次告知单" refused={refused} />
  return <Told filling={filling} again={params.from !== undefined} />
}

/** `again`: one only came back to read it. */
function Told({ filling, again }: { filling: Filling; again: boolean }) {
  const { topic, plan } = filling
  const place = usePlaceOf(filling)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  if (plan.next || plan.stops.length > 0) {
    return <Unanswered title="一次告知单" topicId={topic.id} />
  }
  const day = today()
  const blocks = noticeBlocks(topic, plan, {
    place: place?.name ?? '喀什地区',
    day: fullDayWords(day),
    seasons: seasonLines(plan, { regionCode: place?.code ?? null, today: day }),
  })
  const save = () => {
    setBusy(true)
    setFailed(false)
    savePicture((widthOf) => layOut(blocks, widthOf), `一次告知单-${topic.title}.png`)
      .then((saved) => {
        if (saved) showToast('告知单已保存为图片', 'done')
        setFailed(!saved)
      })
      .finally(() => setBusy(false))
  }
  return (
    <Page
      title="一次告知单" onBack={goBack}
      lead={`${topic.title}：要办什么、交什么、等多久，都在这一张上。`}
      help={<HelpLine region={place} />}
      footer={again
        ? <Button onTap={goBack}>看好了，返回</Button>
        : (
          <Button onTap={() => goTo('form', { topic: topic.id })}>看明白了，开始填写</Button>
        )}
    >
      <NoticeSheet blocks={blocks} />
      {failed && <Notice kind="error">图片没有存下来，请允许保存到相册后再试。</Notice>}
      <Box className="stack">
        <Button kind="secondary" busy={busy} onTap={save}>把告知单存成图片</Button>
      </Box>
      {place && <WhereToGo filling={filling} place={place} />}
    </Page>
  )
}
