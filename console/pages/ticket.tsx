/** One call for help: what was said, and what whoever has it may do. */
import type { TicketActionBody, TicketView } from '@core/contract/ticket'
import { KIND_WORDS } from '@core/ticket-words'
import { VISIT_WORDS } from '@core/visit'
import { Button, Input, Radio } from 'antd'
import { useCallback, useState } from 'react'
import { actOnTicket, answerTicket, ticket } from '../api/tickets'
import { Dialog, Line, useWords } from '../components/dialog'
import { Due } from '../components/due'
import { History } from '../components/history'
import { useKeys } from '../components/keys'
import { StateTag } from '../components/tags'
import { Blank, Trouble } from '../components/trouble'
import { go, useAddress } from '../platform/address'
import { type Acting, useAct } from '../stores/act'
import { useLoaded } from '../stores/loaded'
import { useOffice } from '../stores/office'
import { today } from '../stores/today'
import { TICKET_WORDS } from '../words/states'
import { ticketTab } from './tickets'

export function TicketPage({ id }: { id: string }) {
  const load = useCallback(() => ticket(id), [id])
  const { thing, failure, reload, replace } = useLoaded(load)
  const { query } = useAddress()
  const back = `/tickets?state=${ticketTab(query)}`
  useKeys({ Escape: () => go(back) })
  if (!thing) return <Blank refusal={failure} onRetry={reload} />
  return <OpenTicket view={thing} back={back} replace={replace} reload={reload} />
}

function OpenTicket({ view, back, replace, reload }: {
  view: TicketView
  back: string
  replace: (view: TicketView) => void
  reload: () => void
}) {
  const calendar = useOffice((office) => office.calendar)
  const after = { done: replace, movedOn: reload }
  const answering = useAct(
    (body: { requestId: string; text: string }) => answerTicket(view.id, body), after)
  const acting = useAct((body: TicketActionBody) => actOnTicket(view.id, body), after)
  const [open, setOpen] = useState<'pass-up' | 'close'>()
  const close = () => {
    acting.forget()
    setOpen(undefined)
  }
  return <div className='page'>
    <div className='page-head'>
      <Button size='small' onClick={() => go(back)}>← 列表</Button>
      <h1>{KIND_WORDS[view.kind].name} <span className='number'>{view.number}</span></h1>
      <StateTag {...TICKET_WORDS[view.state]} />
      {view.dueOn && <Due due={view.dueOn} signal={view.overdue ? 'yellow' : 'none'} today={today()}
        calendar={calendar} />}
      <span className='gap' />
      <div className='actions'>
        {view.actions.includes('pass-up') &&
          <Button onClick={() => setOpen('pass-up')}>转{view.above ?? '上一级'}</Button>}
        {view.actions.includes('close') && <Button onClick={() => setOpen('close')}>办结</Button>}
      </div>
    </div>
    <Facts view={view} />
    <section className='card' aria-label='来往'>
      <History entries={view.entries.map(({ seq, at, name, text, words }) =>
        ({ key: seq, at, who: name, text, note: words }))} />
    </section>
    {view.actions.includes('answer') && <Answer acting={answering} />}
    {open === 'pass-up' && <PassUp above={view.above ?? '上一级'} acting={acting} onClose={close} />}
    {open === 'close' && <Close acting={acting} onClose={close} />}
  </div>
}

function Facts({ view }: { view: TicketView }) {
  const { region, holder, about, contact, visit } = view
  return <dl className='facts'>
    <div><dt>县市</dt><dd>{region}</dd></div>
    <div><dt>由谁答复</dt><dd>{holder}</dd></div>
    {about && <div><dt>关于</dt><dd>{about}</dd></div>}
    {contact && <div><dt>求助人</dt>
      <dd>{contact.name} <span className='number'>{contact.phone}</span></dd></div>}
    {visit && <div><dt>上门</dt><dd>
      {visit.day}{VISIT_WORDS[visit.part]}，{visit.place}{visit.phone && `，电话 ${visit.phone}`}
    </dd></div>}
  </dl>
}

function Answer({ acting }: { acting: Acting<{ requestId: string; text: string }> }) {
  const words = useWords()
  const send = async () => {
    if (words.check() && await acting.act({ text: words.text.trim() })) words.setText('')
  }
  return <section className='card' aria-label='答复'>
    <Trouble refusal={acting.failure} onClose={acting.forget} />
    <Line label='答复' wrong={words.wrong}>
      {(own) => <Input.TextArea {...own} rows={4} maxLength={1000} showCount value={words.text}
        onChange={({ target }) => words.setText(target.value)} />}
    </Line>
    <Button type='primary' loading={acting.busy} onClick={() => void send()}>发送答复</Button>
  </section>
}

interface AskingProps {
  acting: Acting<TicketActionBody>
  onClose: () => void
}

function PassUp({ above, acting, onClose }: AskingProps & { above: string }) {
  const words = useWords()
  const send = async () => {
    if (words.check() && await acting.act({ do: 'pass-up', text: words.text.trim() })) onClose()
  }
  return <Dialog title={`转${above}`} ok='转出' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <Line label='为什么转，求助人会看到' wrong={words.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={1000} value={words.text} autoFocus
        onChange={({ target }) => words.setText(target.value)} />}
    </Line>
  </Dialog>
}

const OUTCOMES = [
  { value: 'solved', label: '已解决' },
  { value: 'explained', label: '办不了，说明理由和依据' },
  { value: 'elsewhere', label: '不归这里管，告诉去哪里' },
] as const

function Close({ acting, onClose }: AskingProps) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]['value']>('solved')
  const words = useWords()
  const more = useWords()
  const send = async () => {
    const ready = [words.check(), outcome === 'solved' || more.check()].every(Boolean)
    if (!ready) return
    const [text, told] = [words.text.trim(), more.text.trim()]
    const body = outcome === 'solved' ? { outcome, text } as const
      : outcome === 'explained' ? { outcome, text, basis: told } as const
        : { outcome, text, where: told } as const
    if (await acting.act({ do: 'close', ...body })) onClose()
  }
  return <Dialog title='办结这件求助' ok='办结' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <fieldset className='line'>
      <legend>结果</legend>
      <Radio.Group value={outcome} options={[...OUTCOMES]} onChange={({ target }) =>
        setOutcome(OUTCOMES.find(({ value }) => value === target.value)?.value ?? 'solved')} />
    </fieldset>
    <Line label='说给求助人的话' wrong={words.wrong}>
      {(own) => <Input.TextArea {...own} rows={3} maxLength={1000} value={words.text}
        onChange={({ target }) => words.setText(target.value)} />}
    </Line>
    {outcome !== 'solved' && <Line wrong={more.wrong}
      label={outcome === 'explained' ? '依据（法规和条款）' : '去哪里（单位、地址、电话）'}>
      {(own) => <Input {...own} maxLength={200} value={more.text}
        onChange={({ target }) => more.setText(target.value)} />}
    </Line>}
  </Dialog>
}
