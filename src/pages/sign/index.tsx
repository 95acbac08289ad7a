import { canPost } from '@core/handover'
import { say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { AlreadySent } from '@/components/already-sent'
import { FillingGate } from '@/components/filling-gate'
import { HandoverChoice } from '@/components/handover-choice'
import { useInSight } from '@/stores/in-sight'
import { StuckLink } from '@/components/stuck-link'
import { goBack, goTo, replaceWith } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { type Filling, useFilling } from '@/stores/filling'
import { useSession } from '@/stores/session'
import { useSent } from '@/stores/submitting'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { SignaturePad } from '@/ui/signature-pad'
import { Notice } from '@/ui/status'
import { sharesOf } from './sharing'
import { SIGNATURE, useSigning } from './use-signing'
import './index.scss'

/** The last page before sending: who sees what, consent, signature, how the results arrive. */
export default function SignPage() {
  const { topic: topicId = '' } = useRouter<{ topic: string }>().params
  const { filling, refused } = useFilling(topicId)
  const sent = useSent(topicId)
  const inSight = useInSight()
  const welcome = useGuard({ page: 'sign', params: { topic: topicId }, inSight })
  if (sent && (!filling || filling.draft.changedAt === 0)) return <AlreadySent {...sent} />
  if (!welcome || !filling) return <FillingGate title="签名并提交" refused={refused} />
  return <Sign filling={filling} />
}

function Sign({ filling }: { filling: Filling }) {
  const me = useSession((session) => session.me)
  const { values, change, problems, attempt, busy, refused, statements, send } = useSigning(filling)
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  return (
    <Page
      title="签名并提交"
      lead="提交以后，各部门按下面写的范围使用这些信息。"
      wrong={problems.length > 0}
      onBack={goBack}
      footer={<Button busy={busy} onTap={send}>{busy ? '正在提交' : '提交申请'}</Button>}
    >
      <ErrorSummary key={attempt} problems={problems} />
      {refused && (
        <Notice kind="error" title="还没有提交成功" action={<StuckLink />}>{say(refused)}</Notice>
      )}
      {refused?.code === 'REQUEST_REUSED' && (
        <Button kind="secondary" onTap={() => goTo('cases')}>看看是不是已经提交成功</Button>
      )}
      <Sharing filling={filling} />
      <Box as="h2" className="sign-heading">请逐条阅读，同意的请打勾</Box>
      {statements.map(({ id, label, hint }) => (
        <Checkbox
          key={id} id={id} label={label} hint={hint}
          checked={values.agreed.includes(id)} error={errorOf(id)}
          onChange={(on) => change({
            agreed: on ? [...values.agreed, id] : values.agreed.filter((one) => one !== id),
          })}
        />
      ))}
      <HandoverChoice
        knowsAddress={canPost(filling.draft.body.form)}
        value={values.handover} error={errorOf('handover')}
        onChange={(handover) => change({ handover })}
        postTo={values.postTo} postToError={errorOf('postTo')}
        onPostTo={(postTo) => change({ postTo })}
      />
      <Box id={SIGNATURE} focusable>
        <SignaturePad
          label="申请人手写签名" signer={me?.name ?? '您的姓名'} value={values.strokes}
          error={errorOf(SIGNATURE)} onChange={(strokes) => change({ strokes })}
        />
      </Box>
      <LinkButton onTap={() => replaceWith('check', { topic: filling.topic.id })}>
        再核对一遍填写的内容
      </LinkButton>
    </Page>
  )
}

function Sharing({ filling }: { filling: Filling }) {
  return (
    <Card title="提供给谁，用来做什么">
      <Facts
        facts={sharesOf(filling).map(({ department, items, data }) => ({
          term: department,
          value: (
            <>
              <Box as="p" className="sign-share">{`用来办理：${items}`}</Box>
              <Box as="p" className="sign-share muted">{`会收到：${data}`}</Box>
            </>
          ),
        }))}
      />
      <LinkButton onTap={() => goTo('notice', { topic: filling.topic.id, from: 'sign' })}>
        查看一次告知单
      </LinkButton>
    </Card>
  )
}
