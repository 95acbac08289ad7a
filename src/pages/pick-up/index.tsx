import type { PickUpCode } from '@core/contract/draft'
import { showPickUpCode } from '@core/pick-up'
import { Refused, say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { FillingGate } from '@/components/filling-gate'
import { momentWords } from '@/components/moment'
import { asRefused } from '@/api/client'
import { dropPickUp, getPickUp, makePickUp } from '@/api/drafts'
import { goBack } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { draftOf, saveNow } from '@/stores/drafts'
import { useFilling } from '@/stores/filling'
import { useInSight } from '@/stores/in-sight'
import { useLoaded } from '@/stores/loaded'
import { useUploads } from '@/stores/uploads'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import './index.scss'

const TITLE = '到窗口接着办'

/** 接办码: eight digits by which the window takes up what is filled in here. */
export default function PickUpPage() {
  const { params } = useRouter<{ topic?: string }>()
  const topicId = params.topic ?? ''
  const welcome = useGuard({ page: 'pick-up', params, inSight: useInSight() })
  const { filling, refused } = useFilling(topicId)
  if (!welcome || !filling) return <FillingGate title={TITLE} refused={refused} />
  return <PickingUp topicId={topicId} title={filling.topic.title} />
}

/** @throws {Refused} as makePickUp; DRAFT_CONFLICT or OFFLINE while the server has not all of it */
async function askForCode(topicId: string): Promise<PickUpCode> {
  await saveNow(topicId)
  const saved = draftOf(topicId)?.saved
  if (saved === 'conflict') throw new Refused('DRAFT_CONFLICT')
  if (saved !== 'server') throw new Refused('OFFLINE')
  return makePickUp(topicId)
}

function PickingUp({ topicId, title }: { topicId: string; title: string }) {
  const load = useCallback(() => getPickUp(topicId), [topicId])
  const { value, refused: unread, again } = useLoaded(load)
  const [made, setMade] = useState<PickUpCode>()
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const sending = useUploads(({ shots }) =>
    shots.some((shot) => shot.topicId === topicId && shot.state.is !== 'done'))
  const act = (run: () => Promise<void>) => {
    setBusy(true)
    setRefused(undefined)
    run().then(again, (error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  const make = () => act(async () => setMade(await askForCode(topicId)))
  const drop = () => act(async () => {
    await dropPickUp(topicId)
    setMade(undefined)
    showToast('已撤回，这个号码不能用了', 'done')
  })
  // Nothing of it is on the server yet: then there is no code either.
  const open = value?.open ?? undefined
  const unknown = unread && unread.code !== 'NOT_FOUND' ? unread : undefined
  return (
    <Page
      title={TITLE} onBack={goBack} lead={`“${title}”填了一半的，可以让窗口工作人员接着办，不用重新填。`}
      footer={made
        ? <Button onTap={goBack}>好的</Button>
        : <Button busy={busy} onTap={make}>{open ? '重新拿一个' : '拿接办码'}</Button>}
    >
      {refused && <Notice kind="error" title="没有办成">{say(refused)}</Notice>}
      {unknown && <Notice kind="warn">{say(unknown)}</Notice>}
      {!value && !unread && <Loading rows={2} />}
      {sending && (
        <Notice kind="warn" title="有照片还没传完">等传完了再去窗口，工作人员才看得到。</Notice>
      )}
      {made && <Code made={made} busy={busy} onDrop={drop} />}
      {!made && open && (
        <Notice
          kind="info" title={`${momentWords(open.madeAt)} 拿过一个接办码`}
          action={(
            <Button kind="secondary" compact busy={busy} onTap={drop}>撤回这个接办码</Button>
          )}
        >
          {`${momentWords(open.expiresAt)} 前有效。号码只显示一次，忘了就重新拿一个，原来的马上作废。`}
        </Notice>
      )}
      <Card title="怎么用">
        <Box as="ol" className="pick-up-steps">
          <Box as="li">带上本人身份证，到办事大厅综合窗口。</Box>
          <Box as="li">把 8 位接办码念给工作人员，只能用一次，24 小时内有效。</Box>
          <Box as="li">工作人员看得到您填的内容和照片，和您一起填完、提交。</Box>
        </Box>
      </Card>
      <Notice kind="info">窗口接手时您会收到短信。没有提交的话，这里填的还在，可以接着填。</Notice>
    </Page>
  )
}

function Code({ made, busy, onDrop }: { made: PickUpCode; busy: boolean; onDrop: () => void }) {
  const { code, expiresAt } = made
  return (
    <Card title="接办码">
      <Box as="p" className="pick-up-code" label={Array.from(code).join(' ')} role="img">
        {showPickUpCode(code)}
      </Box>
      <Box as="p" className="muted">
        {`${momentWords(expiresAt)} 前有效。只显示这一次，只告诉窗口工作人员。`}
      </Box>
      <Button kind="secondary" busy={busy} onTap={onDrop}>撤回接办码</Button>
    </Card>
  )
}
