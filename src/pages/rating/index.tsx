import { say, type Refused } from '@core/refusal'
import { asksRating } from '@core/tone'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { useInSight } from '@/components/in-sight'
import { Stars, levelWords } from '@/components/stars'
import { goBack, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { rate, recallCase, refreshCase, useCases } from '@/stores/cases'
import { useTopic } from '@/stores/filling'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

const MOST_CHARACTERS = 500

/** 好差评: one tap for the level, one to send; words are optional (U24). */
export default function RatingPage() {
  const { id = '' } = useRouter<{ id: string }>().params
  useGuard({ page: 'rating', params: { id }, inSight: useInSight() })
  const view = useCases(({ byId }) => byId[id]?.view)
  useEffect(() => {
    if (!recallCase(id)) refreshCase(id).catch(asRefused)
  }, [id])
  const { topic } = useTopic(view?.topicId ?? '')
  const quiet = topic !== undefined && !asksRating(topic)
  return view?.rating
    ? <Thanks stars={view.rating.stars} quiet={quiet} />
    : <Rating id={id} lead={quiet ? UNASKED : `${view ? `“${view.topicTitle}”` : ''}办得怎么样？`} />
}

const UNASKED = '不评价也没有关系。有话想说的，可以写在下面。'

function Rating({ id, lead }: { id: string; lead: string }) {
  const [stars, setStars] = useState<number>()
  const [comment, setComment] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const send = () => {
    setMissing(stars === undefined)
    if (stars === undefined || busy) return
    setBusy(true)
    setRefused(undefined)
    rate(id, { stars, ...(comment.trim() ? { comment: comment.trim() } : {}) })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return (
    <Page
      title="评价这次办理"
      lead={lead}
      wrong={missing}
      onBack={goBack}
      footer={<Button busy={busy} onTap={send}>提交评价</Button>}
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Stars
        label="您满意吗？" stars={stars} error={missing ? '请选一个满意程度。' : undefined}
        onChange={(level) => {
          setMissing(false)
          setStars(level)
        }}
      />
      <TextField
        id="comment" label="想说的话" optional multiline maxLength={MOST_CHARACTERS}
        hint={stars !== undefined && stars <= 2 ? '哪里没做好？会有专人核实、整改' : '哪里做得好，哪里要改进'}
        value={comment} onChange={setComment}
      />
    </Page>
  )
}

function Thanks({ stars, quiet }: { stars: number; quiet: boolean }) {
  return (
    <Page
      title={quiet ? '您的意见已收到' : '谢谢您的评价'}
      onBack={goBack}
      footer={<Button onTap={() => startOver()}>返回首页</Button>}
    >
      <Notice kind={quiet ? 'info' : 'good'} title={`您的评价：${levelWords(stars)}`}>
        {stars <= 2
          ? <Box as="p">已转给监督部门核实、督促整改。</Box>
          : <Box as="p">您的意见会公开计入窗口和部门的评价。</Box>}
      </Notice>
    </Page>
  )
}
