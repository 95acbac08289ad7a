import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Booking, Bookings, Slots } from '../../core/contract/booking'
import { tick } from '../../server/clocks/tick'
import { deliverAll, passDays } from './fixtures/filing'
import { type SignedIn, startHarness } from './harness'

const harness = await startHarness() // Monday 23 November 2026, 10:00 in Beijing
const HALL = 'kashgar-city-hall'
const owner = await harness.citizen()

const book = (who: SignedIn, body: object) => harness.call(who, {
  method: 'POST', url: '/v1/bookings',
  payload: { requestId: randomUUID(), hallId: HALL, windowKind: 'service', ...body },
})
const mine = async (who: SignedIn) =>
  (await harness.call(who, { method: 'GET', url: '/v1/bookings' })).json<Bookings>().bookings
const slots = async (kind = 'service', more = '') => (await harness.call(undefined, {
  method: 'GET', url: `/v1/bookings/slots?hall=${HALL}&kind=${kind}${more}`,
})).json<Slots>()
const left = async (slot: string, kind = 'service') => {
  const [day, time] = slot.split('T')
  return (await slots(kind)).days.find((one) => one.day === day)?.slots.find((one) => one.time === time)?.left
}
const drop = (who: SignedIn, id: string) =>
  harness.call(who, { method: 'DELETE', url: `/v1/bookings/${id}` })

/** Two hundred people who are signed in, without two hundred sign-ins. */
async function crowd(count: number): Promise<SignedIn[]> {
  const people: SignedIn[] = []
  for (let n = 0; n < count; n += 1) people.push(await harness.citizen())
  return people
}

describe('slots', () => {
  it('are the half hours of the hall, evenings too, with the places left', async () => {
    const { days, minutes } = await slots()
    expect(minutes).toBe(30)
    expect(days[0]).toMatchObject({ day: '2026-11-23' })
    expect(days[0]?.slots[0]).toEqual({ time: '10:30', left: 8 }) // half past nine is over
    expect(days.find(({ day }) => day === '2026-11-25')?.slots.at(-1)).toEqual({ time: '21:30', left: 8 })
    expect(days.map(({ day }) => day)).not.toContain('2026-11-28')
    expect(days.at(-1)?.day).toBe('2026-12-07')
    expect((await slots('unresolved')).days[0]?.slots[0]?.left).toBe(1)
    expect((await slots('service', '&from=2026-12-07')).days.map(({ day }) => day)).toEqual(['2026-12-07'])
  })

  it('of no hall or no kind are refused', async () => {
    const at = (query: string) => harness.call(undefined, { method: 'GET', url: `/v1/bookings/slots?${query}` })
    expect((await at('hall=nowhere&kind=service')).statusCode).toBe(404)
    expect((await at(`hall=${HALL}&kind=made-up`)).statusCode).toBe(400)
    expect((await at(`hall=${HALL}&kind=service&from=2026-02-31`)).statusCode).toBe(400)
  })
})

describe('a booking', () => {
  it('is made once however often it is sent, shown with its number, and cancelled', async () => {
    const who = await harness.citizen()
    const requestId = randomUUID()
    const slot = '2026-11-24T10:30'
    const body = { requestId, slot, topicId: 'newborn' }
    const replies = await Promise.all(Array.from({ length: 5 }, () => book(who, body)))
    const [first, ...others] = replies.map((reply) => reply.json<Booking>())
    expect(first).toMatchObject({
      number: 'B1030-1', hallName: '喀什市政务服务中心', day: '2026-11-24', from: '10:30', to: '11:00',
      topicId: 'newborn', state: 'open',
    })
    expect(others).toEqual(others.map(() => first))
    expect((await book(who, { requestId, slot: '2026-11-24T11:00' })).json()).toMatchObject({ code: 'REQUEST_REUSED' })
    expect(await left(slot)).toBe(7)
    expect(await mine(who)).toHaveLength(1)
    const stranger = await harness.citizen()
    expect((await drop(stranger, first!.id)).statusCode).toBe(404)
    expect(await mine(stranger)).toEqual([])
    expect((await drop(who, first!.id)).json()).toMatchObject({ state: 'cancelled' })
    expect((await drop(who, first!.id)).json()).toMatchObject({ state: 'cancelled' })
    expect(await left(slot)).toBe(8)
    expect((await book(who, { slot })).json<Booking>()).toMatchObject({ state: 'open', number: 'B1030-1' })
  })

  it('needs a real name, a slot that exists, and a topic that exists', async () => {
    const unknown = await harness.citizen({ verified: false })
    expect((await book(unknown, { slot: '2026-11-24T10:30' })).json()).toMatchObject({ code: 'IDENTITY_REQUIRED' })
    for (const slot of [
      '2026-11-24T10:10', '2026-11-24T14:30', '2026-11-28T10:30', '2026-11-23T10:00', '2027-03-01T10:30',
    ]) {
      expect((await book(owner, { slot })).json(), slot).toMatchObject({ code: 'SLOT_GONE' })
    }
    expect((await book(owner, { slot: '2026-11-24T10:30', topicId: 'no-such' })).statusCode).toBe(404)
    expect((await book(owner, { slot: 'tomorrow' })).statusCode).toBe(400)
    expect(await mine(owner)).toEqual([])
  })

  it('is one a day and hall, also when ten are sent at once', async () => {
    const who = await harness.citizen()
    const times = ['10:30', '11:00', '11:30', '12:00', '12:30', '13:00', '13:30', '15:30', '16:00', '16:30']
    const replies = await Promise.all(times.map((time) => book(who, { slot: `2026-11-26T${time}` })))
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    expect(replies.filter(({ statusCode }) => statusCode !== 200).map((reply) => reply.json<{ code: string }>().code))
      .toEqual(Array.from({ length: 9 }, () => 'ALREADY_BOOKED'))
    expect((await book(who, { slot: '2026-11-27T10:30' })).statusCode).toBe(200)
    const elsewhere = { slot: '2026-11-26T10:30', hallId: 'kashgar-prefecture-hall' }
    expect((await book(who, elsewhere)).statusCode).toBe(200)
  })

  it('two hundred at once fill a slot exactly, each place once', async () => {
    const people = await crowd(200)
    const slot = '2026-12-01T17:00'
    const replies = await Promise.all(people.map((who) => book(who, { slot })))
    const made = replies.filter(({ statusCode }) => statusCode === 200).map((reply) => reply.json<Booking>().number)
    expect(made.sort()).toEqual(Array.from({ length: 8 }, (_, n) => `B1700-${n + 1}`))
    expect(new Set(replies.filter(({ statusCode }) => statusCode !== 200)
      .map((reply) => reply.json<{ code: string }>().code))).toEqual(new Set(['SLOT_FULL']))
    expect(await left(slot)).toBe(0)
  }, 240_000)

  it('can be cancelled until it begins', async () => {
    const who = await harness.citizen()
    const { id } = (await book(who, { slot: '2026-11-23T12:00' })).json<Booking>()
    await passDays(harness, 2 / 24)
    expect((await drop(who, id)).json()).toMatchObject({ code: 'SLOT_GONE' })
    expect(await mine(who)).toMatchObject([{ state: 'over' }])
    await passDays(harness, -2 / 24)
  })

  it('is remembered the day before, at an hour at which people are up, once', async () => {
    const [who, near, gone] = [await harness.citizen(), await harness.citizen(), await harness.citizen()]
    await book(who, { slot: '2026-12-03T10:30' })
    await book(near, { slot: '2026-11-24T16:00' })
    await drop(gone, (await book(gone, { slot: '2026-12-03T10:30' })).json<Booking>().id)
    const told = async ({ id }: SignedIn) =>
      (await harness.asOwner(`select text from messages where person_id = $1 and title = '预约提醒'`, [id])).map(({ text }) => text)
    await tick(harness.platform)
    expect(await told(near)).toEqual([]) // made the day before
    await passDays(harness, 9)
    harness.pass(-3_600_000) // 2 December, 09:00
    await tick(harness.platform)
    expect(await told(who)).toEqual([])
    harness.pass(3_600_000)
    await Promise.all([tick(harness.platform), tick(harness.platform)])
    await tick(harness.platform)
    expect(await told(who)).toHaveLength(1)
    expect((await told(who))[0]).toContain('12月3日 10:30 到喀什市政务服务中心办事，预约号 B1030-1')
    expect(await told(gone)).toEqual([])
    await deliverAll(harness)
    expect(harness.world.sms.at(-1)?.text).toContain('预约')
  })
})
