import { CASE_ENDED } from '@core/case'
import type { CaseView } from '@core/contract/case'
import { SIGNAL_WORDS, delayOf } from '@core/timeline'
import { goTo } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'

/** 办不成事 beside what was refused or is late; any other question is asked at the page's end. */
export function CaseHelp({ view }: { view: CaseView }) {
  const rejected = view.tasks.find(({ state }) => state === 'rejected')
  const stuck = (item?: string) => (
    <Button
      kind="secondary" compact
      onTap={() => goTo('help', { page: 'case', case: view.id, item, kind: 'unresolved' })}
    >
      反映“办不成事”
    </Button>
  )
  const delay = CASE_ENDED.has(view.state) ? undefined : delayOf(view.tasks)
  const isRefused = view.state === 'refused' || rejected !== undefined
  return (
    <>
      {delay && (
        <Notice
          kind={delay.level === 'warning' ? 'warn' : 'error'} title={SIGNAL_WORDS[delay.level].tag}
          action={delay.level === 'warning' ? undefined : stuck(delay.itemId)}
        >
          {delay.text}
        </Notice>
      )}
      {isRefused && (
        <Notice kind="info" title="觉得不该这样？" action={stuck(rejected?.itemId)}>
          系统已自动报备。您写一句话，就会有人按时核实、答复，不影响申请复议或者起诉。
        </Notice>
      )}
    </>
  )
}
