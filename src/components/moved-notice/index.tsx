/** After the topic changed under a draft: what is asked differently now. */
import type { Moved } from '@core/moved'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Notice } from '@/ui/status'

interface MovedNoticeProps {
  moved: Moved
  /** what to do about it */
  advice: string
  /** once it was read it need not come again */
  onRead?: () => void
}

export function MovedNotice({ moved, advice, onRead }: MovedNoticeProps) {
  const { added, changed, removed } = moved
  const lines = [
    ['新增', added.map(({ label }) => label)],
    ['有变化', changed.map(({ label }) => label)],
    ['不再需要', removed],
  ] as const
  return (
    <Notice
      kind="warn" title="办事要求刚刚更新，您填写的内容都还在"
      action={onRead && <Button kind="secondary" compact onTap={onRead}>知道了</Button>}
    >
      {lines.map(([what, labels]) => labels.length > 0 && (
        <Box as="p" key={what} className="moved">{`${what}：${labels.join('、')}。`}</Box>
      ))}
      <Box as="p" className="moved">{advice}</Box>
    </Notice>
  )
}
