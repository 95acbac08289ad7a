/** One low rating: what was said, what was done about it, what is next. */
import type { RectificationActionBody, RectificationDetail } from '@core/contract/rating'
import { ANSWER_KINDS, type AnswerKind, type RectificationAction } from '@core/rectification'
import { Button, Input, Radio } from 'antd'
import { useCallback, useState } from 'react'
import { actOnRectification, rectification } from '../api/rectifications'
import { Dialog, Line, useWords } from '../components/dialog'
import { Due } from '../components/due'
import { History } from '../components/history'
import { useKeys } from '../components/keys'
import { StateTag } from '../components/tags'
import { Blank } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { type Acting, useAct } from '../stores/act'
import { useLoaded } from '../stores/loaded'
import { useOffice } from '../stores/office'
import { today } from '../stores/today'
import { RECTIFICATION_ACTION_WORDS, RECTIFICATION_WORDS } from '../words/states'
import { nextDue, rectificationTab } from './rectifications'

export function RectificationPage({ id }: { id: string }) {
  const load = useCallback(() => rectification(id), [id])
  const { thing, failure, reload, replace } = useLoaded(load)
  const { query } = useAddress()
  const back = `/rectifications?state=${rectificationTab(query)}`
  useKeys({ Escape: () => go(back) })
  const acting = useAct((body: RectificationActionBody) => actOnRectification(id, body), {
    done: replace, movedOn: reload,
  })
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  return <Open detail={thing} back={back} acting={acting} />
}

const EVENT_WORDS: Readonly<Record<string, string>> = RECTIFICATION_ACTION_WORDS

function Open({ detail, back, acting }: {
  detail: RectificationDetail
  back: string
  acting: Acting<RectificationActionBody>
}) {
  const calendar = useOffice((office) => office.calendar)
  const [open, setOpen] = useState<RectificationAction>()
  return <div className='page'>
    <div className='page-head'>
      <Button size='small' onClick={() => go(back)}>← 列表</Button>
      <h1>差评整改 <span className='number'>{detail.number}</span></h1>
      <StateTag {...RECTIFICATION_WORDS[detail.state]} />
      <Due due={nextDue(detail)} signal={detail.signal} today={today()} calendar={calendar} />
      <span className='gap' />
      <div className='actions'>
        {detail.actions.map((action, n) => <Button key={action}
          type={n === 0 ? 'primary' : 'default'} onClick={() => setOpen(action)}>
          {RECTIFICATION_ACTION_WORDS[action]}
        </Button>)}
      </div>
    </div>
    <dl className='facts'>
      <div><dt>一件事</dt><dd>{detail.topicTitle}</dd></div>
      <div><dt>评价</dt><dd>{detail.stars} 星，{detail.applicant}</dd></div>
      <div><dt>被评价的</dt><dd>{detail.about}</dd></div>
      <div><dt>由谁整改</dt><dd>{detail.by}（第 {detail.round} 轮）</dd></div>
    </dl>
    <section className='card' aria-label='评价的话'>
      <h2>评价的话</h2>
      <p>{detail.comment ?? '没有写'}</p>
    </section>
    <section className='card' aria-label='整改经过'>
      <h2>整改经过</h2>
      <History entries={detail.events.map(({ at, by, is, note }, n) =>
        ({ key: n, at, who: by, text: EVENT_WORDS[is] ?? '开始整改', note }))} />
    </section>
    {open && <Note action={open} acting={acting} onClose={() => {
      acting.forget()
      setOpen(undefined)
    }} />}
  </div>
}

const KIND_NAMES: Record<AnswerKind, string> = {
  fixed: '已整改', explained: '依法不能改，已说明', appealed: '误评或恶意评价，申诉',
}

function Note({ action, acting, onClose }: {
  action: RectificationAction
  acting: Acting<RectificationActionBody>
  onClose: () => void
}) {
  const words = useWords()
  const [kind, setKind] = useState<AnswerKind>('fixed')
  const send = async () => {
    if (!words.check()) return
    const note = words.text.trim()
    const done = action === 'answer' ? acting.act({ do: action, kind, note })
      : action === 'contact' || action === 'confirm' || action === 'return'
        ? acting.act({ do: action, note }) : Promise.resolve(false)
    if (await done) onClose()
  }
  const name = RECTIFICATION_ACTION_WORDS[action]
  return <Dialog title={name} ok={name} busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    {action === 'answer' && <fieldset className='line'>
      <legend>结果</legend>
      <Radio.Group value={kind} onChange={({ target }) =>
        setKind(ANSWER_KINDS.find((one) => one === target.value) ?? 'fixed')}
        options={ANSWER_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))} />
    </fieldset>}
    <Line label={action === 'contact' ? '怎么联系的、说了什么' : '说明'} wrong={words.wrong}>
      {(own) => <Input.TextArea {...own} rows={4} maxLength={500} value={words.text} autoFocus
        onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}
