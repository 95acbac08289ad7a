import type { Hall, WindowKind } from '@core/contract/hall'
import type { Slots } from '@core/contract/booking'
import { slotEnd } from '@core/booking'
import { type Refused, say } from '@core/refusal'
import { useCallback, useState } from 'react'
import { listSlots } from '@/api/bookings'
import { asRefused } from '@/api/client'
import { windowWords } from '@/components/hall-card/words'
import { dayOfWeekWords } from '@/components/moment'
import { StuckLink } from '@/components/stuck-link'
import { book } from '@/stores/bookings'
import { useLoaded } from '@/stores/loaded'
import { usePlaces, useRegion } from '@/stores/place'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { ChoiceField, SelectField } from '@/ui/fields'
import { Loading, Notice } from '@/ui/status'
import { showToast } from '@/ui/toast'

export interface BookingProps {
  /** where one came from; absent: one's own county's */
  hallId: string | undefined
  topicId: string | undefined
  onMade: () => void
}

/** Hall, kind of window, day, half hour. */
export function Booking({ hallId: given, topicId, onMade }: BookingProps) {
  const { places } = usePlaces()
  const own = useRegion()
  const halls = places.flatMap((place) => place.halls)
  const [hallId, setHallId] = useState(given ?? own?.halls[0]?.id ?? halls[0]?.id ?? '')
  const [kind, setKind] = useState<WindowKind>('service')
  const hall = halls.find(({ id }) => id === hallId)
  const kinds = hall ? windowWords(hall.windows) : []
  return (
    <Box as="section" className="booking-make">
      <Box as="h2" className="booking-title">约一个时间</Box>
      <SelectField
        id="hall" label="办事大厅" value={hallId} onChange={setHallId}
        options={halls.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ChoiceField
        id="kind" label="去哪个窗口" value={kind}
        options={kinds.map((one) => ({ value: one.kind, label: one.name }))}
        onChange={(value) => setKind(value as WindowKind)} // one of the options
      />
      {hall && <When key={`${hallId} ${kind}`} {...{ hall, kind, topicId, onMade }} />}
    </Box>
  )
}

interface WhenProps {
  hall: Hall
  kind: WindowKind
  topicId: string | undefined
  onMade: () => void
}

function When({ hall, kind, topicId, onMade }: WhenProps) {
  const load = useCallback(() => listSlots(hall.id, kind), [hall.id, kind])
  const { value, refused, again } = useLoaded(load)
  if (refused && !value) {
    return (
      <>
        <Notice kind="error">{say(refused)}</Notice>
        <Button kind="secondary" icon="retry" onTap={again}>再试一次</Button>
      </>
    )
  }
  if (!value) return <Loading rows={2} />
  const days = value.days.filter(({ slots }) => slots.some(({ left }) => left > 0))
  if (days.length === 0) {
    return (
      <Notice kind="warn" title="近期都约满了" action={<StuckLink />}>
        {`可以换个窗口或大厅，也可以打电话问：${hall.phone}。`}
      </Notice>
    )
  }
  return <Choosing slots={{ ...value, days }} {...{ topicId, onMade, again }} />
}

interface ChoosingProps {
  slots: Slots
  topicId: string | undefined
  onMade: () => void
  again: () => void
}

function Choosing({ slots, topicId, onMade, again }: ChoosingProps) {
  const [day, setDay] = useState(slots.days[0]?.day ?? '')
  const [time, setTime] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused>()
  const onDay = slots.days.find((one) => one.day === day)?.slots ?? []
  const times = onDay.filter(({ left }) => left > 0)
  const chosen = times.some((one) => one.time === time)
  const send = () => {
    setMissing(!chosen)
    if (!chosen || busy) return
    setBusy(true)
    setRefused(undefined)
    const wanted = { hallId: slots.hallId, windowKind: slots.kind, slot: `${day}T${time}` }
    book({ ...wanted, ...(topicId ? { topicId } : {}) })
      .then(() => {
        showToast('约好了', 'done')
        onMade()
      })
      .catch((error: unknown) => {
        setRefused(asRefused(error))
        again() // the places left have changed
      })
      .finally(() => setBusy(false))
  }
  return (
    <>
      <SelectField
        id="day" label="哪一天" value={day} onChange={setDay}
        options={slots.days.map((one) => ({ value: one.day, label: dayOfWeekWords(one.day) }))}
      />
      <SelectField
        id="time" label="几点" value={chosen ? time : ''} placeholder="请选一个时段"
        error={missing && !chosen ? '请选一个时段。' : undefined} onChange={setTime}
        options={times.map((one) => ({
          value: one.time,
          label: `${one.time} 到 ${slotEnd(one.time, slots.minutes)}，还有 ${one.left} 个号`,
        }))}
      />
      {refused && <Notice kind="error" action={<StuckLink />}>{say(refused)}</Notice>}
      <Button busy={busy} onTap={send}>预约</Button>
    </>
  )
}
