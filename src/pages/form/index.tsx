import { useEffect, useRef, useState } from 'react'
import { useRouter } from '@tarojs/taro'
import { FieldInput } from '@/components/field-input'
import { FillingGate } from '@/components/filling-gate'
import { useInSight } from '@/components/in-sight'
import { SaveFooter } from '@/components/save-state'
import { Unanswered } from '@/components/unanswered'
import { relationOf } from '@core/form'
import { tidyForm, type Problem } from '@core/validate'
import { focusOn } from '@/platform/focus'
import { goBack, goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { fill, remember, resolveConflict, saveNow } from '@/stores/drafts'
import { type Filling, formProblems, useFilling } from '@/stores/filling'
import { useShared } from '@/stores/sharing'
import { useTopics } from '@/stores/topics'
import { Box } from '@/ui/box'
import { LinkButton } from '@/ui/button'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { Notice, Steps } from '@/ui/status'

const TOP = 'form-top'

/** 一表: the merged form, one person's few fields a screen. */
export default function Form() {
  const { params } = useRouter()
  const inSight = useInSight()
  const welcome = useGuard({ page: 'form', params, inSight })
  const { filling, refused } = useFilling(params.topic ?? '')
  if (!welcome || !filling) return <FillingGate title="填写信息" refused={refused} />
  const { plan, topic } = filling
  if (plan.next || plan.stops.length > 0) {
    return <Unanswered title="填写信息" topicId={topic.id} />
  }
  return <Filler filling={filling} page={params.page} field={params.field} back={params.from} />
}

interface FillerProps {
  filling: Filling
  /** where to begin: a page, or the page of a field */
  page: string | undefined
  field: string | undefined
  /** set when one came to change one thing: then straight back there */
  back: string | undefined
}

function Filler({ filling, page, field, back }: FillerProps) {
  const { topic, draft, pages } = filling
  const [at, setAt] = useState(() => startOf(filling, page, field))
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [tries, setTries] = useState(0)
  const here = Math.max(0, pages.findIndex(({ id }) => id === at))
  const current = pages[here]
  const shared = useShared(filling)
  useFieldFocus(field)
  useEffect(() => {
    if (current && !back) remember(topic.id, current.id)
  }, [topic.id, current, back])
  if (!current) return <FillingGate title="填写信息" />
  const show = (id: string) => {
    setProblems([])
    setTries(0)
    setAt(id)
    setTimeout(() => focusOn(TOP))
  }
  const before = pages[here - 1]
  const leave = () => {
    if (before && !back) show(before.id)
    else goBack()
  }
  const keys = current.fields.map(({ key }) => key)
  const go = () => {
    const found = formProblems(filling, keys)
    setProblems(found)
    setTries(tries + 1)
    if (found.length > 0) return
    const tidy = tidyForm(filling.plan, draft.body.form)
    const changed = Object.entries(tidy).filter(([key, value]) => draft.body.form[key] !== value)
    if (changed.length > 0) fill(topic.id, Object.fromEntries(changed))
    void saveNow(topic.id)
    const next = pages[here + 1]
    if (back) goBack()
    else if (next) show(next.id)
    else goTo('materials', { topic: topic.id })
  }
  return (
    <Page
      title={current.title} onBack={leave} wrong={problems.length > 0}
      footer={(
        <SaveFooter
          draft={draft} back={Boolean(back)} onGo={go}
          onResolve={(keep) => void resolveConflict(topic.id, keep)}
        />
      )}
    >
      {!back && (
        <Box id={TOP} focusable><Steps at={here + 1} of={pages.length} label="填写信息" /></Box>
      )}
      <ErrorSummary key={tries} problems={[...problems]} />
      {here === 0 && <SharedNotice shared={shared} />}
      <Fields filling={filling} keys={keys} problems={problems} prefilled={shared.prefilled} />
    </Page>
  )
}

function startOf({ pages, draft }: Filling, page?: string, field?: string): string {
  const withField = pages.find(({ fields }) => fields.some(({ key }) => key === field))
  const wanted = withField?.id ?? page ?? draft.body.page
  return pages.find(({ id }) => id === wanted)?.id ?? pages[0]?.id ?? ''
}

/** Someone who came to change one field starts in it. */
function useFieldFocus(field: string | undefined) {
  const done = useRef(false)
  useEffect(() => {
    if (!field || done.current) return
    done.current = true
    setTimeout(() => focusOn(field), 300)
  }, [field])
}

function SharedNotice({ shared }: { shared: ReturnType<typeof useShared> }) {
  if (shared.refused) {
    return (
      <Notice
        kind="warn" title="暂时没能取到电子证照"
        action={<LinkButton onTap={shared.retry}>再试一次</LinkButton>}
      >
        <Box as="p">您可以自己填写，不影响办理。</Box>
      </Notice>
    )
  }
  if (shared.count === 0) return null
  return <Notice kind="good" title={`已为您从电子证照带出 ${shared.count} 项，请核对`} />
}

interface FieldsProps {
  filling: Filling
  keys: readonly string[]
  problems: readonly Problem[]
  prefilled: Readonly<Record<string, string>>
}

function Fields({ filling, keys, problems, prefilled }: FieldsProps) {
  const { topic, plan, draft } = filling
  const regions = useTopics(({ regions }) => regions)
  const { answers, form } = draft.body
  const asked = plan.form.filter(({ key }) => keys.includes(key))
  return (
    <>
      {asked.map((field) => {
        const value = form[field.key] ?? ''
        return (
          <FieldInput
            key={field.key}
            field={field}
            value={value}
            error={problems.find((problem) => problem.field === field.key)?.text}
            source={value && value === prefilled[field.key] ? '已带出' : undefined}
            regions={regions}
            own={relationOf(topic, field.role, { answers, form }) === 'me'}
            onChange={(typed) => fill(topic.id, { [field.key]: typed })}
          />
        )
      })}
    </>
  )
}
