import type { CaseView } from '@core/contract/case'
import { goTo } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'

/** From a case to a person: any question, and 办不成事 beside what was refused. */
export function CaseHelp({ view }: { view: CaseView }) {
  const rejected = view.tasks.find(({ state }) => state === 'rejected')
  const isRefused = view.state === 'refused' || rejected !== undefined
  const ask = (kind?: string) =>
    goTo('help', { page: 'case', case: view.id, item: kind ? rejected?.itemId : undefined, kind })
  if (!isRefused) {
    return (
      <Button kind="secondary" icon="person" onTap={() => ask()}>找人帮忙</Button>
    )
  }
  return (
    <Notice
      kind="info" title="觉得不该这样？"
      action={(
        <Button kind="secondary" compact onTap={() => ask('unresolved')}>反映“办不成事”</Button>
      )}
    >
      系统已自动报备。您写一句话，就会有人按时核实、答复，不影响申请复议或者起诉。
    </Notice>
  )
}
