import type { CaseDocument } from '@core/contract/document'
import { say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback } from 'react'
import { listDocuments, saveNotice } from '@/api/cases'
import { momentWords } from '@/components/moment'
import { Saving } from '@/components/saving'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { useInSight } from '@/stores/in-sight'
import { useLoaded } from '@/stores/loaded'
import { Button } from '@/ui/button'
import { Card, CardLink, Facts } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'

const LEAD = '受理、补正、暂停、决定、办结和送达的书面文书都在这里，可以保存、打印。上面有核验码。'

/** 办件文书: what was told about a case in writing, each to keep as a signed file. */
export default function DocumentsPage() {
  const { id = '' } = useRouter<{ id: string }>().params
  const welcome = useGuard({ page: 'documents', params: { id }, inSight: useInSight() })
  if (!welcome) return <Page title="办件文书" onBack={goBack}><Loading rows={2} /></Page>
  return <Documents id={id} />
}

function Documents({ id }: { id: string }) {
  const load = useCallback(() => listDocuments(id), [id])
  const { value: documents, refused, again } = useLoaded(load)
  return (
    <Page title="办件文书" lead={LEAD} onBack={goBack}>
      {!documents && !refused && <Loading rows={2} />}
      {refused && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {documents?.length === 0 && (
        <Notice kind="info" title="还没有文书">窗口受理或者要您补正以后，通知书会放在这里。</Notice>
      )}
      {newestFirst(documents).map((document) => (
        <Written key={document.name} caseId={id} document={document} />
      ))}
      <CardLink
        title="提交回执" note="看办件编号和交过什么" icon="document"
        onTap={() => goTo('receipt', { id, again: 1 })}
      />
    </Page>
  )
}

const newestFirst = (documents: readonly CaseDocument[] = []) => [...documents].reverse()

function Written({ caseId, document }: { caseId: string; document: CaseDocument }) {
  const { title, number, at } = document
  return (
    <Card title={title}>
      <Facts facts={[{ term: '文号', value: number }, { term: '时间', value: momentWords(at) }]} />
      <Saving label={`保存${title}`} save={() => saveNotice(caseId, document)} />
    </Card>
  )
}
