import { AGENT_CONSENT, GUARDIAN_CONSENT } from '@core/mandate'
import { say } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { addProved, getProvable } from '@/api/mandates'
import { fullDayWords } from '@/components/moment'
import { useLoaded } from '@/stores/loaded'
import { STUCK_WORDS, switchTo } from '@/stores/switching'
import { Button } from '@/ui/button'
import { Card, Facts } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox, ChoiceField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice } from '@/ui/status'

const WORDS = {
  child: {
    title: '添加我的孩子', which: '哪个孩子？', none: '没有查到您的孩子',
    note: '电子户口簿或出生医学证明里要有孩子的身份证号。刚出生还没上户口的，先用您自己的名义办。',
  },
  company: {
    title: '添加我的企业', which: '哪家企业？', none: '没有查到您的企业',
    note: '电子营业执照上的法定代表人要是您本人。员工请让法定代表人发代办码。',
  },
}

/** A child or a company, found by shared certificates; consent is given, never assumed. */
export function Adding({ kind, onBack }: { kind: 'child' | 'company'; onBack: () => void }) {
  const { value, refused, again } = useLoaded(getProvable)
  const words = WORDS[kind]
  const found = kind === 'child' ? value?.children : value?.companies
  const open = found?.filter(({ added }) => !added) ?? []
  return (
    <>
      {open.length > 0
        ? <Choosing kind={kind} found={open} onBack={onBack} />
        : (
          <Page title={words.title} onBack={onBack}>
            {refused && (
              <Notice
                kind="error"
                action={<Button kind="secondary" compact onTap={again}>再试一次</Button>}
              >
                {say(refused)}
              </Notice>
            )}
            {!value && !refused && <Loading label="正在查询电子证照" />}
            {value && (
              <Empty
                title={found?.length ? '都已经添加了' : words.none} note={words.note}
                action={{ label: '返回', onTap: onBack }}
              />
            )}
          </Page>
        )}
    </>
  )
}

const UNTICKED: Record<string, string> = {
  guardian: '您是监护人并且同意的话，请打勾。', agent: '愿意守约的话，请打勾。',
}

interface Choice {
  certificateId: string
  name: string
  until: string
  proof: string
}

function Choosing({ kind, found, onBack }: {
  kind: 'child' | 'company'
  found: readonly Choice[]
  onBack: () => void
}) {
  const [id, setId] = useState(found.length === 1 ? found[0]?.certificateId ?? '' : '')
  const [agreed, setAgreed] = useState<readonly string[]>([])
  const { problems, tries, busy, add } = useAdding(kind)
  const chosen = found.find(({ certificateId }) => certificateId === id)
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  const consents = [
    ...(kind === 'child' ? [{ field: 'guardian', label: GUARDIAN_CONSENT }] : []),
    { field: 'agent', label: AGENT_CONSENT },
  ]
  return (
    <Page
      title={WORDS[kind].title} wrong={problems.length > 0} onBack={onBack}
      footer={<Button busy={busy} onTap={() => add(id, agreed)}>添加</Button>}
    >
      {problems.length > 0 && <ErrorSummary key={tries} problems={[...problems]} />}
      <ChoiceField
        id="which" label={WORDS[kind].which} value={id} error={errorOf('which')}
        options={found.map(({ certificateId: value, name: label }) => ({ value, label }))}
        onChange={setId}
      />
      {chosen && (
        <Card>
          <Facts facts={[
            { term: '凭什么', value: chosen.proof },
            { term: '有效到', value: fullDayWords(chosen.until) },
          ]}
          />
        </Card>
      )}
      {consents.map(({ field, label }) => (
        <Checkbox
          key={field} id={field} label={label} checked={agreed.includes(field)}
          error={errorOf(field)}
          onChange={(on) => setAgreed(on
            ? [...agreed, field] : agreed.filter((one) => one !== field))}
        />
      ))}
    </Page>
  )
}

function useAdding(kind: 'child' | 'company') {
  const [problems, setProblems] = useState<readonly { field: string; text: string }[]>([])
  const [tries, setTries] = useState(0)
  const [busy, setBusy] = useState(false)
  const show = (found: typeof problems) => {
    setProblems(found)
    setTries((n) => n + 1)
  }
  const send = async (certificateId: string) => {
    setBusy(true)
    try {
      const consent = kind === 'child'
        ? { agent: true, guardian: true } as const : { agent: true } as const
      const stuck = await switchTo(await addProved({ kind, certificateId, consent }))
      if (stuck) show([{ field: 'which', text: STUCK_WORDS[stuck] }])
    } catch (error) {
      show([{ field: 'which', text: say(asRefused(error)) }])
    } finally {
      setBusy(false)
    }
  }
  const add = (certificateId: string, agreed: readonly string[]) => {
    const missing = [
      ...(certificateId ? [] : [{ field: 'which', text: '请选一个。' }]),
      ...(kind === 'child' ? ['guardian', 'agent'] : ['agent'])
        .filter((field) => !agreed.includes(field))
        .map((field) => ({ field, text: UNTICKED[field] ?? '' })),
    ]
    if (missing.length > 0) show(missing)
    else void send(certificateId)
  }
  return { problems, tries, busy, add }
}
