/** 查电子文件: is this very file one of ours, letter for letter. */
import type { FileVerdict } from '@core/contract/document'
import { say } from '@core/refusal'
import { useCallback, useState } from 'react'
import { verifyFile } from '@/api/cases'
import { type PickedFile, pickFile } from '@/platform/pick-file'
import { useLoaded } from '@/stores/loaded'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { Paper } from './paper'

/** What the platform takes at once. */
const MOST_BYTES = 5 * 1024 * 1024

export function Choosing({ onFile }: { onFile: (file: PickedFile) => void }) {
  const [tooBig, setTooBig] = useState(false)
  const choose = async () => {
    const file = await pickFile(['pdf'])
    if (!file) return
    setTooBig(file.bytes.byteLength > MOST_BYTES)
    if (file.bytes.byteLength <= MOST_BYTES) onFile(file)
  }
  return (
    <Card title="手上有电子文件的">
      <Box as="p" className="verify-text">
        选 PDF 文件，查它是不是本平台签发的、有没有被改过。证照、决定书、通知书都能查。文件不会保存。
      </Box>
      {tooBig && <Notice kind="error">文件不能超过 5 MB。本平台签发的文件都比这小。</Notice>}
      <Button kind="secondary" icon="document" onTap={() => void choose()}>选择文件</Button>
    </Card>
  )
}

interface CheckedFileProps {
  file: PickedFile
  onOther: () => void
}

export function CheckedFile({ file, onOther }: CheckedFileProps) {
  const { name, bytes } = file
  const load = useCallback(() => verifyFile(bytes), [bytes])
  const { value, refused, again } = useLoaded(load)
  return (
    <Page
      title="核验电子文件" lead={name} onBack={onOther}
      footer={<Button kind="secondary" onTap={onOther}>核验另一个</Button>}
    >
      {!value && !refused && <Loading rows={2} />}
      {!value && refused && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {value && <Verdict verdict={value} />}
    </Page>
  )
}

const GENUINE = { title: '真的', text: '由本平台签发，签发以后没有改动过。' }

function Verdict({ verdict: { verdict, document } }: { verdict: FileVerdict }) {
  return (
    <>
      {verdict === 'changed' && (
        <Notice kind="error" title="被改过，请勿使用">
          文件上有本平台的电子签名，但是内容和签发的不一样。请让对方出示原件，或者用核验码查。
        </Notice>
      )}
      {verdict === 'foreign' && (
        <Notice kind="error" title="不是我们发的">
          没有本平台的电子签名。截图、扫描和另存过的文件也会这样，上面有核验码的，请用核验码查。
        </Notice>
      )}
      {document && <Paper paper={document} genuine={GENUINE} />}
    </>
  )
}
