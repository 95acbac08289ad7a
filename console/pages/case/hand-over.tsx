/** 出件: who takes the results, and their signature; on paper where nobody can draw. */
import type { CaseActionBody, Taking } from '@core/contract/case'
import { judge, normalise } from '@core/values'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { Dialog, Line } from '../../components/dialog'
import { SignaturePad, type Strokes, signatureOf } from '../../components/signature-pad'
import type { Acting } from '../../stores/act'

const TAKERS = [
  { value: 'applicant', label: '申请人本人' }, { value: 'agent', label: '代领人' },
] as const
const WAYS = [
  { value: 'here', label: '在这里签名' }, { value: 'paper', label: '纸质签收，已存档' },
] as const

interface HandOverProps {
  acting: Acting<CaseActionBody>
  onClose: () => void
}

export function HandOver({ acting, onClose }: HandOverProps) {
  const [by, setBy] = useState<Taking['by']>('applicant')
  const [name, setName] = useState('')
  const [way, setWay] = useState<'here' | 'paper'>('here')
  const [strokes, setStrokes] = useState<Strokes>([])
  const [tried, setTried] = useState(false)
  const plain = normalise('name', name)
  const unnamed = plain.length < 2 || judge({ type: 'name' }, plain) !== undefined
  const signature = way === 'here' ? signatureOf(strokes) : undefined
  const unsigned = way === 'here' && !signature
  const send = async () => {
    setTried(true)
    if (unnamed || unsigned) return
    const taking: Taking = { by, name: plain, ...(signature ? { signature } : {}) }
    if (await acting.act({ do: 'hand-over', taking })) onClose()
  }
  return <Dialog title='出件' ok='确认已交付' busy={acting.busy} refusal={acting.failure}
    onOk={() => void send()} onClose={onClose}>
    <p className='quiet'>请核对领取人的身份证件；代领的，还要核对申请人的委托书。</p>
    <fieldset className='line'>
      <legend>谁来领取</legend>
      <Radio.Group value={by} options={[...TAKERS]}
        onChange={({ target }) => setBy(target.value as Taking['by'])} /* one of TAKERS */ />
    </fieldset>
    <Line label='领取人姓名' wrong={tried && unnamed ? '请照身份证填写姓名' : undefined}>
      {(own) => <Input {...own} autoFocus maxLength={50} autoComplete='off' value={name}
        onChange={({ target }) => setName(target.value)} />}
    </Line>
    <fieldset className='line'>
      <legend>怎样签收</legend>
      <Radio.Group value={way} options={[...WAYS]}
        onChange={({ target }) => setWay(target.value as typeof way)} /* one of WAYS */ />
    </fieldset>
    {way === 'here' && <div className='line'>
      <SignaturePad label='领取人签名' strokes={strokes} onChange={setStrokes} />
      {tried && unsigned && <p className='wrong' role='alert'>
        请领取人签名；不便手写的，选“纸质签收，已存档”
      </p>}
    </div>}
  </Dialog>
}
