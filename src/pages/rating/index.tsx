import { say, type Refused } from '@core/refusal'
import { isLow } from '@core/rectification'
import { asksRating } from '@core/tone'
import type { RatingView } from '@core/contract/rating'
import { useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { asRefused } from '@/api/client'
import { useInSight } from '@/stores/in-sight'
import { Stars, levelWords } from '@/components/stars'
import { goBack, goTo, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { recallCase, refreshCase, useCases } from '@/stores/cases'
import { useTopic } from '@/stores/filling'
import { type Given, rate, refreshRating, useRatings } from '@/stores/ratings'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import { Details, type Levels, NO_LEVELS, chosen } from './details'
import './index.scss'

const MOST_CHARACTERS = 500

/** 好差评: one tap for the level, one to send; all else is optional (U24). */
export default function RatingPage() {
  const { id = '' } = useRouter<{ id: string }>().params
  useGuard({ page: 'rating', params: { id }, inSight: useInSight() })
  const view = useCases(({ byId }) => byId[id]?.view)
  const about = useRatings(({ byCase }) => byCase[id])
  useEffect(() => {
    if (!recallCase(id)) refreshCase(id).catch(asRefused)
    refreshRating(id).catch(asRefused) // without it the level alone is asked
  }, [id])
  const { topic } = useTopic(view?.topicId ?? '')
  const quiet = topic !== undefined && !asksRating(topic)
  const given = about?.rating ?? view?.rating
  const left = about?.items.filter(({ rating }) => !rating) ?? []
  const [more, setMore] = useState(false)
  if (given && !(more && left.length > 0)) {
    const others = about?.open && left.length > 0 ? () => setMore(true) : undefined
    return <Thanks stars={given.stars} quiet={quiet} onMore={others} />
  }
  const lead = quiet ? UNASKED : `${view ? `“${view.topicTitle}”` : ''}办得怎么样？`
  if (about && !about.open && !given) return <Over />
  return (
    <Rating id={id} lead={lead} about={about} whole={!given} onDone={() => setMore(false)} />
  )
}

const UNASKED = '不评价也没有关系。有话想说的，可以写在下面。'

interface RatingProps {
  id: string
  lead: string
  about: RatingView | undefined
  /** false: the case has been rated, its items have not */
  whole: boolean
  onDone: () => void
}

function Rating({ id, lead, about, whole, onDone }: RatingProps) {
  const [stars, setStars] = useState<number>()
  const [comment, setComment] = useState('')
  const [levels, setLevels] = useState<Levels>(NO_LEVELS)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const send = () => {
    const given: Given = {
      ...chosen(levels),
      ...(stars === undefined ? {} : { stars }),
      ...(comment.trim() ? { comment: comment.trim() } : {}),
    }
    const empty = whole ? stars === undefined : !given.items
    setMissing(empty)
    if (empty || busy) return
    setBusy(true)
    setRefused(undefined)
    rate(id, given)
      .then(onDone)
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return (
    <Page
      title={whole ? '评价这次办理' : '评价各个事项'}
      lead={whole ? lead : '想评哪项评哪项，不评的不用管。'}
      wrong={missing}
      onBack={goBack}
      footer={<Button busy={busy} onTap={send}>提交评价</Button>}
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {missing && !whole && <Notice kind="error">请至少给一个事项选一个满意程度。</Notice>}
      {whole && (
        <>
          <Stars
            label="您满意吗？" stars={stars} error={missing ? '请选一个满意程度。' : undefined}
            onChange={(level) => {
              setMissing(false)
              setStars(level)
            }}
          />
          <TextField
            id="comment" label="想说的话" optional multiline maxLength={MOST_CHARACTERS}
            hint={stars !== undefined && isLow(stars)
              ? '哪里没做好？会有专人联系您、整改' : '哪里做得好，哪里要改进'}
            value={comment} onChange={setComment}
          />
        </>
      )}
      {about && <Details about={about} open={!whole} {...{ levels, setLevels }} />}
    </Page>
  )
}

interface ThanksProps {
  stars: number
  quiet: boolean
  /** items that may still be rated */
  onMore: (() => void) | undefined
}

function Thanks({ stars, quiet, onMore }: ThanksProps) {
  return (
    <Page
      title={quiet ? '您的意见已收到' : '谢谢您的评价'}
      onBack={goBack}
      footer={<Button onTap={() => startOver()}>返回首页</Button>}
    >
      <Notice kind={quiet || isLow(stars) ? 'info' : 'good'} title={`您的评价：${levelWords(stars)}`}>
        {isLow(stars)
          ? <Box as="p">已转给办理的窗口或部门整改，督查部门盯着办。答复会在办件页面上告诉您。</Box>
          : <Box as="p">您的意见会公开计入窗口和部门的评价。</Box>}
      </Notice>
      {onMore && !quiet && <Button kind="secondary" onTap={onMore}>再评一评各个事项</Button>}
      {onMore && quiet && <LinkButton onTap={onMore}>对某个事项有话说</LinkButton>}
      <LinkButton onTap={() => goTo('public-numbers')}>看大家的评价</LinkButton>
    </Page>
  )
}

function Over() {
  return (
    <Page title="评价期已过" onBack={goBack} footer={<Button onTap={goBack}>返回</Button>}>
      <Notice kind="info">这个办件现在不能再评价了。有意见可以打 12345。</Notice>
    </Page>
  )
}
