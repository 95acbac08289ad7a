import { say, type Refused } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { useInSight } from '@/components/in-sight'
import { Stars, levelWords } from '@/components/stars'
import { goBack, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { rate, recallCase, refreshCase, useCases } from '@/stores/cases'
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
  return view?.rating
    ? <Thanks stars={view.rating.stars} />
    : <Rating id={id} title={view?.topicTitle} />
}

function Rating({ id, title }: { id: string; title: string | undefined }) {
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
      lead={`${title ? `“${title}”` : ''}办得怎么样？`}
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

function Thanks({ stars }: { stars: number }) {
  return (
    <Page
      title="谢谢您的评价"
      onBack={goBack}
      footer={<Button onTap={() => startOver()}>返回首页</Button>}
    >
      <Notice kind="good" title={`您的评价：${levelWords(stars)}`}>
        {stars <= 2
          ? <Box as="p">已转给监督部门核实、督促整改。</Box>
          : <Box as="p">您的意见会公开计入窗口和部门的评价。</Box>}
      </Notice>
    </Page>
  )
}
