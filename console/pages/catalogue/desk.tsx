/** A draft: one record of it to write in, beside what is known of the whole. */
import type { DraftActionBody, DraftView, SaveDraft } from '@core/contract/editing'
import { Button, Input, Select, Tabs } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { actOnDraft, saveDraft } from '../../api/editing'
import { ConfirmButton } from '../../components/confirm-button'
import { Dialog, Line, useWords } from '../../components/dialog'
import { StateTag } from '../../components/tags'
import { Trouble } from '../../components/trouble'
import { go } from '../../platform/address'
import { type RequestFailed, problemsIn } from '../../platform/request'
import { type Acting, useAct } from '../../stores/act'
import { type DraftDesk, type Ref, useDraftDesk } from '../../stores/draft-desk'
import {
  DRAFT_WORDS, KIND_WORDS, type RecordKind, STEP_QUESTIONS, STEP_WORDS,
} from '../../words/editing'
import { momentWords } from '../../words/time'
import { RecordForm } from './record-form'
import { Differences, Preview, Rehearse, Steps, Verdict, refOf } from './side'
import { SourceText } from './source'

interface DeskProps {
  view: DraftView
  versions: ReactNode
  failure: RequestFailed | undefined
  reload: () => void
  replace: (view: DraftView) => void
}

const LISTS = ['items', 'elements', 'materials'] as const
const mayWrite = ({ mayEdit }: DraftView, { kind, id }: Ref) =>
  (kind === 'topic' ? mayEdit.topic : mayEdit[kind].includes(id))

export function Desk({ view, versions, failure, reload, replace }: DeskProps) {
  const desk = useDraftDesk(view)
  const [ref, setRef] = useState<Ref>(() => firstOf(view))
  const saving = useAct((body: SaveDraft) => saveDraft(view.id, body), {
    done: (next) => {
      desk.forget()
      replace(next)
    },
    movedOn: reload,
  })
  const acting = useAct((body: DraftActionBody) => actOnDraft(view.id, body), {
    done: (next) => (next.state === 'published' || next.state === 'discarded'
      ? (desk.forget(), reload()) : replace(next)),
    movedOn: reload,
  })
  const save = () => {
    if (desk.count > 0) void saving.act(desk.body())
  }
  useSaveKey(save)
  const tabs = [
    {
      key: 'verdict', label: `核验（${view.verdict.faults.length}）`,
      children: <Verdict view={view} unsaved={desk.count} onOpen={setRef} />,
    },
    { key: 'differences', label: '差别', children: <Differences view={view} /> },
    { key: 'preview', label: '预览', children: <Preview topic={view.linked} /> },
    { key: 'rehearsal', label: '预演', children: <Rehearse view={view} unsaved={desk.count} /> },
    { key: 'steps', label: '经过', children: <Steps view={view} /> },
    { key: 'versions', label: '版本', children: versions },
  ]
  return <div className='page'>
    <Head view={view} desk={desk} saving={saving} acting={acting} onSave={save} />
    <Trouble refusal={failure} onRetry={reload} />
    <Trouble refusal={saving.failure} onClose={saving.forget}
      {...(saving.failure?.code === 'EDITED_MEANWHILE' ? { onRetry: () => {
        saving.forget()
        reload()
      } } : {})} />
    <Trouble refusal={acting.failure} onClose={acting.forget} />
    {view.baseVersion !== view.currentVersion && <p role='status' className='wrong'>
      现行版本已经到第 {view.currentVersion} 版，
      这份修订稿还是从第 {view.baseVersion} 版改的，请先更新底稿。
    </p>}
    <div className='two'>
      <section className='card' aria-label='修改'>
        <Writing view={view} desk={desk} at={ref} onAt={setRef} failure={saving.failure} />
      </section>
      <section className='card beside' aria-label='整份修订稿'>
        <Tabs items={tabs} size='small' />
      </section>
    </div>
  </div>
}

/** What the one who looks may write in. */
function firstOf(view: DraftView): Ref {
  const [item] = view.mayEdit.items
  return view.mayEdit.topic || item === undefined
    ? { kind: 'topic', id: view.topicId } : { kind: 'items', id: item }
}

function useSaveKey(save: () => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      save()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  })
}

interface HeadProps {
  view: DraftView
  desk: DraftDesk
  saving: Acting<SaveDraft>
  acting: Acting<DraftActionBody>
  onSave: () => void
}

function Head({ view, desk, saving, acting, onSave }: HeadProps) {
  const [returning, setReturning] = useState(false)
  const { actions, revision } = view
  const steps = actions.filter((one) => one !== 'save' && one !== 'return')
  return <div className='page-head'>
    <Button size='small' onClick={() => go('/catalogue')}>← 列表</Button>
    <h1>{view.title}</h1>
    <StateTag {...DRAFT_WORDS[view.state]} />
    <span className='quiet'>
      {view.fromVersion ? `恢复第 ${view.fromVersion} 版` : `从第 ${view.baseVersion} 版修订`}，
      {view.savedBy} {momentWords(view.savedAt)}
    </span>
    <span className='gap' />
    <span role='status' className='quiet'>{desk.count > 0 && `${desk.count} 处改动没有保存`}</span>
    <div className='actions'>
      {actions.includes('save') && <Button type='primary' loading={saving.busy}
        disabled={desk.count === 0} title='Ctrl + S' onClick={onSave}>保存</Button>}
      {steps.filter((one) => one !== 'rebase' || view.baseVersion !== view.currentVersion)
        .map((one) => <ConfirmButton key={one} name={STEP_WORDS[one]}
          question={desk.count > 0 ? `有 ${desk.count} 处改动没有保存，不会算在内。`
            : STEP_QUESTIONS[one] ?? ''}
          type={one === 'approve' || one === 'publish' ? 'primary' : 'default'}
          danger={one === 'discard'} busy={acting.busy}
          // the table of a draft's steps without those two
          onConfirm={() => void acting.act({ do: one, revision } as Step)} />)}
      {actions.includes('return') && <Button onClick={() => setReturning(true)}>退回修改</Button>}
    </div>
    {returning &&
      <Return acting={acting} revision={revision} onClose={() => setReturning(false)} />}
  </div>
}

type Step = Parameters<Acting<DraftActionBody>['act']>[0]

function Return({ acting, revision, onClose }: {
  acting: Acting<DraftActionBody>
  revision: number
  onClose: () => void
}) {
  const why = useWords()
  const send = async () => {
    if (!why.check()) return
    if (await acting.act({ do: 'return', revision, note: why.text.trim() })) onClose()
  }
  return <Dialog title='退回修改' ok='退回' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Line label='请编辑改什么' wrong={why.wrong}>
      {(own) => <Input.TextArea {...own} value={why.text} maxLength={500} autoSize={{ minRows: 3 }}
        onChange={({ target }) => why.setText(target.value)} />}
    </Line>
  </Dialog>
}

interface WritingProps {
  view: DraftView
  desk: DraftDesk
  at: Ref
  onAt: (ref: Ref) => void
  failure: RequestFailed | undefined
}

function Writing({ view, desk, at, onAt, failure }: WritingProps) {
  const [how, setHow] = useState<'form' | 'source'>('form')
  const record = desk.record(at)
  if (!record) return null
  const locked = !mayWrite(view, at)
  const faults = view.verdict.faults.filter(({ part }) => {
    const about = refOf(view, part)
    return about.kind === at.kind && about.id === at.id
  })
  const write = (next: typeof record) => desk.write(at, next)
  const written = <RecordForm kind={at.kind} record={record} locked={locked} onWrite={write} />
  const source = <SourceText key={`${at.kind} ${at.id} ${view.revision} ${how}`} record={record}
    locked={locked} faults={faults} misshapen={misshapen(desk, at, failure)} onWrite={write} />
  return <>
    <div className='filters'>
      <Select aria-label='改哪一条' value={`${at.kind}:${at.id}`} showSearch
        optionFilterProp='label' style={{ minWidth: 320 }} options={recordOptions(view, desk)}
        onChange={(value: string) => {
          const [kind = 'topic', id = ''] = value.split(':')
          onAt({ kind: kind as RecordKind, id }) // made of them below
        }} />
      {locked && <span className='quiet'>{view.actions.includes('save')
        ? '这一条由其他部门维护，或者其他主题也在用，只能看。' : '现在不能修改。'}</span>}
    </div>
    <Tabs size='small' activeKey={how}
      onChange={(key) => setHow(key === 'source' ? 'source' : 'form')}
      items={[
        { key: 'form', label: '表单', children: how === 'form' && written },
        { key: 'source', label: '源文本', children: how === 'source' && source },
      ]} />
  </>
}

function recordOptions(view: DraftView, desk: DraftDesk) {
  const mark = (ref: Ref, name: string) => ({
    value: `${ref.kind}:${ref.id}`,
    label: `${name}${mayWrite(view, ref) ? '' : '（只能看）'}${desk.isWritten(ref) ? ' ●' : ''}`,
  })
  return [
    {
      label: KIND_WORDS.topic,
      options: [mark({ kind: 'topic', id: view.topicId }, view.title)],
    },
    ...LISTS.map((kind) => ({
      label: KIND_WORDS[kind],
      options: view.parts[kind].map((one) =>
        mark({ kind, id: one.id }, 'name' in one ? one.name : one.label)),
    })),
  ]
}

/** Of what the platform could not read, that in this record: `items/0/promised/days`. */
function misshapen(desk: DraftDesk, at: Ref, failure: RequestFailed | undefined) {
  const sent = at.kind === 'topic' ? [] : desk.body()[at.kind] as readonly { id?: string }[]
  const n = String(sent.findIndex(({ id }) => id === at.id))
  return problemsIn(failure).flatMap(({ field, text }) => {
    const [kind, ...path] = field.split('/')
    if (kind !== at.kind) return []
    if (kind === 'topic') return [{ path, text }]
    return path[0] === n ? [{ path: path.slice(1), text }] : []
  })
}
