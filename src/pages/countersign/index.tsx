import { type Refused, say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useInSight } from '@/stores/in-sight'
import { momentWords } from '@/components/moment'
import { goBack, startOver } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useSession } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox } from '@/ui/fields'
import { Page } from '@/ui/page'
import { SignaturePad } from '@/ui/signature-pad'
import { Loading, Notice } from '@/ui/status'
import { Answered } from './answered'
import { Declining } from './declining'
import { SheetCards } from './sheet-cards'
import { SIGNATURE, STATEMENTS, useCountersigning } from './use-countersigning'
import './index.scss'

/** Opened by the link of an invitation: what somebody asks one to sign, and one's answer. */
export default function CountersignPage() {
  const { code = '' } = useRouter<{ code: string }>().params
  const welcome = useGuard({ page: 'countersign', params: { code }, inSight: useInSight() })
  return welcome ? <Countersign code={code} /> : <Waiting />
}

function Waiting({ refused, again }: { refused?: Refused; again?: () => void }) {
  return (
    <Page title="请您签名" onBack={goBack}>
      {!refused && <Loading rows={4} />}
      {refused?.code === 'NOT_FOUND' && (
        <Notice kind="error" title="打不开这份签名邀请">
          <Box as="p">这份邀请可能是发给别人的，或者申请改过、链接换了新的。</Box>
          <Box as="p">请核对登录的是您本人的账号，再向请您签名的人要最新的链接。</Box>
        </Notice>
      )}
      {refused && refused.code !== 'NOT_FOUND' && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          {again && <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>}
        </>
      )}
      {refused && <Button kind="quiet" onTap={() => startOver()}>返回首页</Button>}
    </Page>
  )
}

function Countersign({ code }: { code: string }) {
  const signing = useCountersigning(code)
  const { view, refused, again, mode, setMode } = signing
  if (!view) return <Waiting refused={refused} again={again} />
  if (mode === 'declining') {
    return <Declining {...signing} applicant={view.applicant} onBack={() => setMode('reading')} />
  }
  const answered = view.state !== 'waiting' && mode !== 'again'
  if (answered) return <Answered view={view} refused={refused} onMode={setMode} />
  return <Signing {...signing} view={view} />
}

function Signing(props: ReturnType<typeof useCountersigning> & {
  view: NonNullable<ReturnType<typeof useCountersigning>['view']>
}) {
  const { view, values, change, problems, attempt, busy, refused, sign, setMode } = props
  const me = useSession((session) => session.me)
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  return (
    <Page
      title="请您签名"
      lead={`${view.applicant} 请您在“${view.topicTitle}”的申请上签名。请看清楚再签，不清楚的先问对方。`}
      wrong={problems.length > 0}
      onBack={goBack}
      footer={<Button busy={busy} onTap={sign}>{busy ? '正在签署' : '签署'}</Button>}
    >
      <ErrorSummary key={attempt} problems={problems} />
      {refused?.code === 'ACTION_NOT_ALLOWED' && (
        <Notice kind="warn" title="内容刚刚改过">下面是最新的内容，请重新看一遍再签。</Notice>
      )}
      {refused && refused.code !== 'ACTION_NOT_ALLOWED' && (
        <Notice kind="error">{say(refused)}</Notice>
      )}
      <Card title={view.topicTitle}>
        <Facts facts={[
          { term: '您是', value: view.labels.join('、') },
          { term: '在哪里办', value: view.region },
          { term: '最晚签名时间', value: momentWords(view.expiresAt) },
        ]}
        />
      </Card>
      {view.sheet && <SheetCards sheet={view.sheet} />}
      <Box as="h2" className="countersign-heading">请逐条阅读，同意的请打勾</Box>
      {STATEMENTS.map(({ id, label, hint }) => (
        <Checkbox
          key={id} id={id} label={label} hint={hint}
          checked={values.agreed.includes(id)} error={errorOf(id)}
          onChange={(on) => change({
            agreed: on ? [...values.agreed, id] : values.agreed.filter((one) => one !== id),
          })}
        />
      ))}
      <Box id={SIGNATURE} focusable>
        <SignaturePad
          label="您的手写签名" signer={me?.name ?? '您的姓名'} value={values.strokes}
          error={errorOf(SIGNATURE)} onChange={(strokes) => change({ strokes })}
        />
      </Box>
      <LinkButton onTap={() => setMode('declining')}>我不同意，不签</LinkButton>
    </Page>
  )
}
