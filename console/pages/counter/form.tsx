/** Which matter, whose ID card, where messages go. A card reader types into these fields. */
import type { OpenFiling } from '@core/contract/counter'
import { readPickUpCode } from '@core/pick-up'
import { judge, normalise } from '@core/values'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { Line } from '../../components/dialog'
import { Trouble } from '../../components/trouble'
import type { Acting } from '../../stores/act'
import { useOffice } from '../../stores/office'
import { useSession } from '../../stores/session'
import { sayToStaff } from '../../words/refusals'
import { countyOptions } from '../filters'

type Name =
  'topicId' | 'regionCode' | 'name' | 'idNumber' | 'phone' | 'queueTicket' | 'pickUpCode'
type Given = Record<Name, string>

const EMPTY: Given = {
  topicId: '', regionCode: '', name: '', idNumber: '', phone: '', queueTicket: '',
  pickUpCode: '',
}
const TICKET = /^[A-Za-z0-9-]{1,12}$/

export function FilingForm({ acting }: { acting: Acting<OpenFiling> }) {
  const region = useSession(({ session }) => session?.staff.region ?? '')
  const { regions, topics } = useOffice()
  const ofPrefecture = region.endsWith('00')
  const [given, setGiven] = useState<Given>({ ...EMPTY, regionCode: ofPrefecture ? '' : region })
  const [tried, setTried] = useState(false)
  const { failure } = acting
  const wrong = { ...refused(failure), ...tried ? wrongs(given) : {} }
  const change = (part: Partial<Given>) => {
    setGiven({ ...given, ...part })
    if (Object.keys(refused(failure)).length > 0) acting.forget()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(wrongs(given)).length > 0) return
    const { phone, queueTicket, pickUpCode, ...rest } = given
    const code = readPickUpCode(pickUpCode)
    void acting.act({
      ...rest,
      idNumber: normalise('idNumber', rest.idNumber),
      ...(phone ? { phone: normalise('phone', phone) } : {}),
      ...(queueTicket ? { queueTicket: queueTicket.trim() } : {}),
      ...(code ? { pickUpCode: code } : {}),
    })
  }
  const text = (key: keyof Given, label: string, more: { help?: string; maxLength: number }) =>
    <Line label={label} wrong={wrong[key]} help={more.help}>
      {(own) => <Input {...own} value={given[key]} maxLength={more.maxLength} autoComplete='off'
        onChange={({ target }) => change({ [key]: target.value })} />}
    </Line>
  return <form onSubmit={send} noValidate>
    {Object.keys(refused(failure)).length === 0
      && <Trouble refusal={failure} onClose={acting.forget} />}
    <Line label='办哪件事' wrong={wrong.topicId}>
      {(own) => <Select {...own} showSearch optionFilterProp='label' placeholder='输入名称查找'
        value={given.topicId || undefined} style={{ width: '100%' }}
        onChange={(topicId: string) => change({ topicId })}
        options={topics.map(({ id, title }) => ({ value: id, label: title }))} />}
    </Line>
    {ofPrefecture && <Line label='哪个县市的窗口' wrong={wrong.regionCode}>
      {(own) => <Select {...own} showSearch optionFilterProp='label' placeholder='选择县市'
        value={given.regionCode || undefined} options={countyOptions(regions)}
        style={{ width: '100%' }} onChange={(regionCode: string) => change({ regionCode })} />}
    </Line>}
    {text('name', '申请人姓名', { maxLength: 50, help: '与身份证一致，间隔号用“·”；可以用读卡器录入' })}
    {text('idNumber', '身份证号', { maxLength: 22 })}
    {text('phone', '手机号（选填）', { maxLength: 20, help: '申请人已有账户的，短信仍发到账户里的手机号' })}
    {text('queueTicket', '排队号（选填）', { maxLength: 12 })}
    {text('pickUpCode', '接办码（选填）', {
      maxLength: 12, help: '申请人在手机上填了一半的，手机上可以拿到 8 位接办码，接着填，不用重填',
    })}
    <Button type='primary' htmlType='submit' loading={acting.busy}>核对身份，打开代办</Button>
  </form>
}

/** What the platform found wrong with a field, said beside it. */
function refused(failure: Acting<OpenFiling>['failure']): Partial<Record<Name, string>> {
  return failure?.code === 'PICK_UP_CODE' ? { pickUpCode: sayToStaff(failure) } : {}
}

function wrongs(given: Given): Partial<Record<keyof Given, string>> {
  const { topicId, regionCode, name, idNumber, phone, queueTicket, pickUpCode } = given
  const bad = (type: 'name' | 'idNumber' | 'phone', value: string) =>
    judge({ type }, normalise(type, value)) !== undefined
  return {
    ...(topicId === '' ? { topicId: '请选择' } : {}),
    ...(regionCode === '' ? { regionCode: '请选择' } : {}),
    ...(name.trim().length < 2 || bad('name', name) ? { name: '请照身份证填写姓名' } : {}),
    ...(idNumber.trim() === '' || bad('idNumber', idNumber)
      ? { idNumber: '身份证号不对，请核对 18 位号码' } : {}),
    ...(phone && !/^1[3-9]\d{9}$/.test(normalise('phone', phone))
      ? { phone: '手机号不对，请核对 11 位号码' } : {}),
    ...(queueTicket && !TICKET.test(queueTicket.trim()) ? { queueTicket: '只能是字母和数字' } : {}),
    ...(pickUpCode && !readPickUpCode(pickUpCode) ? { pickUpCode: '接办码是 8 位数字' } : {}),
  }
}
