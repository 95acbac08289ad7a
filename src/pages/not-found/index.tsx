import { startOver } from '@/platform/navigation'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'

/** Where an address that does not exist ends. */
export default function NotFoundPage() {
  return (
    <Page
      title="没有找到这个页面"
      lead="链接可能已失效，或输入有误。您填写过的内容不受影响。"
      onBack={() => startOver()}
    >
      <Button onTap={() => startOver()}>返回首页</Button>
    </Page>
  )
}
