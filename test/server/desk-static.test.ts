/** The built console as the platform hands it out. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppOptions, buildApp } from '../../server/app'
import { startHarness } from './harness'

const SCRIPT = 'console.log(1)'.repeat(200)
let dir: string
let served: Awaited<ReturnType<typeof buildApp>>
const get = (url: string, headers: Record<string, string> = {}) =>
  served.inject({ method: 'GET', url, headers })

describe('the console at /desk/', () => {
  beforeAll(async () => {
    const { platform } = await startHarness()
    dir = await mkdtemp(join(tmpdir(), 'one-thing-desk-'))
    await mkdir(join(dir, 'assets'))
    await writeFile(join(dir, 'index.html'), '<html lang="zh-CN">desk</html>')
    await writeFile(join(dir, 'assets/index-abcd1234.js'), SCRIPT)
    await writeFile(join(dir, 'assets/index-abcd1234.js.br'), brotliCompressSync(SCRIPT))
    const options: AppOptions = { deskDir: dir }
    served = await buildApp(platform, options)
  })
  afterAll(async () => {
    await served?.close()
    await rm(dir, { recursive: true, force: true })
  })

  it('answers every address of its own with its page, asked for anew each time', async () => {
    for (const url of ['/desk/', '/desk/cases', '/desk/tasks/a.1?state=paused']) {
      const reply = await get(url)
      expect([reply.statusCode, reply.body]).toEqual([200, '<html lang="zh-CN">desk</html>'])
      expect(reply.headers['cache-control']).toBe('no-cache')
      expect(reply.headers['content-security-policy']).toContain("script-src 'self'")
    }
    expect((await get('/desk')).headers.location).toBe('/desk/')
  })

  it('hands out hashed files compressed and for a year, and no others', async () => {
    const reply = await get('/desk/assets/index-abcd1234.js', { 'accept-encoding': 'br' })
    expect(reply.headers['content-encoding']).toBe('br')
    expect(reply.headers['cache-control']).toContain('immutable')
    expect((await get('/desk/assets/gone.js')).statusCode).toBe(404)
    expect((await get('/desk/assets/..%2f..%2fpackage.json')).statusCode).toBe(404)
  })
})
