import { useState } from 'react'
import { startOver } from '@/platform/navigation'
import type { Draft } from '@/stores/drafts'
import { useSession } from '@/stores/session'
import { Box, Words } from '@/ui/box'
import { Button } from '@/ui/button'
import { useFrame } from '@/ui/frame'
import { Icon } from '@/ui/icon'
import { Sheet } from '@/ui/sheet'
import { Notice } from '@/ui/status'
import './index.scss'

/** Names the state for the button it belongs to (U18). */
export const SAVE_STATE_ID = 'save-state'

interface SaveFooterProps {
  draft: Draft
  onResolve: (keep: 'mine' | 'theirs') => void
  /** the page was opened from the check, and returns there */
  back: boolean
  /** names the way on where it is neither 继续 nor 保存修改 */
  go?: string
  onGo: () => void
}

/** Under a page that is filled in: what became of the last change, and the way on. */
export function SaveFooter({ draft, onResolve, back, go, onGo }: SaveFooterProps) {
  return (
    <>
      <SaveState draft={draft} signedIn onResolve={onResolve} />
      <Button onTap={onGo} describedBy={SAVE_STATE_ID}>
        {go ?? (back ? '保存修改' : '继续')}
      </Button>
    </>
  )
}

interface SaveStateProps {
  draft: Draft
  signedIn: boolean
  onResolve: (keep: 'mine' | 'theirs') => void
}

function say({ saved, changedAt }: Draft, signedIn: boolean, online: boolean) {
  if (saved === 'phone' && useSession.getState().atCounter) return '已存在这个页面，提交后才会上传'
  if (saved === 'server') return '已保存'
  if (changedAt === 0) return undefined
  if (!signedIn) return '登录后会自动保存'
  if (!online) return saved === 'phone' ? '已存在手机上，联网后自动上传' : '正在存到手机上…'
  return '正在保存…'
}

/** What became of the last change; two devices that differ are for the citizen to settle. */
export function SaveState({ draft, signedIn, onResolve }: SaveStateProps) {
  const { online } = useFrame()
  const [asking, setAsking] = useState(false)
  const resolve = (keep: 'mine' | 'theirs') => {
    setAsking(false)
    onResolve(keep)
  }
  const { filed } = draft
  if (filed) {
    const leave = () => {
      onResolve('theirs')
      startOver('case', { id: filed })
    }
    return (
      <Box as="section" label="保存情况">
        <Notice
          kind="warn" title="这份申请已经提交了"
          action={<Button kind="secondary" compact onTap={leave}>查看办理进度</Button>}
        >
          <Box as="p" className="save-note">在窗口或者另一台设备上提交的，这里的修改不会再用到。</Box>
        </Notice>
      </Box>
    )
  }
  if (draft.saved !== 'conflict') {
    const text = say(draft, signedIn, online)
    return (
      <Box as="p" className="save-state" id={SAVE_STATE_ID} live="polite">
        {text && draft.saved === 'server' && <Icon name="check" />}
        {text && <Words>{text}</Words>}
      </Box>
    )
  }
  return (
    <Box as="section" label="保存情况">
      <Notice
        kind="warn"
        title="另一台设备有更新"
        action={(
          <Button kind="secondary" compact onTap={() => setAsking(true)}>选择保留哪一份</Button>
        )}
      >
        <Box as="p" className="save-note">在您选定以前，这里的修改只留在这台设备上。</Box>
      </Notice>
      {asking && (
        <Sheet
          title="保留哪一份？"
          onClose={() => setAsking(false)}
          footer={(
            <Box className="stack">
              <Button onTap={() => resolve('mine')}>保留这台设备上的</Button>
              <Button kind="secondary" onTap={() => resolve('theirs')}>换成另一台设备上的</Button>
            </Box>
          )}
        >
          <Box as="p">两台设备上都改过这份申请，只能保留一份。没有选中的那一份会被覆盖。</Box>
        </Sheet>
      )}
    </Box>
  )
}
