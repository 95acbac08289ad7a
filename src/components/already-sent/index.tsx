import { goTo, startOver } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

/** Where 返回 leads after a submission: it explains instead of sending again (U7). */
export function AlreadySent({ caseId, number }: { caseId: string; number?: string }) {
  return (
    <Page
      title="这份申请已经提交"
      onBack={() => startOver()}
      footer={<Button onTap={() => goTo('case', { id: caseId })}>查看办理进度</Button>}
    >
      <Notice kind="good">
        {`${number ? `办件编号 ${number}。` : ''}不用再提交一次。要改内容，请在办件里撤回后重新申请，或者等窗口通知补正。`}
      </Notice>
      <Button kind="secondary" onTap={() => startOver()}>返回首页</Button>
    </Page>
  )
}
