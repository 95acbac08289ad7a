import type { Countersigning } from '@core/contract/signing'
import { type Refused, say } from '@core/refusal'
import { momentWords } from '@/components/moment'
import { goBack, startOver } from '@/platform/navigation'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import type { Mode } from './use-countersigning'

/** After the answer, or when there is nothing to answer any more. */
export function Answered({ view, refused, onMode }: {
  view: Countersigning
  refused: Refused | undefined
  onMode: (mode: Mode) => void
}) {
  const { state, topicTitle, applicant, answeredAt } = view
  const at = answeredAt ? momentWords(answeredAt) : ''
  return (
    <Page
      title="签名结果" onBack={goBack}
      footer={<Button onTap={() => startOver()}>返回首页</Button>}
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {state === 'signed' && (
        <>
          <Notice kind="good" title="您已经签名">
            <Box as="p">{`${at}，“${topicTitle}”。已经告诉 ${applicant} 。`}</Box>
            <Box as="p">对方如果再改内容，您的签名自动作废，会请您重新签。</Box>
          </Notice>
          <Button kind="quiet" onTap={() => onMode('declining')}>我改主意了，撤回签名</Button>
        </>
      )}
      {state === 'declined' && (
        <>
          <Notice kind="info" title="您没有同意签名">
            {`${at}，“${topicTitle}”。原因已经告诉 ${applicant} 。`}
          </Notice>
          <Button kind="secondary" onTap={() => onMode('again')}>商量好了，重新看内容签名</Button>
        </>
      )}
      {state === 'expired' && (
        <Notice kind="warn" title="这份邀请过期了">
          {`超过 30 天没有签。还需要您签名的话，请 ${applicant} 重新邀请。`}
        </Notice>
      )}
      {state === 'filed' && (
        <Notice kind="good" title="申请已经提交">
          {`“${topicTitle}”已经提交，${answeredAt ? '您的签名随申请一起交给了部门' : '不用再签'}。`}
        </Notice>
      )}
    </Page>
  )
}
