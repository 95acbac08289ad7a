import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { coalesce } from '../../../server/db/coalesce'

function counting(options: { most: number; atOnce: number }) {
  const batches: number[][] = []
  let running = 0
  let mostRunning = 0
  const ask = coalesce({
    ...options,
    run: async (asks: readonly number[]) => {
      batches.push([...asks])
      mostRunning = Math.max(mostRunning, (running += 1))
      await wait(5)
      running -= 1
      if (asks.includes(13)) throw new Error('unlucky')
      return asks.map((n) => n * 10)
    },
  })
  return { ask, batches, mostRunning: () => mostRunning }
}

describe('coalesced statements', () => {
  it('answer each asker their own, in few statements of a bounded size', async () => {
    const { ask, batches, mostRunning } = counting({ most: 16, atOnce: 2 })
    const numbers = Array.from({ length: 100 }, (_, n) => n + 100)
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers.map((n) => n * 10))
    expect(batches.flat()).toEqual(numbers)
    expect(batches.length).toBe(Math.ceil(100 / 16))
    expect(mostRunning()).toBe(2)
  })

  it('let somebody alone go at once', async () => {
    const { ask, batches } = counting({ most: 16, atOnce: 2 })
    expect(await ask(1)).toBe(10)
    expect(await ask(2)).toBe(20)
    expect(batches).toEqual([[1], [2]])
  })

  it('tell a failure to all of its batch and to nobody else', async () => {
    const { ask } = counting({ most: 2, atOnce: 1 })
    const told = await Promise.allSettled([1, 2, 13, 4, 5].map(ask))
    expect(told.map(({ status }) => status)).toEqual([
      'fulfilled', 'fulfilled', 'rejected', 'rejected', 'fulfilled',
    ])
    expect(await ask(6)).toBe(60)
  })
})
