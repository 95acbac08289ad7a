import { shanghaiDate } from '@core/clock'
import type { Verification } from '@core/contract/case'
import { type Refused, say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { verifyResult } from '@/api/cases'
import { Document } from '@/components/document'
import { goBack } from '@/platform/navigation'
import type { PickedFile } from '@/platform/pick-file'
import { useLoaded } from '@/stores/loaded'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { CheckedFile, Choosing } from './file'
import './index.scss'

/** 核验: whether a result is genuine. Open to anyone; the holder's name is masked (S47). */
export default function VerifyPage() {
  const { code: given = '' } = useRouter<{ code: string }>().params
  const [code, setCode] = useState(given)
  const [file, setFile] = useState<PickedFile>()
  if (file) return <CheckedFile file={file} onOther={() => setFile(undefined)} />
  return code
    ? <Verified code={code} onOther={() => setCode('')} />
    : <Asking onCode={setCode} onFile={setFile} />
}

interface AskingProps {
  onCode: (code: string) => void
  onFile: (file: PickedFile) => void
}

function Asking({ onCode, onFile }: AskingProps) {
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  const go = () => {
    const code = typed.replace(/\s/g, '')
    setMissing(code === '')
    if (code) onCode(code)
  }
  return (
    <Page
      title="核验办理结果" lead="输入结果上的核验码，或者选电子文件。" wrong={missing}
      onBack={goBack} footer={<Button onTap={go}>核验</Button>}
    >
      <TextField
        id="code" label="核验码" value={typed} onChange={setTyped} onDone={go}
        error={missing ? '请填写核验码。' : undefined}
      />
      <Choosing onFile={onFile} />
    </Page>
  )
}

function Verified({ code, onOther }: { code: string; onOther: () => void }) {
  const load = useCallback(() => verifyResult(encodeURIComponent(code)), [code])
  const { value, refused, again } = useLoaded(load)
  return (
    <Page
      title="核验办理结果" onBack={goBack}
      footer={<Button kind="secondary" onTap={onOther}>核验另一个</Button>}
    >
      {!value && !refused && <Loading rows={2} />}
      {refused && isUnknown(refused) && (
        <Notice kind="error" title="没有查到这个结果">请核对核验码。对方出示的结果可能不是本平台签发的。</Notice>
      )}
      {refused && !isUnknown(refused) && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {value && <Found found={value} />}
    </Page>
  )
}

/** A code of another shape is as unknown as one that was never given out. */
const isUnknown = ({ code }: Refused) => code === 'NOT_FOUND' || code === 'MALFORMED'

function Found({ found }: { found: Verification }) {
  const { valid, revokedAt, name, number, holder, issuer, issuedAt, sample } = found
  return (
    <>
      {valid
        ? <Notice kind="good" title="结果有效">由签发部门在本平台签发，内容没有改动。</Notice>
        : (
          <Notice kind="error" title="已撤销">
            {`签发部门${revokedAt ? `已于 ${shanghaiDate(revokedAt)} ` : '已'}撤销这个结果，请勿使用。`}
          </Notice>
        )}
      <Document
        name={name} issuer={issuer} issuedAt={issuedAt} sample={sample}
        facts={[{ term: '编号', value: number }, { term: '持有人', value: holder }]}
      />
    </>
  )
}
