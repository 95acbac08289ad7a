import { Booking, BookingBody, Bookings, Slots, SlotsQuery } from '../../core/contract/booking'
import { Refused } from '../../core/refusal'
import { isPlainDate } from '../../core/day'
import { look } from '../audit/look'
import { ById, type Routes, citizenOf, refusals } from '../route'
import { cancelBooking, makeBooking, myBookings, slotsOf } from './service'
import { findBooking } from './store'

export const bookingRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/bookings/slots', {
    schema: {
      operationId: 'listSlots', querystring: SlotsQuery, response: { 200: Slots, ...refusals },
    },
  }, async (request) => {
    const { hall, kind, from } = request.query
    if (from !== undefined && !isPlainDate(from)) throw new Refused('MALFORMED')
    return slotsOf(platform, { hall, kind, from })
  })

  app.get('/v1/bookings', {
    schema: { operationId: 'listBookings', response: { 200: Bookings, ...refusals } },
  }, async (request) => {
    const by = citizenOf(request)
    const personId = by.id
    await look(platform, { by, personId, what: '查看本人预约', object: `person:${personId}` })
    return myBookings(platform, personId)
  })

  app.post('/v1/bookings', {
    schema: {
      operationId: 'makeBooking', body: BookingBody, response: { 200: Booking, ...refusals },
    },
  }, (request) => makeBooking(platform, { by: citizenOf(request), body: request.body }))

  app.delete('/v1/bookings/:id', {
    schema: {
      operationId: 'cancelBooking', params: ById, response: { 200: Booking, ...refusals },
    },
  }, async (request) => {
    const { id } = request.params
    const booking = await findBooking(platform.db.db, id)
    if (!booking) throw new Refused('NOT_FOUND')
    request.guard({ ownerId: booking.person_id })
    return cancelBooking(platform, { id, by: citizenOf(request) })
  })
}
