import type { Verification } from '@core/contract/document'
import { type Refused, say } from '@core/refusal'
import { useRouter } from '@tarojs/taro'
import { useCallback, useState } from 'react'
import { verifyCode } from '@/api/cases'
import { goBack } from '@/platform/navigation'
import type { PickedFile } from '@/platform/pick-file'
import { useLoaded } from '@/stores/loaded'
import { Button } from '@/ui/button'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading, Notice } from '@/ui/status'
import { CheckedFile, Choosing } from './file'
import { Paper } from './paper'
import './index.scss'

/** 核验: whether a paper is genuine. Open to anyone; the holder's name is masked (S47). */
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
      title="核验文书和结果" lead="输入纸上的核验码，或者选电子文件。" wrong={missing}
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

const GENUINE: Readonly<Record<Verification['kind'], { title: string; text: string }>> = {
  result: { title: '结果有效', text: '由签发部门在本平台签发，内容没有改动。' },
  notice: { title: '文书有效', text: '由下面的单位在本平台发出，请核对和手上的是不是同一份。' },
}

function Verified({ code, onOther }: { code: string; onOther: () => void }) {
  const load = useCallback(() => verifyCode(encodeURIComponent(code)), [code])
  const { value, refused, again } = useLoaded(load)
  return (
    <Page
      title="核验文书和结果" onBack={goBack}
      footer={<Button kind="secondary" onTap={onOther}>核验另一个</Button>}
    >
      {!value && !refused && <Loading rows={2} />}
      {refused && isUnknown(refused) && (
        <Notice kind="error" title="没有查到">请核对核验码。对方出示的可能不是本平台签发的。</Notice>
      )}
      {refused && !isUnknown(refused) && (
        <>
          <Notice kind="error">{say(refused)}</Notice>
          <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
        </>
      )}
      {value && <Paper paper={value} genuine={GENUINE[value.kind]} />}
    </Page>
  )
}

/** A code of another shape is as unknown as one that was never given out. */
const isUnknown = ({ code }: Refused) => code === 'NOT_FOUND' || code === 'MALFORMED'
