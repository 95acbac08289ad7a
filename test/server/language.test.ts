import { describe, expect, it } from 'vitest'
import { startHarness } from './harness'

const { call, platform } = await startHarness()
const [language] = platform.catalogue.languages
if (!language) throw new Error('the catalogue has no language')

const get = (code: string, headers = {}) =>
  call(undefined, { method: 'GET', url: `/v1/language/${code}`, headers })

describe('a help language', () => {
  it('comes to anyone, whole, and again only when a message moved', async () => {
    const whole = await get(language.language)
    expect(whole.json()).toEqual(language)
    expect(whole.headers['cache-control']).toBe('no-cache')
    const same = await get(language.language, { 'if-none-match': String(whole.headers.etag) })
    expect([same.statusCode, same.body]).toEqual([304, ''])
  })

  it('is not there when nobody wrote it, and its name is no path', async () => {
    expect((await get('xx')).json()).toEqual({ code: 'NOT_FOUND', detail: {} })
    expect((await get('..%2Fitems')).statusCode).toBe(400)
  })
})
