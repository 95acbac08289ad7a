import { useEffect, useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { say } from '@core/refusal'
import { judge, normalise, type ValueFault } from '@core/values'
import { useInSight } from '@/stores/in-sight'
import { onward } from '@/components/onward'
import { asRefused } from '@/api/client'
import { checkIdentity } from '@/api/session'
import { StuckLink } from '@/components/stuck-link'
import { goBack, replaceWith } from '@/platform/navigation'
import { useMe } from '@/stores/account'
import { setMe } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ErrorSummary, type FieldProblem } from '@/ui/error-summary'
import { TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

const ID_TEXT: Partial<Record<ValueFault, string>> = {
  CHECK_DIGIT: '身份证号的最后一位对不上，可能输错了某一位，请核对。',
  NO_SUCH_DATE: '身份证号里的出生日期不对，请核对。',
}

function problemsOf(name: string, idNumber: string): FieldProblem[] {
  const nameFault = judge({ type: 'name', latin: true }, name)
  const idFault = judge({ type: 'idNumber' }, idNumber)
  return [
    ...(name === '' ? [{ field: 'real-name', text: '请填写姓名。' }] : []),
    ...(nameFault ? [{ field: 'real-name', text: '姓名要和身份证上一样，请核对。' }] : []),
    ...(idNumber === '' ? [{ field: 'id-number', text: '请填写身份证号。' }] : []),
    ...(idFault
      ? [{ field: 'id-number', text: ID_TEXT[idFault] ?? '身份证号应为 18 位，请核对。' }]
      : []),
  ]
}

/** 实名核验: asked once, so that nobody can apply in somebody else's name. */
export default function Identity() {
  const { params } = useRouter()
  const inSight = useInSight()
  const { signedIn, me } = useMe()
  const [name, setName] = useState('')
  const [idNumber, setIdNumber] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const [tries, setTries] = useState(0)
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    if (!signedIn && inSight) replaceWith('login', { ...params, next: params.next ?? 'identity' })
    // the address of a page does not change while it is open
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [signedIn, inSight])
  const textOf = (field: string) => problems.find((one) => one.field === field)?.text
  const go = () => {
    const tidy = { name: normalise('name', name), id: normalise('idNumber', idNumber) }
    const found = problemsOf(tidy.name, tidy.id)
    setProblems(found)
    setTries(tries + 1)
    setRefused(undefined)
    if (found.length > 0 || busy) return
    setBusy(true)
    checkIdentity(tidy.name, tidy.id)
      .then((known) => {
        setMe(known)
        onward(params, known)
      })
      .catch((error: unknown) => setRefused(say(asRefused(error))))
      .finally(() => setBusy(false))
  }
  if (me?.verified) return <Verified onGo={() => onward(params, me)} />
  return (
    <Page
      title="实名核验" onBack={goBack} wrong={problems.length > 0}
      lead="核对一次您是本人，别人就不能冒用您的名义办事。"
      footer={<Button busy={busy} onTap={go}>核验身份</Button>}
    >
      <ErrorSummary key={tries} problems={problems} />
      {refused && (
        <Notice kind="error" action={<StuckLink kind="inquiry" />}>{refused}</Notice>
      )}
      <TextField
        id="real-name" label="姓名" hint="和身份证上一样，名字中的“·”照写" autoComplete="name"
        value={name} onChange={setName} error={textOf('real-name')}
      />
      <TextField
        id="id-number" label="身份证号" hint="18 位，最后一位可以是字母 X"
        value={idNumber} onChange={setIdNumber} error={textOf('id-number')} onDone={go}
      />
      <Box as="p" className="muted">
        姓名和身份证号只用来核对身份、带出您的电子证照，加密保存。
      </Box>
    </Page>
  )
}

function Verified({ onGo }: { onGo: () => void }) {
  return (
    <Page title="实名核验" onBack={goBack} footer={<Button onTap={onGo}>继续</Button>}>
      <Notice kind="good" title="您已经通过实名核验" />
    </Page>
  )
}
