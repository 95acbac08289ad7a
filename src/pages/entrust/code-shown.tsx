import type { Offered } from '@core/contract/mandate'
import { showMandateCode } from '@core/mandate'
import { momentWords } from '@/components/moment'
import { scopeFacts } from '@/components/mandate-words'
import { Qr } from '@/components/qr'
import { copyText } from '@/platform/clipboard'
import { pageUrl } from '@/platform/navigation'
import { webUrl } from '@/platform/web-url'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import './index.scss'

/** The code, told this once: read out, scanned or sent. */
export function CodeShown({ offered, onDone }: { offered: Offered; onDone: () => void }) {
  const { mandate, code } = offered
  const link = webUrl(pageUrl('acting', { code }))
  const shown = showMandateCode(code)
  const copy = async () => {
    const copied = await copyText(`请帮我办事：打开 ${link} ，或输入代办码 ${shown}`)
    if (copied) showToast('已复制，发给他就行', 'done')
    else showToast('没有复制成功，请把代办码念给他', 'error')
  }
  return (
    <Page
      title="把代办码给他" onBack={onDone} lead="只给您信得过的人。只能用一次，只显示这一次。"
      footer={<Button onTap={onDone}>给好了</Button>}
    >
      <Card title="代办码">
        <Box as="p" className="entrust-code" label={Array.from(code).join(' ')}>{shown}</Box>
        {mandate.codeUntil && (
          <Box as="p" className="muted">{`${momentWords(mandate.codeUntil)} 前有效`}</Box>
        )}
        <Button kind="secondary" onTap={() => void copy()}>复制链接和代办码</Button>
        <Box className="entrust-qr">
          <Qr text={link} alt="代办码的二维码" />
          <Box as="p" className="muted">在身边的话，让他用手机扫一扫</Box>
        </Box>
      </Card>
      <Card title="您委托的"><Facts facts={scopeFacts(mandate)} /></Card>
      <Notice kind="info">他接受以后，您会收到消息。不想让他办了，在“请人帮我办”里撤销，马上生效。</Notice>
    </Page>
  )
}
