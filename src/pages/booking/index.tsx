import { useDidShow, useRouter } from '@tarojs/taro'
import { type Refused, say } from '@core/refusal'
import { useState } from 'react'
import { asRefused } from '@/api/client'
import { useInSight } from '@/stores/in-sight'
import { goBack } from '@/platform/navigation'
import { useGuard } from '@/stores/account'
import { refreshBookings, useBookings } from '@/stores/bookings'
import { usePlaces } from '@/stores/place'
import { token } from '@/stores/session'
import { Box } from '@/ui/box'
import { Button } from '@/ui/button'
import { Page } from '@/ui/page'
import { Empty, Loading, Notice } from '@/ui/status'
import { BookingCard } from './booking-card'
import { Booking } from './make'
import './index.scss'

/** 预约取号: what I have booked, and a place in a half hour at the windows of a hall. */
export default function BookingPage() {
  const { hall, topic } = useRouter<{ hall?: string; topic?: string }>().params
  const allowed = useGuard({
    page: 'booking', params: { hall, topic }, inSight: useInSight(),
  })
  const bookings = useBookings((state) => state.bookings)
  const { places } = usePlaces()
  const [refused, setRefused] = useState<Refused>()
  const [making, setMaking] = useState(hall !== undefined)
  const look = () => {
    if (!token()) return
    setRefused(undefined)
    refreshBookings().catch((error: unknown) => setRefused(asRefused(error)))
  }
  useDidShow(look)
  const open = bookings?.filter(({ state }) => state === 'open') ?? []
  const past = bookings?.filter(({ state }) => state !== 'open') ?? []
  const loading = !allowed || (!bookings && !refused) || places.length === 0
  return (
    <Page
      title="预约取号" onBack={goBack}
      lead="约好时间再去，到大厅自助机上取号，不用排长队。"
    >
      {refused && <Notice kind="error">{say(refused)}</Notice>}
      {refused && <Button kind="secondary" icon="retry" onTap={look}>再试一次</Button>}
      {loading && !refused && <Loading rows={4} />}
      {open.map((booking) => <BookingCard key={booking.id} booking={booking} />)}
      {!loading && !making && open.length === 0 && (
        <Empty title="还没有预约" note="要到大厅办的事，可以先约个时间。" />
      )}
      {!loading && (making
        ? <Booking hallId={hall} topicId={topic} onMade={() => setMaking(false)} />
        : (
          <Button kind={open.length > 0 ? 'secondary' : 'primary'} onTap={() => setMaking(true)}>
            {open.length > 0 ? '再约一个时间' : '去预约'}
          </Button>
        ))}
      {past.length > 0 && !making && (
        <>
          <Box as="h2" className="booking-title">以前的预约</Box>
          {past.map((booking) => <BookingCard key={booking.id} booking={booking} />)}
        </>
      )}
    </Page>
  )
}
