import { shanghaiDate } from '@core/clock'
import { VISIT_PARTS, VISIT_WORDS, visitDays } from '@core/visit'
import type { Problem } from '@core/validate'
import { useState } from 'react'
import { dayOfWeekWords } from '@/components/moment'
import { useNow } from '@/stores/now'
import { usePlaces } from '@/stores/place'
import { type HelpDraft, LEAST_PLACE, useTickets, writeHelp } from '@/stores/tickets'
import { Button } from '@/ui/button'
import { ErrorSummary } from '@/ui/error-summary'
import { ChoiceField, SelectField, TextField } from '@/ui/fields'
import { Page } from '@/ui/page'
import { Loading } from '@/ui/status'
import { NotSent, useSending } from './use-sending'

type Wanted = NonNullable<HelpDraft['visit']>

/** 上门服务: when somebody should come, where to, and whom to call at the door. */
export function Visiting({ onBack }: { onBack: () => void }) {
  const visit = useTickets((state) => state.draft.visit) ?? {}
  const { calendar } = usePlaces()
  const today = shanghaiDate(useNow())
  const { busy, refused, label, send } = useSending('assistance')
  const [tries, setTries] = useState(0)
  const problems = tries > 0 ? problemsOf(visit) : []
  const errorOf = (field: string) => problems.find((one) => one.field === field)?.text
  const change = (given: Wanted) => writeHelp({ visit: { ...visit, ...given } })
  const go = () => {
    if (problemsOf(visit).length > 0) setTries(tries + 1)
    else send()
  }
  return (
    <Page
      title="请人上门" lead="工作人员会先打电话和您说好再来，不收费。" wrong={problems.length > 0}
      onBack={onBack} footer={<Button busy={busy} onTap={go}>{label}</Button>}
    >
      {problems.length > 0 && <ErrorSummary key={tries} problems={problems} />}
      {refused && <NotSent refused={refused} />}
      {calendar
        ? (
          <SelectField
            id="visit-day" label="哪一天" value={visit.day ?? ''} placeholder="请选一天"
            error={errorOf('visit-day')} onChange={(day) => change({ day })}
            options={visitDays(today, calendar).map((day) =>
              ({ value: day, label: dayOfWeekWords(day) }))}
          />
        )
        : <Loading rows={1} />}
      <ChoiceField
        id="visit-part" label="上午还是下午" value={visit.part ?? ''} error={errorOf('visit-part')}
        options={VISIT_PARTS.map((value) => ({ value, label: VISIT_WORDS[value] }))}
        onChange={(value) => change({ part: VISIT_PARTS.find((one) => one === value) })}
      />
      <TextField
        id="visit-place" label="到哪里" hint="写到门牌号。没有门牌号的，写村、组和好认的地方"
        value={visit.place ?? ''} maxLength={200} error={errorOf('visit-place')}
        onChange={(place) => change({ place })}
      />
      <TextField
        id="visit-phone" label="联系电话" optional hint="不填就打您登录的手机号"
        value={visit.phone ?? ''} error={errorOf('visit-phone')}
        onChange={(phone) => change({ phone })}
      />
    </Page>
  )
}

type Missing = Pick<Problem, 'field' | 'text'>

function problemsOf({ day, part, place = '', phone = '' }: Wanted): Missing[] {
  return [
    ...(day ? [] : [{ field: 'visit-day', text: '请选一天。' }]),
    ...(part ? [] : [{ field: 'visit-part', text: '请选上午或者下午。' }]),
    ...(place.trim().length < LEAST_PLACE
      ? [{ field: 'visit-place', text: '请把地址写清楚一些。' }] : []),
    ...(phone.trim() && !/^1[3-9]\d{9}$/.test(phone.trim())
      ? [{ field: 'visit-phone', text: '手机号是 11 位数字，请核对。' }] : []),
  ]
}
