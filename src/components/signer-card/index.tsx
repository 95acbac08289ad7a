import { momentWords } from '@/components/moment'
import { ShareButton } from '@/components/share-button'
import { copyText } from '@/platform/clipboard'
import { pageUrl } from '@/platform/navigation'
import { webUrl } from '@/platform/web-url'
import type { ShownSigner } from '@/stores/signing'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Tag, type Tone } from '@/ui/status'
import { showToast } from '@/ui/toast'
import './index.scss'

const STATES: Record<ShownSigner['state'], { words: string; tone: Tone }> = {
  'asked-not': { words: '还没邀请', tone: 'plain' },
  changed: { words: '要重签', tone: 'warn' },
  waiting: { words: '等待签名', tone: 'active' },
  signed: { words: '已签名', tone: 'good' },
  declined: { words: '不同意', tone: 'bad' },
  expired: { words: '邀请过期', tone: 'warn' },
  self: { words: '您本人', tone: 'plain' },
}

/** One person who must sign: how far, and how to reach them. */
export function SignerCard({ signer }: { signer: ShownSigner }) {
  const { label, name, state, code } = signer
  const { words, tone } = STATES[state]
  const open = code !== null && (state === 'waiting' || state === 'declined')
  return (
    <Card title={label} aside={<Tag tone={tone}>{words}</Tag>}>
      <Box as="p">{name}</Box>
      {saidOf(signer).map((said) => <Box as="p" className="muted" key={said}>{said}</Box>)}
      <Box className="signer-said" />
      {open && <ShareButton code={code}>发给微信好友</ShareButton>}
      {open && (
        <Button
          kind="secondary" label={`复制给${label}的邀请链接`} onTap={() => void copy(code)}
        >
          复制邀请链接
        </Button>
      )}
    </Card>
  )
}

async function copy(code: string) {
  const copied = await copyText(webUrl(pageUrl('countersign', { code })))
  if (copied) showToast('链接已复制，发给对方就能签', 'done')
  else showToast('没有复制成功，请对方看短信', 'error')
}

function saidOf({ state, phone, toldAt, answeredAt, expiresAt, reason }: ShownSigner): string[] {
  switch (state) {
    case 'asked-not': return [`邀请短信会发到 ${phone}`]
    case 'changed': return [`重新邀请以后，请对方再签一次（${phone}）`]
    case 'waiting': return [
      `短信发到 ${phone}${toldAt ? `（${momentWords(toldAt)}）` : ''}`,
      ...(expiresAt ? [`${momentWords(expiresAt)} 前签都有效`] : []),
    ]
    case 'signed': return answeredAt ? [`${momentWords(answeredAt)} 签的`] : []
    case 'declined': return [`原因：${reason ?? ''}`, '商量好以后，对方仍可从原来的链接签名。']
    case 'expired': return ['超过 30 天没有签，请重新邀请。']
    case 'self': return ['您在最后提交时签名，不用另外邀请。']
  }
}
