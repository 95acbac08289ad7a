import { say } from '@core/refusal'
import type { WechatOffer as Offer } from '@/stores/wechat'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Notice } from '@/ui/status'

/** 用微信通知我: once, at the moment one waits for news; both answers are as near. */
export function WechatOffer({ offer }: { offer: Offer }) {
  const { wechat, answer, running: { busy, refused }, allow, decline } = offer
  if (!wechat || answer === 'declined') return null
  if (answer === 'allowed') {
    return (
      <Notice kind="good" title="有进展会用微信告诉您">
        微信规定同意一次发一条。想再收，可以在“通知设置”里再点。
      </Notice>
    )
  }
  return (
    <Card title="有进展用微信告诉您？">
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Box as="p">消息和短信照常发。微信会先问您同不同意，不同意也不影响办事。</Box>
      <Box className="pair">
        <Button kind="secondary" onTap={decline}>不用了</Button>
        <Button kind="secondary" busy={busy} onTap={allow}>用微信通知我</Button>
      </Box>
    </Card>
  )
}
