import type { Result } from '@core/contract/case'
import { say } from '@core/refusal'
import { titled } from '@core/titled'
import { useRouter } from '@tarojs/taro'
import { useCallback } from 'react'
import { getResult } from '@/api/cases'
import { Document } from '@/components/document'
import { useInSight } from '@/components/in-sight'
import { Qr } from '@/components/qr'
import { copyText } from '@/platform/clipboard'
import { goBack, pageUrl } from '@/platform/navigation'
import { webUrl } from '@/platform/web-url'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'
import './index.scss'

async function copy(address: string) {
  const copied = await copyText(address)
  showToast(copied ? '核验链接已复制' : '没有复制成功，请出示二维码', copied ? 'done' : 'error')
}

/** One result as a document, with the code anyone can verify it by. */
export default function ResultPage() {
  const { id = '' } = useRouter<{ id: string }>().params
  useGuard({ page: 'result', params: { id }, inSight: useInSight() })
  const load = useCallback(() => getResult(id), [id])
  const { value: result, refused, again } = useLoaded(load)
  return (
    <Page title="办理结果" onBack={goBack}>
      {refused && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {!result && !refused && <Loading rows={2} />}
      {result && <Shown result={result} />}
    </Page>
  )
}

function Shown({ result }: { result: Result }) {
  const { name, number, holder, issuer, issuedAt, values, verifyCode, sample } = result
  const address = webUrl(pageUrl('verify', { code: verifyCode }))
  return (
    <>
      <Document
        name={name} issuer={issuer} issuedAt={issuedAt} sample={sample}
        facts={[
          { term: '编号', value: number },
          { term: '持有人', value: holder },
          ...values.map(({ label, value }) => ({ term: label, value })),
        ]}
      />
      <Card title="给别人核验">
        <Box as="p" className="result-text">对方扫码或者打开链接，就能查到真伪。只显示部分姓名。</Box>
        <Qr text={address} alt={`${titled(name)}的核验二维码`} />
        <Box as="p" className="result-code">{`核验码 ${verifyCode}`}</Box>
        <Button kind="secondary" onTap={() => void copy(address)}>复制核验链接</Button>
      </Card>
    </>
  )
}
