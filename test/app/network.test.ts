/** A network that leads nowhere: told by a call without an answer, and by looking again (U19). */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchNetwork } from '@/platform/network'
import { request } from '@/platform/request'
import { phone } from './taro'

let calls: string[] = []
let up = true
let told: boolean[] = []
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  phone.reset()
  calls = []
  up = true
  told = []
  phone.answer = async ({ url }) => {
    calls.push(url)
    if (!up) throw { errMsg: 'request:fail' }
    return { statusCode: 503, data: { code: 'UNAVAILABLE', detail: {} } }
  }
  stop = watchNetwork((online) => told.push(online))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

const call = () => request('/v1/home').catch(() => undefined)
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const probes = () => calls.filter((url) => url === '/v1/health').length

describe('whether the platform can be reached', () => {
  it('is doubted after a call without an answer, denied when the look has none either', async () => {
    up = false
    await call()
    await pass(0)
    expect([told, probes()]).toEqual([[true, false], 1])
    await call()
    await pass(4_999)
    expect(probes(), 'calls in between do not hurry it').toBe(1)
    await pass(1)
    expect(probes()).toBe(2)
    await pass(10_000)
    expect(probes()).toBe(3)
    await pass(30_000)
    expect(probes()).toBe(4)
    up = true
    await pass(30_000)
    expect([told, probes()]).toEqual([[true, false, true], 5])
    await pass(120_000)
    expect(probes(), 'nobody looks while all is well').toBe(5)
  })

  it('one lost call is no lost network, and a refusal is an answer', async () => {
    up = false
    const lost = call()
    up = true
    await lost
    await call()
    await pass(60_000)
    expect([told, probes()]).toEqual([[true], 1])
  })

  it('any call that is answered ends it before the next look', async () => {
    up = false
    await call()
    await pass(0)
    up = true
    await call()
    expect(told).toEqual([true, false, true])
    await pass(60_000)
    expect(probes()).toBe(1)
  })

  it('the phone’s own word is taken at once, both ways', async () => {
    phone.connect(false)
    up = false
    await call()
    await pass(60_000)
    expect([told, probes()]).toEqual([[true, false], 0])
    phone.connect(true)
    expect(told).toEqual([true, false, true])
  })

  it('whatever happens, what was told last is what is so, and nothing is told twice', async () => {
    const step = fc.constantFrom('call', 'down', 'up', 'connect', 'disconnect', 'wait')
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      let connected = true
      for (const one of steps) {
        if (one === 'call') await call()
        if (one === 'down' || one === 'up') up = one === 'up'
        if (one === 'wait') await pass(7_000)
        if (one === 'connect' || one === 'disconnect') {
          connected = one === 'connect'
          phone.connect(connected)
        }
        await pass(0)
      }
      expect(told.every((online, n) => n === 0 || online !== told[n - 1])).toBe(true)
      await pass(31_000)
      await call()
      await pass(0)
      expect(told[told.length - 1]).toBe(up && connected)
      up = true
      phone.connect(true)
      told = [true]
    }), { numRuns: 60 })
  })
})
