/// <reference types="vite/client" />
/** What every page of the app has, whatever else happens on it. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ComponentType } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@core/contract/session'
import App from '@/app'
import { offlineWords } from '@/components/page-status/words'
import { beginSession, forgetSession } from '@/stores/session'
import { setElder } from '@/stores/settings'
import { useTraining } from '@/stores/training'
import { phone } from './taro'

interface Config {
  pages: string[]
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
}

Object.assign(globalThis, { defineAppConfig: (config: Config) => config })
const { default: config } = await import('@/app.config') as { default: Config } // as defined above

const SRC = path.resolve(import.meta.dirname, '../../src')
const PAGES = [
  ...config.pages,
  ...[...config.subPackages ?? [], ...config.subpackages ?? []]
    .flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
]
const MODULES = import.meta.glob<{ default: ComponentType }>('/src/**/index.tsx')
const nameOf = (page: string) => page.split('/').at(-2) ?? ''

const ID = '00000000-0000-4000-8000-000000000009'
const PARAMS = { id: ID, topic: 'newborn', code: 'K7M2Q9XT' }
const SESSION: Session = {
  token: 'token-1', expiresAt: '2099-12-01T00:00:00Z', draftKey: btoa('0'.repeat(32)),
  me: {
    id: ID, name: '阿依努尔·样例', idNumber: '6531**********0008', phone: '139****0001',
    verified: true, region: '653101', elder: false,
  },
}

/** Pages that tell a case's own number as `id`, and pages without anything to be about. */
const OF_A_CASE = ['case', 'correction', 'documents', 'receipt', 'rating']

/** Pages on which 找人帮忙 does not stand, and why. */
const NO_WAY_TO_HELP: Record<string, string> = { help: 'it is that page' }

beforeEach(() => phone.reset())
afterEach(() => {
  cleanup()
  forgetSession()
  setElder(false)
  useTraining.setState({ training: false })
})

async function open(page: string) {
  phone.route = { path: `/${page}`, params: PARAMS }
  phone.pages = [`/${page}`]
  const load = MODULES[`/src/${page}.tsx`]
  if (!load) throw new Error(`${page} of app.config.ts has no file`)
  const { default: Page } = await load()
  render(<App><Page /></App>)
}

describe.each(PAGES)('%s', (page) => {
  const name = nameOf(page)

  it('says in a training room, and only there, that nothing here counts', async () => {
    await open(page)
    expect(screen.queryByText(/培训环境/)).toBeNull()
    act(() => useTraining.setState({ training: true }))
    expect(screen.getByText(/培训环境.*办了不算数/).getAttribute('role')).toBe('note')
  })

  it.each(['signed in', 'not signed in'])('has help at its end, %s (U25)', async (who) => {
    if (who === 'signed in') beginSession(SESSION)
    await open(page)
    const help = screen.getByLabelText('人工帮助')
    const call = within(help).getByRole('button', { name: /拨打.*电话/ })
    expect(call.textContent).toMatch(/\d{5}/)
    const main = help.parentElement
    expect(main?.lastElementChild).toBe(help)
    if (NO_WAY_TO_HELP[name]) return
    await userEvent.click(within(help).getByRole('button', { name: '找人帮忙' }))
    const asked = phone.pages.at(-1) ?? ''
    expect(asked).toMatch(new RegExp(`^/pages/help/index\\?.*page=${name}\\b`))
    expect(asked).toContain('topic=newborn')
    expect(asked.includes(`case=${ID}`)).toBe(OF_A_CASE.includes(name))
  })

  it('offers a call and an agent at the same place in elder mode', async () => {
    setElder(true)
    await open(page)
    const bar = screen.getByLabelText('长辈帮助')
    expect(bar.parentElement?.firstElementChild).toBe(bar)
    expect(within(bar).getByRole('button', { name: /打电话问人/ })).toBeTruthy()
    if (NO_WAY_TO_HELP[name]) return
    await userEvent.click(screen.getByRole('button', { name: '请人帮我办' }))
    expect(phone.pages.at(-1)).toContain('kind=assistance')
  })

  it('says what holds there while offline', () => {
    expect(offlineWords(name)).toMatch(/^网络不通。/)
  })
})

/** A page that gives nothing, or nothing to see, in place of its help. */
const takesHelpAway = (text: string) => /\bhelp=\{\s*(false|null|undefined|''|<><\/>)/.test(text)

it('no page takes its help away', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
  expect(files.filter((file) => takesHelpAway(readFileSync(path.join(SRC, file), 'utf8'))))
    .toEqual([])
  expect(takesHelpAway('<Page title="a" help={false} />')).toBe(true)
  expect(takesHelpAway('<Page title="a" help={<HelpLine />} />')).toBe(false)
})
