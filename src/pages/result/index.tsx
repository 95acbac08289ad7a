import { certificateRows } from '@core/certificate'
import { shanghaiDate } from '@core/clock'
import type { Result } from '@core/contract/case'
import { say } from '@core/refusal'
import { titled } from '@core/titled'
import { useRouter } from '@tarojs/taro'
import { useCallback } from 'react'
import { getResult, saveResult } from '@/api/cases'
import { Document } from '@/components/document'
import { useInSight } from '@/stores/in-sight'
import { Qr } from '@/components/qr'
import { Saving } from '@/components/saving'
import { copyText } from '@/platform/clipboard'
import { goBack, goTo, pageUrl } from '@/platform/navigation'
import { webUrl } from '@/platform/web-url'
import { useGuard } from '@/stores/account'
import { useLoaded } from '@/stores/loaded'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
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
  const { name, number, holder, issuer, issuedAt, values, verifyCode, sample, revoked } = result
  const address = webUrl(pageUrl('verify', { code: verifyCode }))
  return (
    <>
      {revoked && (
        <Notice kind="error" title="已撤销">
          {`签发部门已于 ${shanghaiDate(revoked.at)} 撤销这个结果：${revoked.reason}`}
        </Notice>
      )}
      <Document
        name={name} issuer={issuer} issuedAt={issuedAt} sample={sample}
        facts={[
          { term: '编号', value: number },
          { term: '持有人', value: holder },
          ...values.map(({ label, value }) => ({ term: label, value })),
          ...certificateRows(result.certificate),
        ]}
      />
      <Saving label="保存结果" save={() => saveResult(result.id, name)} />
      <Card title="给别人核验">
        <Box as="p" className="result-text">对方扫码或者打开链接，就能查到真伪。只显示部分姓名。</Box>
        <Qr text={address} alt={`${titled(name)}的核验二维码`} />
        <Box as="p" className="result-code">{`核验码 ${verifyCode}`}</Box>
        <Button kind="secondary" onTap={() => void copy(address)}>复制核验链接</Button>
      </Card>
      <Wrong result={result} />
    </>
  )
}

/** 结果有误: to a person, with the case, the item, and which of its data is wrong. */
function Wrong({ result: { caseId, itemId, values } }: { result: Result }) {
  const tell = (field?: string) =>
    goTo('help', { page: 'result', kind: 'inquiry', case: caseId, item: itemId, field, wrong: 1 })
  return (
    <Card title="内容不对？">
      <Box as="p" className="result-text">姓名、号码、日期有错，告诉我们，由签发部门核对更正。</Box>
      {values.map(({ key, label }) => (
        <LinkButton key={key} label={`${label}有误，请人核对`} onTap={() => tell(key)}>
          {`${label}有误`}
        </LinkButton>
      ))}
      <Button kind="secondary" onTap={() => tell()}>结果有误</Button>
    </Card>
  )
}
