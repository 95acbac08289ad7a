import type { Booking } from '@core/contract/booking'
import { ConfirmAct } from '@/components/confirm-act'
import { dayOfWeekWords } from '@/components/moment'
import { WINDOW_NAMES } from '@/components/hall-card/words'
import { Qr } from '@/components/qr'
import { unbook } from '@/stores/bookings'
import { useRunning } from '@/stores/running'
import { Box } from '@/ui/box'
import { Card, Facts } from '@/ui/card'
import { Tag } from '@/ui/status'
import { showToast } from '@/ui/toast'

const STATES = {
  open: { tone: 'good', label: '已约好' },
  over: { tone: 'plain', label: '时间已过' },
  cancelled: { tone: 'plain', label: '已取消' },
} as const

/** One booking; while it is open, with the code for the ticket machine. */
export function BookingCard({ booking }: { booking: Booking }) {
  const { number, hallName, address, sample, windowKind, day, from, to, state } = booking
  const { topicTitle } = booking
  const { tone, label } = STATES[state]
  const open = state === 'open'
  const facts = [
    { term: '时间', value: `${dayOfWeekWords(day)} ${from} 到 ${to}` },
    { term: '大厅', value: hallName },
    ...(open ? [{ term: '地址', value: `${address}${sample ? '（样例）' : ''}` }] : []),
    { term: '窗口', value: WINDOW_NAMES[windowKind] },
    ...(topicTitle ? [{ term: '办什么', value: topicTitle }] : []),
  ]
  return (
    <Card title={open ? '预约号' : number} aside={<Tag tone={tone}>{label}</Tag>}>
      {open && (
        <Box className="booking-ticket">
          <Box as="p" className="booking-number">{number}</Box>
          <Qr text={booking.id} alt={`预约号 ${number} 的取号二维码`} />
          <Box as="p" className="muted">在大厅自助机上扫码，或者输入预约号。请带身份证。</Box>
        </Box>
      )}
      <Facts facts={facts} />
      {open && <Cancelling booking={booking} />}
    </Card>
  )
}

function Cancelling({ booking: { id } }: { booking: Booking }) {
  const cancel = async () => {
    await unbook(id)
    showToast('预约已取消', 'done')
  }
  return (
    <ConfirmAct
      label="取消预约" title="取消这个预约？" text="号会让给别人。以后要去，可以再约。"
      yes="取消预约" no="不取消" danger running={useRunning()} act={cancel}
    />
  )
}
