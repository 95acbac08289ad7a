import type { MandateView, OfferMandate, Offered } from '@core/contract/mandate'
import {
  ACTS, ACTS_WORDS, type Acts, CODE_KINDS, type CodeKind, PRINCIPAL_CONSENT, latestEnd, termProblem,
} from '@core/mandate'
import { say } from '@core/refusal'
import { useEffect, useState } from 'react'
import { ConfirmSelf } from '@/components/confirm-self'
import { principalWords } from '@/components/mandate-words'
import { asRefused } from '@/api/client'
import { offerMandate } from '@/api/mandates'
import { today } from '@/platform/clock'
import { useMe } from '@/stores/account'
import { refreshHome, useHome } from '@/stores/home'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ErrorSummary } from '@/ui/error-summary'
import { Checkbox, ChoiceField, DateField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Notice } from '@/ui/status'

const WHO: Record<CodeKind, string> = {
  agent: '朋友、帮办员或代办人员', elder: '我的子女或其他家人', spouse: '我的配偶',
}
const SELF = 'self'

interface Props {
  topicId: string | undefined
  /** whom one stands for may be entrusted too */
  wards: readonly MandateView[]
  onBack: () => void
  onOffered: (offered: Offered) => void
}

/** For what, how far, until when; then proof of who one is, and the code. */
export function Entrusting(props: Props) {
  const form = useOffer(props)
  const { values, set, problems, tries, refused, step } = form
  const { me } = useMe()
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  if (step === 'confirm') {
    return (
      <Page title="确认是您本人" onBack={form.back}>
        {refused && <Notice kind="error">{refused}</Notice>}
        <Card>
          <ConfirmSelf
            by={me?.phone ? 'sms' : 'wechat'} phone={me?.phone ?? null} act="确认，生成代办码"
            onConfirmed={form.send}
          />
        </Card>
      </Page>
    )
  }
  return (
    <Page
      title="委托一个人" wrong={problems.length > 0} onBack={props.onBack}
      footer={<Button busy={form.busy} onTap={form.go}>下一步</Button>}
    >
      {refused && <Notice kind="error">{refused}</Notice>}
      {problems.length > 0 && <ErrorSummary key={tries} problems={problems} />}
      {form.wards.length > 0 && (
        <ChoiceField
          id="via" label="替谁委托？" value={values.via}
          options={[
            { value: SELF, label: '我本人' },
            ...form.wards.map((one) => ({ value: one.id, label: principalWords(one) })),
          ]}
          onChange={(via) => set({ via })}
        />
      )}
      <ChoiceField
        id="kind" label="交给谁？" value={values.kind} error={errorOf('kind')}
        options={CODE_KINDS.map((value) => ({ value, label: WHO[value] })).reverse()}
        onChange={(kind) => set({ kind })}
      />
      <Topics {...form} error={errorOf('topics')} />
      <ChoiceField
        id="acts" label="让他做到哪一步？" value={values.acts} error={errorOf('acts')}
        options={ACTS.map((value) => ({ value, label: ACTS_WORDS[value] }))}
        onChange={(acts) => set({ acts })}
      />
      <DateField
        id="ends-on" label="到哪一天为止？" hint={`最晚 ${form.latest}`} value={values.endsOn}
        error={errorOf('ends-on')} onChange={(endsOn) => set({ endsOn })}
      />
      <Checkbox
        id="consent" label={PRINCIPAL_CONSENT} checked={values.consent} error={errorOf('consent')}
        onChange={(consent) => set({ consent })}
      />
    </Page>
  )
}

/** Whoever comes from a draft hands over that one, unless they choose otherwise. */
function Topics({ values, set, topics, only, error }: ReturnType<typeof useOffer> & {
  error: string | undefined
}) {
  const [choosing, setChoosing] = useState(!only)
  const all = values.topics === 'all'
  const choose = (value: string) => {
    setChoosing(value === 'some')
    set({ topics: value === 'all' ? 'all' : only ? [only.id] : [] })
  }
  return (
    <>
      <ChoiceField
        id="topics" label="办什么？" value={all ? 'all' : choosing ? 'some' : 'only'} error={error}
        options={[
          ...(only ? [{ value: 'only', label: `只办“${only.title}”`, hint: '更稳妥' }] : []),
          { value: 'some', label: only ? '再选几件' : '只办选中的事', hint: only ? '' : '更稳妥' },
          { value: 'all', label: '所有事项' },
        ]}
        onChange={choose}
      />
      {values.topics !== 'all' && choosing && (
        <ChoiceField
          id="topic" label="选哪些事" many value={values.topics.join(',')}
          options={topics.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(id) => set({
            topics: values.topics.includes(id) && values.topics !== 'all'
              ? values.topics.filter((one) => one !== id)
              : [...(values.topics === 'all' ? [] : values.topics), id],
          })}
        />
      )}
    </>
  )
}

interface Values {
  via: string
  kind: string
  topics: readonly string[] | 'all'
  acts: string
  endsOn: string
  consent: boolean
}

function useOffer({ topicId, wards: all, onOffered }: Props) {
  const topics = useHome((state) => state.topics) ?? []
  const only = topics.find(({ id }) => id === topicId)
  const [values, setValues] = useState<Values>({
    via: SELF, kind: '', topics: topicId ? [topicId] : [], acts: '', endsOn: '', consent: false,
  })
  const [problems, setProblems] = useState<{ field: string; text: string }[]>([])
  const [tries, setTries] = useState(0)
  const [refused, setRefused] = useState<string>()
  const [step, setStep] = useState<'form' | 'confirm'>('form')
  const [busy, setBusy] = useState(false)
  useEffect(() => void refreshHome(), [])
  const wards = all.filter(({ state, proof }) => state === 'live' && proof !== null)
  const via = wards.find(({ id }) => id === values.via)
  const latest = [latestEnd(today()), ...(via ? [via.endsOn] : [])].sort()[0] ?? today()
  const send = async () => onOffered(await offerMandate(bodyOf(values)))
  const go = () => {
    const found = problemsOf(values, latest)
    setProblems(found)
    setTries((n) => n + 1)
    setRefused(undefined)
    if (found.length > 0) return
    setBusy(true)
    // Whoever has just proved who they are is not asked again.
    send()
      .catch((error: unknown) => {
        const { code, detail } = asRefused(error)
        if (code === 'CONFIRM_REQUIRED') setStep('confirm')
        else setRefused(say({ code, detail }))
      })
      .finally(() => setBusy(false))
  }
  const set = (change: Partial<Values>) => setValues((old) => ({ ...old, ...change }))
  const back = () => setStep('form')
  return {
    values, set, topics, only, wards, latest, problems, tries, refused, step, busy, go, send, back,
  }
}

function problemsOf(values: Values, latest: string): { field: string; text: string }[] {
  const term = values.endsOn
    ? termProblem(values.endsOn, { today: today(), latest }) : '请选一个日期。'
  return [
    ...(values.kind ? [] : [{ field: 'kind', text: '请选交给谁。' }]),
    ...(values.topics.length > 0 ? [] : [{ field: 'topics', text: '请至少选一件事。' }]),
    ...(values.acts ? [] : [{ field: 'acts', text: '请选做到哪一步。' }]),
    ...(term ? [{ field: 'ends-on', text: term }] : []),
    ...(values.consent ? [] : [{ field: 'consent', text: '请先看清楚，同意的话请打勾。' }]),
  ]
}

function bodyOf({ via, kind, topics, acts, endsOn }: Values): OfferMandate {
  return {
    kind: CODE_KINDS.find((one) => one === kind) ?? 'agent',
    topics: topics === 'all' ? null : [...topics],
    acts: ACTS.find((one): one is Acts => one === acts) ?? 'read',
    endsOn,
    consent: true,
    ...(via === SELF ? {} : { via }),
  }
}
