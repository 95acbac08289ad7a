import type { Booking, BookingBody, Bookings, Slots } from '@core/contract/booking'
import type { WindowKind } from '@core/contract/hall'
import { get, send } from './client'

export const listSlots = (hall: string, kind: WindowKind) =>
  get<Slots>(`/bookings/slots?hall=${encodeURIComponent(hall)}&kind=${kind}`)

export const listBookings = () => get<Bookings>('/bookings')

export const makeBooking = (body: BookingBody) => send<Booking>('POST', '/bookings', body)

export const cancelBooking = (id: string) => send<Booking>('DELETE', `/bookings/${id}`)
