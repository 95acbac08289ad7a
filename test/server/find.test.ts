import { openLog } from '../../server/log'
import { describe, expect, it } from 'vitest'
import { startHarness } from './harness'

const logged: string[] = []
const log = openLog('trace', { write: (line: string) => void logged.push(line) })
const { call, platform } = await startHarness({ log })
const get = (url: string) => call(undefined, { method: 'GET', url })
const find = (q: string) => get(`/v1/find?q=${encodeURIComponent(q)}`)

describe('find', () => {
  it('answers a topic and the words that were meant, to anyone', async () => {
    for (const q of ['孩子上户口', 'shanghukou', '上户囗']) {
      const { found } = (await find(q)).json()
      expect(found[0].topicId, q).toBe('newborn')
      expect(found[0].why.length, q).toBeGreaterThan(0)
    }
  })

  it('answers nothing to nothing, and refuses what is too long or missing', async () => {
    expect((await find('')).json()).toEqual({ found: [] })
    expect((await find('啊'.repeat(50))).statusCode).toBe(200)
    expect((await find('啊'.repeat(51))).json().code).toBe('MALFORMED')
    expect((await get('/v1/find')).json().code).toBe('MALFORMED')
  })

  it('takes any text without a fault', async () => {
    for (const q of ['%', '\\', '(*', 'ＡＢＣ', '💔', 'ü', "l'", '𠮷', '​', 'a'.repeat(50)]) {
      expect((await find(q)).statusCode, q).toBe(200)
    }
  })

  it('keeps what was asked out of the log and out of every cache', async () => {
    logged.length = 0
    const reply = await find('妈妈走了')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(logged.join('')).toContain('/v1/find')
    expect(logged.join('')).not.toMatch(/妈妈|%E5%A6%88/)
  })

  it('slows down whoever asks too fast', async () => {
    const codes = new Set<number>()
    for (let n = 0; n < 301; n++) codes.add((await find('')).statusCode)
    expect([...codes]).toEqual([200, 429])
  })
})

it('tells what can happen in a life, each leading to a topic that is offered', async () => {
  const reply = await get('/v1/life')
  const offered = platform.catalogue.topics.map(({ id }) => id)
  const { groups } = reply.json<{ groups: { events: { topic: string }[] }[] }>()
  const led = groups.flatMap(({ events }) => events.map(({ topic }) => topic))
  expect(led.length).toBeGreaterThan(0)
  expect(led.filter((id) => !offered.includes(id))).toEqual([])
  expect(reply.headers['cache-control']).toMatch(/^public, max-age=/)
})
