/** What the window may do with a case now; the platform says what, this says how. */
import type { CaseAction } from '@core/case'
import type { CaseActionBody, CaseView } from '@core/contract/case'
import { TASK_ENDED } from '@core/task'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { ConfirmButton } from '../../components/confirm-button'
import { Dialog, Line, useWords } from '../../components/dialog'
import { useKeys } from '../../components/keys'
import type { Acting } from '../../stores/act'
import { CASE_ACTION_WORDS } from '../../words/states'
import { HandOver } from './hand-over'

const PLAIN = ['accept', 'dispatch', 'hand-over'] as const
const ASKS: Record<(typeof PLAIN)[number], string> = {
  accept: '材料齐全、符合法定形式，予以受理？受理通知书随即发给申请人。',
  dispatch: '分派给各部门？办理时限从现在开始计算。',
  'hand-over': '结果已按约定寄出？',
}
const ELECTRONIC = '申请人选了电子结果，还没有在手机上领取。仍由窗口出件？'

const questionOf = (action: keyof typeof ASKS, { handover }: CaseView) =>
  (action === 'hand-over' && handover === 'electronic' ? ELECTRONIC : ASKS[action])

const REMEDY = '如不服本决定，可以自收到之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼。'

interface ActionsProps {
  view: CaseView
  acting: Acting<CaseActionBody>
}

export function CaseActions({ view, acting }: ActionsProps) {
  const [open, setOpen] = useState<CaseAction>()
  const may = (action: CaseAction) => view.actions.includes(action)
  const close = () => {
    acting.forget()
    setOpen(undefined)
  }
  // Whoever comes to the window signs for what they take.
  const signed = (action: CaseAction) => action === 'hand-over' && view.handover === 'window'
  const first = PLAIN.find(may)
  const [confirming, setConfirming] = useState<CaseAction>()
  const asked = PLAIN.filter((action) => may(action) && !signed(action))
  const begin = (action: CaseAction) =>
    (signed(action) ? setOpen(action) : setConfirming(action))
  useKeys({ a: () => first && begin(first) })
  return <>
    {may('hand-over') && signed('hand-over') && <Button type='primary'
      onClick={() => setOpen('hand-over')}>{CASE_ACTION_WORDS['hand-over']}</Button>}
    {asked.map((action) => <ConfirmButton key={action} type='primary'
      name={CASE_ACTION_WORDS[action]} question={questionOf(action, view)} busy={acting.busy}
      open={confirming === action} onOpen={(is) => setConfirming(is ? action : undefined)}
      onConfirm={() => void acting.act({ do: action })} />)}
    {may('refuse') &&
      <Button danger onClick={() => setOpen('refuse')}>{CASE_ACTION_WORDS.refuse}</Button>}
    {may('urge') && <Button onClick={() => setOpen('urge')}>{CASE_ACTION_WORDS.urge}</Button>}
    {open === 'hand-over' && <HandOver acting={acting} onClose={close} />}
    {open === 'refuse' && <Refuse acting={acting} onClose={close} />}
    {open === 'urge' && <Urge view={view} acting={acting} onClose={close} />}
  </>
}

interface AskingProps {
  acting: Acting<CaseActionBody>
  onClose: () => void
}

function Refuse({ acting, onClose }: AskingProps) {
  const reason = useWords()
  const remedy = useWords(REMEDY)
  const send = async () => {
    const ready = [reason.check(), remedy.check()].every(Boolean)
    if (!ready) return
    const body = { do: 'refuse', reason: reason.text.trim(), remedy: remedy.text.trim() } as const
    if (await acting.act(body)) onClose()
  }
  return <Dialog title='不予受理' ok='不予受理' danger busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <p className='quiet'>会生成不予受理通知书，并自动报备为一件“办不成事”。</p>
    <Line label='理由（写明法律依据）' wrong={reason.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} value={reason.text} autoFocus
        onChange={({ target }) => reason.setText(target.value)} />}
    </Line>
    <Line label='救济途径' wrong={remedy.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} value={remedy.text}
        onChange={({ target }) => remedy.setText(target.value)} />}
    </Line>
  </Dialog>
}

function Urge({ view, acting, onClose }: AskingProps & { view: CaseView }) {
  const open = view.tasks.filter(({ startedAt, state }) =>
    startedAt !== null && !TASK_ENDED.has(state))
  const [itemId, setItemId] = useState(open[0]?.itemId ?? '')
  const note = useWords('请按承诺时限抓紧办理。')
  const send = async () => {
    if (!note.check() || itemId === '') return
    if (await acting.act({ do: 'urge', itemId, note: note.text.trim() })) onClose()
  }
  return <Dialog title='督促' ok='发出督促' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <fieldset className='line'>
      <legend>督促哪一项</legend>
      <Radio.Group value={itemId} onChange={({ target }) => setItemId(String(target.value))}
        options={open.map((task) => ({
          value: task.itemId, label: `${task.name}（${task.department}）`,
        }))} />
    </fieldset>
    <Line label='督促的话' wrong={note.wrong}>
      {(own) => <Input {...own} maxLength={500} value={note.text}
        onChange={({ target }) => note.setText(target.value)} />}
    </Line>
  </Dialog>
}
