/** 预约提醒: the day before, at an hour at which people are up. */
import { addDays, shanghaiDate, shanghaiTime } from '../../core/clock'
import { ticketNumber } from '../../core/booking'
import { dayWords } from '../../core/timeline'
import { messageJob } from '../messages/sms'
import { addMessages } from '../messages/store'
import { enqueue } from '../outbox/store'
import type { Platform } from '../platform'

const BATCH = 200

/** Index: bookings_remind. */
export async function remindOfBookings(platform: Platform): Promise<void> {
  const at = platform.now()
  const { booking, local } = platform.catalogue
  if (shanghaiTime(at.toISOString()) < booking.remindFrom) return
  const tomorrow = addDays(shanghaiDate(at.toISOString()), 1)
  const halls = local.flatMap((place) => place.halls)
  for (let full = true; full;) {
    full = await platform.db.inTx(async (tx) => {
      const rows = await tx.selectFrom('bookings').selectAll()
        .where('day', '=', tomorrow).where('cancelled_at', 'is', null)
        .where('reminded_at', 'is', null)
        .orderBy('id').limit(BATCH).forUpdate().skipLocked().execute()
      const messages = rows.map((row) => {
        const hall = halls.find(({ id }) => id === row.hall_id)?.name ?? '政务服务大厅'
        const number = ticketNumber(row.window_kind, row.time, row.seat)
        const text = `您预约了${dayWords(row.day)} ${row.time} 到${hall}办事，预约号 ${number}。` +
          '请带身份证，到自助机上取号。不去的话请提前取消。'
        return {
          id: platform.newId(), personId: row.person_id, caseId: null, at, title: '预约提醒', text,
        }
      })
      await addMessages(tx, messages)
      await enqueue(tx, messages.map(({ id, personId, text }) =>
        messageJob(platform, { messageId: id, personId, text, at, kind: 'reminder' })))
      if (rows.length > 0) {
        await tx.updateTable('bookings').set({ reminded_at: at })
          .where('id', 'in', rows.map(({ id }) => id)).execute()
      }
      return rows.length === BATCH
    })
  }
}
