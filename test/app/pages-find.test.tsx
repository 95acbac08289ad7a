import path from 'node:path'
import { act as settle, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../server/catalogue/load'
import { makeFind } from '../../server/find/engine'
import { lifeOf } from '../../server/find/routes'
import { listTopics } from '../../server/topics/service'
import App from '@/app'
import FindPage from '@/pages/find'
import Home from '@/pages/home'
import LifePage from '@/pages/life'
import { type as typeFor, useFind } from '@/stores/find'
import { useHome } from '@/stores/home'
import { phone } from './taro'

const catalogue = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topics = listTopics(catalogue)
const find = makeFind(catalogue.topics, catalogue.find)
const groups = lifeOf(catalogue)

/** The server's own answers, and what was asked of it. */
function online(delays: Record<string, Promise<void>> = {}): string[] {
  const asked: string[] = []
  phone.answer = async ({ url }) => {
    const { pathname, searchParams } = new URL(url, 'http://phone')
    const q = searchParams.get('q') ?? ''
    if (pathname === '/v1/find') asked.push(q)
    await delays[q]
    const replies: Record<string, unknown> = {
      '/v1/home': { topics, tasks: [], unread: 0, today: '2026-11-23' },
      '/v1/life': { groups },
      '/v1/find': { found: find(q) },
    }
    if (!replies[pathname]) throw { errMsg: 'request:fail' }
    return { statusCode: 200, data: replies[pathname] }
  }
  return asked
}

beforeEach(() => {
  phone.reset()
  online()
  typeFor('')
  useFind.setState({ life: undefined, lifeRefused: undefined })
  useHome.setState({ topics, tasks: [], refused: undefined })
})
afterEach(cleanup)

const box = () => screen.getByRole<HTMLInputElement>('textbox')
const tap = (name: RegExp | string) => userEvent.click(screen.getByRole('button', { name }))
const cards = () => screen.getAllByRole('button')
  .map((one) => topics.find(({ title }) => one.textContent?.startsWith(title))?.id)
  .filter((id) => id !== undefined)

describe('首页', () => {
  it('一点就到搜索，一点就到“发生了什么事？”', async () => {
    render(<Home />)
    await tap(/想办什么事/)
    await tap(/发生了什么事/)
    expect(phone.pages.slice(1)).toEqual(['/pages/find/index', '/pages/life/index'])
  })

  it('个人和企业的事各在一边，每件都在', async () => {
    render(<Home />)
    const person = cards()
    await tap(/企业的事/)
    const both = [...person, ...cards()]
    expect([...both].sort()).toEqual(topics.map(({ id }) => id).sort())
    expect(person.length).toBeGreaterThan(0)
    expect(person.length).toBeLessThan(both.length)
  })
})

describe('发生了什么事？', () => {
  it('从首页数起三步以内，点到每一个主题', async () => {
    const reached = new Set<string>()
    for (const { title, events } of groups) {
      for (const event of events) {
        phone.pages = ['/pages/home/index']
        render(<Home />)
        await tap(/发生了什么事/)
        cleanup()
        render(<LifePage />)
        await userEvent.click(await screen.findByRole('button', { name: title }))
        await userEvent.click(await screen.findByRole('button', { name: new RegExp(`^${event.title}`) }))
        expect(phone.pages.at(-1)).toBe(`/pages/topic/index?topic=${event.topic}`)
        reached.add(event.topic)
        cleanup()
      }
    }
    expect([...reached].sort()).toEqual(topics.map(({ id }) => id).sort())
  }, 60_000)

  it('没有网络时用上次存下的', async () => {
    const first = render(<LifePage />)
    await screen.findByRole('button', { name: groups[0]!.title })
    first.unmount()
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    render(<LifePage />)
    expect(screen.getByRole('button', { name: groups[0]!.title })).toBeTruthy()
  })
})

describe('搜索', () => {
  it('停一停就查，只查最后打的字，结果按远近排', async () => {
    const asked = online()
    render(<FindPage />)
    await userEvent.type(box(), '孩子上户口')
    await screen.findByText(/找到 \d+ 件事/)
    expect(asked).toEqual(['孩子上户口'])
    expect(cards()[0]).toBe('newborn')
    expect(screen.getAllByText(/和您说的有关：/).length).toBeGreaterThan(0)
  })

  it('按回车马上查；清空后回到全部', async () => {
    online()
    render(<FindPage />)
    await userEvent.type(box(), 'tuixiu{Enter}')
    await waitFor(() => expect(cards()[0]).toBe('retirement'))
    await tap('清空')
    expect(box().value).toBe('')
    expect(cards()).toHaveLength(topics.length)
  })

  it('迟到的回答不会盖过后打的字', async () => {
    let release = () => undefined as void
    online({ 结婚: new Promise((resolve) => { release = resolve }) })
    render(<FindPage />)
    await userEvent.type(box(), '结婚{Enter}')
    await userEvent.clear(box())
    await userEvent.type(box(), '退休{Enter}')
    await waitFor(() => expect(cards()[0]).toBe('retirement'))
    await settle(async () => release())
    expect(cards()[0]).toBe('retirement')
  })

  it('打过的字留着：离开再回来还在', async () => {
    const first = render(<FindPage />)
    await userEvent.type(box(), '娃娃上学')
    first.unmount()
    render(<FindPage />)
    expect(box().value).toBe('娃娃上学')
  })

  it('按个人、企业和阶段筛选', async () => {
    render(<FindPage />)
    await tap(/企业的事/)
    const company = topics.filter(({ audience }) => audience === 'company').map(({ id }) => id)
    expect(cards().sort()).toEqual([...company].sort())
    await tap(/企业的事/)
    expect(cards()).toHaveLength(topics.length)
    await userEvent.selectOptions(screen.getByRole('combobox'), '退休')
    expect(cards()).toEqual(['retirement'])
    await userEvent.type(box(), '结婚{Enter}')
    await tap('不筛选，看全部')
    expect(cards()[0]).toBe('marriage')
  })

  it('找不到时说怎么办，给出 12345', async () => {
    render(<App><FindPage /></App>)
    await userEvent.type(box(), '今天天气怎么样{Enter}')
    await screen.findByText(/没有找到/)
    await tap('从发生的事里选')
    expect(phone.pages.at(-1)).toBe('/pages/life/index')
    expect(screen.getByRole('button', { name: /12345/ })).toBeTruthy()
  })

  it('没有网络时说清楚，并列出全部主题', async () => {
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    render(<FindPage />)
    await userEvent.type(box(), '结婚{Enter}')
    await screen.findByText('现在连不上网络，不能搜索')
    expect(cards()).toHaveLength(topics.length)
    expect(box().value).toBe('结婚')
  })
})
