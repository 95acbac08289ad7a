import { describe, expect, it } from 'vitest'
import { openLog } from '../../server/log'

const lines: string[] = []
const log = openLog('info', { write: (line: string) => void lines.push(line) })

describe('the log', () => {
  it('tells what failed and where, and nothing of what somebody typed (S58)', () => {
    const error = Object.assign(new TypeError('no such person: 古丽'), { code: '57014', detail: '古丽' })
    log.error({ error }, 'A round of the clocks failed')
    log.child({ job: 7 }).warn({ error: '古丽' }, 'An outcome was not recorded')
    log.error({ error: new AggregateError([error]) }, 'In part')
    const [first = '', second = '', third = ''] = lines
    expect(JSON.parse(first)).toMatchObject({
      level: 50, msg: 'A round of the clocks failed', error: { name: 'TypeError', code: '57014' },
    })
    expect(JSON.parse(first).error.frames[0]).toMatch(/log\.test\.ts/)
    expect(JSON.parse(second)).toMatchObject({ job: 7, error: { name: 'string' } })
    expect(JSON.parse(third)).toMatchObject({ error: { errors: [{ name: 'TypeError', code: '57014' }] } })
    expect(lines.join('')).not.toContain('古丽')
  })
})
