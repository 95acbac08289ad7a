import { type ReactNode, useEffect } from 'react'
import { useRouter } from '@tarojs/taro'
import { FillingGate } from '@/components/filling-gate'
import { useInSight } from '@/stores/in-sight'
import { MovedNotice } from '@/components/moved-notice'
import { SaveFooter } from '@/components/save-state'
import { Unanswered } from '@/components/unanswered'
import { useSteps } from '@/components/use-steps'
import { type FormPage, pageAt } from '@core/form'
import { keyParts } from '@core/rows'
import { focusOn } from '@/platform/focus'
import { goTo } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { remember, resolveConflict } from '@/stores/drafts'
import { type Filling, useFilling } from '@/stores/filling'
import { useMovedNotice } from '@/stores/moved'
import { partWith } from '@/stores/rows'
import { type Sharing, useShared } from '@/stores/sharing'
import { Box } from '@/ui/box'
import { LinkButton } from '@/ui/button'
import { ErrorSummary } from '@/ui/error-summary'
import { Page } from '@/ui/page'
import { Notice, Steps } from '@/ui/status'
import { Fields, useFieldFocus } from './fields'
import { type ListPage, ListView } from './list-view'
import { stepOf, stepParts } from './step'
import { useTries } from './tries'
import './index.scss'

const TOP = 'form-top'
const LOOK_AGAIN = '标着“有变化”的，请看一遍。'

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
  const { topic, pages } = filling
  const walk = useSteps('form', () => {
    const start = startOf(filling, page, field)
    const ids = pages.map(({ id }) => id)
    return { start, before: back ? [] : ids.slice(0, ids.indexOf(stepParts(start).page)) }
  }, () => setTimeout(() => focusOn(TOP)))
  const { page: at, row, part } = stepParts(walk.at)
  const here = Math.max(0, pages.findIndex(({ id }) => id === at))
  const current = pages[here]
  const shared = useShared(filling)
  const news = useMovedNotice(filling)
  useEffect(() => {
    if (current && !back) remember(topic.id, current.id)
  }, [topic.id, current, back])
  if (!current) return <FillingGate title="填写信息" />
  const next = pages[here + 1]
  const screen = {
    filling,
    brought: shared.brought,
    field,
    back: Boolean(back),
    head: (
      <>
        {!back && (
          <Box id={TOP} focusable>
            <Steps at={here + 1} of={pages.length} label="填写信息" />
          </Box>
        )}
        {news && <MovedNotice {...news} advice={LOOK_AGAIN} />}
        {here === 0 && <SharedNotice shared={shared} page={current} />}
      </>
    ),
    onLeave: () => (back ? walk.leave() : walk.back()),
    onDone: () => {
      if (back) walk.leave()
      else if (next) walk.show(next.id)
      else goTo('materials', { topic: topic.id })
    },
  }
  return isList(current)
    ? (
      <ListView
        key={current.id} page={current} {...screen} row={row} part={part} onBack={walk.back}
        onShow={(to) => walk.show(stepOf(current.id, to))}
      />
    )
    : <FieldsView key={current.id} page={current} {...screen} />
}

const isList = (page: FormPage): page is ListPage => page.list !== undefined

interface FieldsViewProps {
  filling: Filling
  page: FormPage
  field: string | undefined
  back: boolean
  head: ReactNode
  brought: Sharing['brought']
  onLeave: () => void
  onDone: () => void
}

/** One role's few fields. */
function FieldsView(props: FieldsViewProps) {
  const { filling, page, field, back, head, brought, onLeave, onDone } = props
  const { problems, tries, passes } = useTries(filling)
  useFieldFocus(field)
  const keys = page.fields.map(({ key }) => key)
  return (
    <Page
      title={page.title} onBack={onLeave} wrong={problems.length > 0}
      footer={(
        <SaveFooter
          draft={filling.draft} back={back}
          onGo={() => {
            if (passes(keys)) onDone()
          }}
          onResolve={(keep) => void resolveConflict(filling.topic.id, keep)}
        />
      )}
    >
      {head}
      <ErrorSummary key={tries} problems={[...problems]} />
      <Fields filling={filling} keys={keys} problems={problems} brought={brought} />
    </Page>
  )
}

function startOf(filling: Filling, page?: string, field?: string): string {
  const { pages, draft } = filling
  const withField = pages.find(({ fields }) => fields.some(({ key }) => key === field))
  const wanted = withField?.id ?? page ?? draft.body.page
  const found = pageAt(pages, wanted)
  const { row } = keyParts(field ?? '')
  if (!found || !withField || row === undefined) return found?.id ?? ''
  const part = partWith(filling, { role: found.role, row }, field)
  return stepOf(found.id, { row: `${row}`, part })
}

/** On the first page, which may hold none of what was brought. */
function SharedNotice({ shared, page }: { shared: Sharing; page: FormPage }) {
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
  if (shared.asking) return <Notice kind="info" title="正在为您查电子证照，查到的会自动填好" />
  if (shared.count === 0) return null
  const here = page.fields.some(({ key }) => shared.brought.certified[key])
  const check = here ? '请核对' : '在后面，填到时请核对'
  return <Notice kind="good" title={`已为您从电子证照带出 ${shared.count} 项，${check}`} />
}
