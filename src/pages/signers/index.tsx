import { everyOf } from '@core/form'
import { say } from '@core/refusal'
import { useDidShow, useRouter } from '@tarojs/taro'
import { useEffect } from 'react'
import { AlreadySent } from '@/components/already-sent'
import { FillingGate } from '@/components/filling-gate'
import { SignerCard } from '@/components/signer-card'
import { useInSight } from '@/stores/in-sight'
import { now } from '@/platform/clock'
import { goBack, goTo, pageUrl, replaceWith } from '@/platform/navigation'
import { useShareOf } from '@/platform/share'
import { useGuard } from '@/stores/account'
import { remember } from '@/stores/drafts'
import { type Filling, useFilling } from '@/stores/filling'
import { type ShownSigner, allSigned } from '@/stores/signing'
import { useSent } from '@/stores/submitting'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { useInviting } from './use-inviting'
import './index.scss'

/** Before one's own signature: the other people who must sign, and how far they are. */
export default function SignersPage() {
  const { topic: topicId = '' } = useRouter<{ topic: string }>().params
  const { filling, refused } = useFilling(topicId)
  const sent = useSent(topicId)
  const inSight = useInSight()
  const welcome = useGuard({ page: 'signers', params: { topic: topicId }, inSight })
  const title = filling?.topic.title ?? '喀什一件事'
  useShareOf((code) => (code
    ? { title: `请您在“${title}”的申请上签名`, path: pageUrl('countersign', { code }) }
    : { title, path: pageUrl('topic', { topic: topicId }) }))
  if (sent && (!filling || filling.draft.changedAt === 0)) return <AlreadySent {...sent} />
  if (!welcome || !filling) return <FillingGate title="请其他人签名" refused={refused} />
  return <Signers filling={filling} />
}

function Signers({ filling }: { filling: Filling }) {
  const topicId = filling.topic.id
  const { signers, busy, refused, refresh, send } = useInviting(filling)
  useDidShow(refresh)
  useEffect(() => {
    refresh()
    remember(topicId, 'signers')
    // once: what is shown again is refreshed by useDidShow
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [topicId])
  const changed = signers?.some(({ state }) => state === 'changed')
  const asked = filling.plan.signers
  const people = [...new Set(asked.map(({ label, row }) => everyOf({ roleLabel: label, row })))]
  const whoever = asked.length > 1 ? '各人' : '对方'
  return (
    <Page
      title="请其他人签名"
      lead={`这件事还要${people.join('、')}本人签名。${whoever}用自己的手机，实名核验以后签，不用到一起。`}
      onBack={goBack}
      footer={signers && <Main {...{ signers, busy, topicId, send }} />}
    >
      {refused && <Notice kind="error" title="没有成功">{say(refused)}</Notice>}
      {refused && !signers && (
        <Button kind="secondary" icon="retry" onTap={refresh}>再试一次</Button>
      )}
      {refused?.code === 'FORM_PROBLEMS' && (
        <Button kind="secondary" onTap={() => replaceWith('check', { topic: topicId })}>
          去看哪里要改
        </Button>
      )}
      {changed && (
        <Notice kind="warn" title="内容改过，签名要重签">
          原来的签名只对改以前的内容有效，请重新邀请。
        </Notice>
      )}
      {!signers && !refused && <Loading rows={3} />}
      {signers?.map((one) => <SignerCard key={one.id} signer={one} />)}
      {signers && <Invited {...{ signers, busy, send, refresh }} />}
      <Notice kind="info" title="签名以后就不要再改内容了">
        <Box as="p">签名只对现在填的内容有效。改动任何一处，所有人都要重签；只换材料照片不用重签。</Box>
        <LinkButton onTap={() => replaceWith('check', { topic: topicId })}>
          再核对一遍填写的内容
        </LinkButton>
      </Notice>
    </Page>
  )
}

const isToAsk = ({ state }: ShownSigner) =>
  state === 'asked-not' || state === 'changed' || state === 'expired'

const DAY_MS = 86_400_000

/** Who may be written to again: the server sends one SMS a day. */
const isDue = ({ state, toldAt }: ShownSigner) =>
  (state === 'waiting' || state === 'declined') && toldAt !== null &&
  now().getTime() - Date.parse(toldAt) >= DAY_MS

function Main({ signers, busy, topicId, send }: {
  signers: readonly ShownSigner[]
  busy: boolean
  topicId: string
  send: () => void
}) {
  if (signers.some(isToAsk)) {
    return <Button busy={busy} onTap={send}>{busy ? '正在邀请' : '发短信邀请签名'}</Button>
  }
  if (allSigned(signers)) {
    return <Button onTap={() => goTo('sign', { topic: topicId })}>都签好了，去提交</Button>
  }
  const missing = signers.filter(({ state }) => state !== 'signed' && state !== 'self')
  const who = missing.length > 1
    ? ` ${missing.length} 人` : missing.map(({ label }) => label.replace(/\d$/, '$& ')).join('')
  return <Button disabled onTap={() => undefined}>{`等${who}签名后才能提交`}</Button>
}

/** Once everybody is asked: looking again, and reminding. */
function Invited({ signers, busy, send, refresh }: {
  signers: readonly ShownSigner[]
  busy: boolean
  send: () => void
  refresh: () => void
}) {
  if (signers.some(isToAsk) || allSigned(signers)) return null
  const due = signers.some(isDue)
  return (
    <Box className="signers-after">
      <Button kind="secondary" icon="retry" onTap={refresh}>看看签了没有</Button>
      {due && <Button kind="quiet" busy={busy} onTap={send}>再发短信提醒</Button>}
      <Box as="p" className="signers-hint muted">
        {due ? '每人每天最多收到一条短信。' : '今天已经发过短信，明天可以再提醒。'}
        着急的话，把链接发给对方更快。
      </Box>
    </Box>
  )
}
