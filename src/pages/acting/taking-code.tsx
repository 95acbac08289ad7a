import type { Offer } from '@core/contract/mandate'
import { AGENT_CONSENT, readMandateCode } from '@core/mandate'
import { say } from '@core/refusal'
import { useEffect, useState } from 'react'
import { principalWords, scopeFacts } from '@/components/mandate-words'
import { asRefused } from '@/api/client'
import { openMandateCode, takeMandateCode } from '@/api/mandates'
import { STUCK_WORDS, switchTo } from '@/stores/switching'
import { Box } from '@/ui/box'
import { Button, LinkButton } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox, TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

/** 输入代办码: the code, then exactly what is asked and by whom, then consent. */
export function TakingCode({ code: given, onBack }: { code: string; onBack: () => void }) {
  const [typed, setTyped] = useState(given)
  const [offer, setOffer] = useState<Offer>()
  const [agreed, setAgreed] = useState(false)
  const [tries, setTries] = useState(0)
  const [problem, setProblem] = useState<{ field: string; text: string }>()
  const [busy, setBusy] = useState(false)
  const attempt = async (field: string, run: () => Promise<void>) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await run()
    } catch (error) {
      setProblem({ field, text: say(asRefused(error)) })
      setTries((n) => n + 1)
    } finally {
      setBusy(false)
    }
  }
  const wrong = (field: string, text: string) => {
    setProblem({ field, text })
    setTries((n) => n + 1)
  }
  const open = () => {
    const code = readMandateCode(typed)
    if (!code) return wrong('mandate-code', '代办码是 13 位字母和数字，请核对。')
    return void attempt('mandate-code', async () => setOffer(await openMandateCode(code)))
  }
  const take = () => {
    if (!agreed) return wrong('mandate-agree', '请先看清楚，同意的话请打勾。')
    return void attempt('mandate-agree', async () => {
      const stuck = await switchTo(await takeMandateCode(typed))
      if (stuck) wrong('mandate-agree', STUCK_WORDS[stuck])
    })
  }
  useEffect(() => {
    if (given) open()
    // a link opens once, with the code it carries
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [])
  return (
    <Page
      title={offer ? '请您代办' : '输入代办码'} wrong={problem !== undefined} onBack={onBack}
      footer={offer
        ? <Button busy={busy} onTap={take}>同意，开始代办</Button>
        : <Button busy={busy} onTap={open}>查看委托</Button>}
    >
      {problem && <ErrorSummary key={tries} problems={[problem]} />}
      {!offer && (
        <TextField
          id="mandate-code" label="代办码" hint="13 位，24 小时内有效，不分大小写，可以粘贴"
          value={typed} onChange={setTyped} onDone={open}
          error={problem?.field === 'mandate-code' ? problem.text : undefined}
        />
      )}
      {offer && (
        <>
          <Card title={`${principalWords(offer)} 请您代办`}><Facts facts={scopeFacts(offer)} /></Card>
          <Notice kind="info">您做的每一步，对方都看得到。对方或您随时可以结束。</Notice>
          <Checkbox
            id="mandate-agree" label={AGENT_CONSENT} checked={agreed} onChange={setAgreed}
            error={problem?.field === 'mandate-agree' ? problem.text : undefined}
          />
          <Box as="p"><LinkButton onTap={onBack}>不同意</LinkButton></Box>
        </>
      )}
    </Page>
  )
}
