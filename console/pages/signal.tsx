/** One signal: what is late, who was told, and what supervision or the department may do. */
import type { SignalActionBody, SignalDetail } from '@core/contract/supervision'
import { LEVELS, LEVEL_WORDS } from '@core/escalation'
import { Button, Input } from 'antd'
import { useCallback, useState } from 'react'
import { actOnSignal, signal } from '../api/supervision'
import { Dialog, Line, useWords } from '../components/dialog'
import { History } from '../components/history'
import { useKeys } from '../components/keys'
import { SignalTag, StateTag } from '../components/tags'
import { Blank } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { type Acting, useAct } from '../stores/act'
import { useLoaded } from '../stores/loaded'
import { useSession } from '../stores/session'
import { today } from '../stores/today'
import { SIGNAL_WORDS, TASK_WORDS } from '../words/states'
import { OverWords, signalTab, toldWords } from './signals'

export function SignalPage({ id }: { id: string }) {
  const load = useCallback(() => signal(id), [id])
  const { thing, failure, reload, replace } = useLoaded(load)
  const { query } = useAddress()
  const back = `/signals?state=${signalTab(query)}`
  useKeys({ Escape: () => go(back) })
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  return <OpenSignal view={thing} back={back} replace={replace} reload={reload} />
}

type Doing = SignalActionBody['do']

const NAMES: Record<Doing, string> = { order: '督办', explain: '说明', close: '办结' }

function OpenSignal({ view, back, replace, reload }: {
  view: SignalDetail
  back: string
  replace: (view: SignalDetail) => void
  reload: () => void
}) {
  const acting = useAct((body: SignalActionBody) => actOnSignal(view.id, body),
    { done: replace, movedOn: reload })
  const [open, setOpen] = useState<Doing>()
  const close = () => {
    acting.forget()
    setOpen(undefined)
  }
  const may = view.actions.filter((one) => one !== 'supersede')
  return <div className='page'>
    <div className='page-head'>
      <Button size='small' onClick={() => go(back)}>← 列表</Button>
      <h1>{view.itemName}</h1>
      <SignalTag signal={view.level} />
      <StateTag {...SIGNAL_WORDS[view.state]} />
      <span className='gap' />
      <div className='actions'>
        {may.map((one, n) => <Button key={one} type={n === 0 ? 'primary' : 'default'}
          onClick={() => setOpen(one)}>{NAMES[one]}</Button>)}
      </div>
    </div>
    <Facts view={view} />
    <section className='card' aria-label='经过'>
      <History entries={view.events.map(({ at, by, is, note, orderBy }, n) => ({
        key: n, at, who: by, note,
        text: `${eventWords(is)}${orderBy ? `，要求 ${orderBy} 前说明` : ''}${note ? '：' : ''}`,
      }))} />
    </section>
    {open === 'order' && <Order acting={acting} onClose={close} />}
    {open === 'explain' && <Explain acting={acting} onClose={close} />}
    {open === 'close' && <Close explained={view.state === 'explained'} acting={acting}
      onClose={close} />}
  </div>
}

const EVENTS = new Map([
  ['order', '督办'], ['explain', '单位说明原因'], ['close', '监督办结'],
  ...LEVELS.flatMap((level): [string, string][] => [
    [`raise.${level}`, `系统发出${LEVEL_WORDS[level]}`],
    [`supersede.${level}`, `${LEVEL_WORDS[level]}自动结束：事项已办完，或者已有更重的信号`],
  ]),
])

const eventWords = (is: string): string => EVENTS.get(is) ?? is

function Facts({ view }: { view: SignalDetail }) {
  const role = useSession((state) => state.session?.staff.role)
  const task = Object.entries(TASK_WORDS).find(([state]) => state === view.taskState)?.[1]
  const to = role === 'department' ? `/tasks/${view.caseId}.${view.n}` : `/cases/${view.caseId}`
  return <dl className='facts'>
    <div><dt>单位</dt><dd>{view.unit}</dd></div>
    <div><dt>一件事</dt><dd>{view.topicTitle}</dd></div>
    <div><dt>办件</dt><dd>
      <Button type='link' size='small' className='number' onClick={() => go(to)}>
        {view.number}
      </Button>
    </dd></div>
    <div><dt>事项现在</dt><dd>{task ? <StateTag {...task} /> : view.taskState}</dd></div>
    <div><dt>应办结</dt><dd className='number'>{view.dueOn ?? '不计时'}</dd></div>
    <div><dt>超期</dt><dd><OverWords days={view.daysOver} /></dd></div>
    <div><dt>已短信告知</dt><dd>{toldWords(view.told)}</dd></div>
    {view.orderBy && <div><dt>督办期限</dt><dd className={view.orderLate ? 'late' : ''}>
      <span className='number'>{view.orderBy}</span>{view.orderLate && '，已过期还没有说明'}
    </dd></div>}
  </dl>
}

interface AskingProps {
  acting: Acting<SignalActionBody>
  onClose: () => void
}

function Order({ acting, onClose }: AskingProps) {
  const words = useWords()
  const [by, setBy] = useState('')
  const [tried, setTried] = useState(false)
  const dayWrong = by === '' ? '请选择日期' : by < today() ? '不能早于今天' : undefined
  const send = async () => {
    setTried(true)
    if (!words.check() || dayWrong) return
    if (await acting.act({ do: 'order', note: words.text.trim(), by })) onClose()
  }
  return <Dialog title='督办' ok='发出督办' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Line label='要求做什么' wrong={words.wrong} help='同时短信通知该单位的责任人。'>
      {(own) => <Input.TextArea {...own} rows={4} maxLength={500} showCount autoFocus
        value={words.text} onChange={({ target }) => words.setText(target.value)} />}
    </Line>
    <Line label='最迟哪天说明' wrong={tried ? dayWrong : undefined}>
      {(own) => <Input {...own} type='date' min={today()} value={by}
        onChange={({ target }) => setBy(target.value)} />}
    </Line>
  </Dialog>
}

function Explain({ acting, onClose }: AskingProps) {
  const words = useWords()
  const send = async () => {
    if (words.check() && await acting.act({ do: 'explain', note: words.text.trim() })) onClose()
  }
  return <Dialog title='说明原因' ok='提交说明' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Line label='为什么超期，什么时候办完' wrong={words.wrong}>
      {(own) => <Input.TextArea {...own} rows={4} maxLength={500} showCount autoFocus
        value={words.text} onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}

function Close({ explained, acting, onClose }: AskingProps & { explained: boolean }) {
  const words = useWords()
  const send = async () => {
    const note = words.text.trim()
    if (!explained && !words.check()) return
    if (await acting.act(note ? { do: 'close', note } : { do: 'close' })) onClose()
  }
  return <Dialog title='办结这个信号' ok='办结' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Line label={explained ? '意见（可以不填）' : '单位还没有说明，请写明为什么办结'}
      wrong={explained ? undefined : words.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={500} showCount autoFocus
        value={words.text} onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}
