/** What I have booked at the halls. */
import type { Booking, BookingBody } from '@core/contract/booking'
import { create } from 'zustand'
import { cancelBooking, listBookings, makeBooking } from '@/api/bookings'
import { once } from './acts'
import { useSession } from './session'

export const useBookings = create<{ bookings: readonly Booking[] | undefined }>()(() => ({
  bookings: undefined,
}))

/** @throws {Refused} */
export async function refreshBookings(): Promise<void> {
  const { bookings } = await listBookings()
  useBookings.setState({ bookings })
}

/** Books a place; a retry of the same is the same booking. @throws {Refused} */
export async function book(wanted: Omit<BookingBody, 'requestId'>): Promise<void> {
  const made = await once(`book ${JSON.stringify(wanted)}`, (requestId) =>
    makeBooking({ ...wanted, requestId }))
  useBookings.setState(({ bookings = [] }) => ({
    bookings: [made, ...bookings.filter(other(made))],
  }))
}

/** @throws {Refused} */
export async function unbook(id: string): Promise<void> {
  const gone = await cancelBooking(id)
  useBookings.setState(({ bookings = [] }) => ({
    bookings: [...bookings.filter(other(gone)), gone],
  }))
}

const other = ({ id }: Booking) => (one: Booking) => one.id !== id

// What one person booked is not shown to the next.
useSession.subscribe(({ token }) => {
  if (!token) useBookings.setState({ bookings: undefined })
})
