import { type Guide, makeGuide } from '@core/guide'
import { sheetOf } from '@core/guide-sheet'
import { type Refused, say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useMemo, useState } from 'react'
import { asRefused } from '@/api/client'
import { saveGuide } from '@/api/guides'
import { FillingGate } from '@/components/filling-gate'
import { HelpLine } from '@/components/help-line'
import { goBack } from '@/platform/navigation'
import { printPage } from '@/platform/print-page'
import { type Filling, useFilling } from '@/stores/filling'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'
import './index.scss'
import './paper'
import { Sections } from './sections'

/** 完整办事指南: everything of a topic, from the copy on the phone; the same as the PDF. */
export default function GuidePage() {
  const { params } = useRouter()
  const { filling, refused } = useFilling(params.topic ?? '')
  if (!filling) return <FillingGate title="完整办事指南" refused={refused} />
  return <Shown filling={filling} />
}

function Shown({ filling: { topic, plan } }: { filling: Filling }) {
  const begun = Object.keys(plan.answers).length > 0
  const [whole, setWhole] = useState(false)
  const mine = begun && !whole
  const answers = useMemo(() => (mine ? plan.answers : {}), [mine, plan.answers])
  const guide = useMemo(() => makeGuide(topic, answers), [topic, answers])
  const sections = useMemo(() => sheetOf(guide), [guide])
  return (
    <Page
      title={`${topic.title}办事指南`} lead={topic.summary} onBack={goBack}
      footer={<Printing guide={guide} answers={answers} />}
      help={<HelpLine />}
    >
      {guide.draft && (
        <Notice kind="warn" title="参考稿">
          <Box as="p">时限、费用和材料还没有经办理部门确认，以窗口答复为准。</Box>
        </Notice>
      )}
      <Box className="stack guide-choices">
        {begun && (
          <Button kind="secondary" onTap={() => setWhole(mine)}>
            {mine ? '看所有情况的指南' : '只看我的情况'}
          </Button>
        )}
        {printPage && <Button kind="quiet" onTap={printPage}>直接打印本页</Button>}
      </Box>
      <Sections sections={sections} flow={guide.flow} />
    </Page>
  )
}

function Printing({ guide, answers }: { guide: Guide; answers: Readonly<Record<string, string>> }) {
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const save = () => {
    setBusy(true)
    setRefused(undefined)
    saveGuide(guide.topicId, { answers, name: `${guide.title}办事指南.pdf` })
      .catch((error: unknown) => setRefused(asRefused(error)))
      .finally(() => setBusy(false))
  }
  return (
    <>
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      <Button busy={busy} onTap={save}>打印或保存 PDF</Button>
    </>
  )
}
