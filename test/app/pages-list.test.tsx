import path from 'node:path'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@core/contract/session'
import { checkDigit11643 } from '@core/values'
import { loadCatalogue } from '../../server/catalogue/load'
import { readTable } from '../../server/tables/read'
import Check from '@/pages/check'
import Form from '@/pages/form'
import Materials from '@/pages/materials'
import { answer, draftOf, dropDraft, fill, openDraft, setDraft } from '@/stores/drafts'
import { beginSession, forgetSession } from '@/stores/session'
import { addShot, clearUploads, useUploads } from '@/stores/uploads'
import { fillingOf } from '@/stores/filling'
import { removeRow } from '@/stores/rows'
import Taro, { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'staff-hiring')!
const ANSWERS = {
  opened: 'yes', work: 'full', contract: 'yes', late: 'no', fund: 'yes', special: 'card,file',
}
const SESSION: Session = {
  token: 'token-1',
  expiresAt: '2026-12-01T00:00:00Z',
  draftKey: btoa('0123456789abcdef0123456789abcdef'),
  me: {
    id: '00000000-0000-4000-8000-000000000001', name: '阿依努尔·样例', idNumber: '6531**********0008',
    phone: '139****0001', verified: true, region: '653101', elder: false,
  },
}
const idOf = (n: number) => {
  const first = `6531${String(21 + (n % 9))}${1970 + Math.floor(n / 9)}0101000`
  return first + checkDigit11643(first)
}
const person = (n: number): Record<string, string> => Object.fromEntries(Object.entries({
  name: `样例·第${'零一二三四五六七八九'.charAt(n % 10)}`,
  idNumber: idOf(n), phone: `139000000${String(n).padStart(2, '0')}`, hiredOn: '2026-11-03',
  contractTerm: 'open', wageBase: '4200', hasSocialCard: 'yes', fileMoves: 'no',
}).map(([name, value]) => [`employee.${n}.${name}`, value]))

beforeEach(() => {
  phone.reset()
  Taro.setStorageSync('topic-2-staff-hiring', { topic, etag: '"1"' })
})
afterEach(() => {
  cleanup()
  clearUploads()
  dropDraft(topic.id)
  forgetSession()
})

async function begin(people: number, page = 'form', params: Record<string, string> = {}) {
  beginSession(SESSION)
  await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
  answer(topic.id, ANSWERS)
  for (let n = 1; n <= people; n += 1) fill(topic.id, person(n))
  phone.route = { path: `/pages/${page}/index`, params: { topic: topic.id, ...params } }
}

const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
const cards = () => within(screen.getByRole('list', { name: '员工名单' })).getAllByRole('listitem')
const form = () => draftOf(topic.id)!.body.form
const heading = (name: string) => screen.findByRole('heading', { name })

describe('a list on the form', () => {
  it('shows people as cards with their state, and no input before one is opened', async () => {
    await begin(2)
    fill(topic.id, { 'employee.2.phone': '', 'employee.3.name': '' })
    render(<Form />)
    await heading('员工名单')
    expect(cards().map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/员工 1样例·第一6531\*+\d{3}.已填好/),
      expect.stringMatching(/员工 2样例·第二.*还差 1 项/),
      expect.stringMatching(/员工 3还没填姓名还差 8 项/),
    ])
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('adds a person, asks at most five things a screen, and comes back to the list', async () => {
    await begin(1)
    render(<Form />)
    await tap('加一位')
    await heading('员工 2（1/3）')
    expect(document.querySelectorAll('.field').length).toBeLessThanOrEqual(5)
    await tap('继续')
    expect(screen.getByRole('alert').textContent).toContain('请填写员工 2')
    fill(topic.id, person(2))
    await tap('继续')
    await tap('继续')
    await heading('员工 2（3/3）')
    await tap('这一位填好了')
    await heading('员工名单')
    expect(cards()).toHaveLength(2)
    await tap('继续')
    expect(screen.queryByRole('heading', { name: '员工名单' })).toBeNull()
  })

  it('takes one out after asking, moves the others up, and puts back what was taken', async () => {
    await begin(3)
    const before = form()
    render(<Form />)
    await tap('删除员工 2 样例·第二')
    await tap('不删')
    expect(cards()).toHaveLength(3)
    await tap('删除员工 2 样例·第二')
    await tap('删除')
    expect(cards()).toHaveLength(2)
    expect(form()['employee.2.name']).toBe('样例·第三')
    fill(topic.id, { 'employee.1.name': '改过的名字' })
    await tap('撤销')
    expect(form()).toEqual({ ...before, 'employee.1.name': '改过的名字' })
  })

  it('never falls below what is asked for, nor grows above the most', async () => {
    await begin(1)
    render(<Form />)
    await heading('员工名单')
    expect(screen.queryByRole('button', { name: /^删除/ })).toBeNull()
    cleanup()
    fill(topic.id, { 'employee.100.name': '样例·末' })
    render(<Form />)
    expect(await screen.findByText('已经加满 100 位。')).toBeTruthy()
    expect(document.querySelectorAll('.row-card'), 'what a phone draws at once').toHaveLength(20)
    for (let page = 2; page <= 5; page += 1) await tap('下一页')
    expect(screen.getByText('第 81 到 100 项，共 100 项')).toBeTruthy()
    expect(screen.getByText('样例·末')).toBeTruthy()
    expect(screen.queryByText('加一位')).toBeNull()
  })

  it('leads from a problem of the list into the row, the problem shown', async () => {
    await begin(2)
    fill(topic.id, { 'employee.2.wageBase': '' })
    render(<Form />)
    await tap('继续')
    await tap('员工 2（样例·第二）：还差 1 项。')
    await heading('员工 2（2/3）')
    expect(screen.getByRole('alert').textContent).toContain('月工资')
  })

  it('opens the row of a deep link, and goes straight back after the change', async () => {
    phone.pages = ['/pages/check/index', '/pages/form/index']
    await begin(3, 'form', { field: 'employee.3.wageBase', from: 'check' })
    render(<Form />)
    await heading('员工 3（2/3）')
    await tap('保存修改')
    await waitFor(() => expect(phone.pages).toEqual(['/pages/check/index']))
  })
})

describe('a list from a file', () => {
  const choose = async (text: string) => {
    phone.file = { name: '名单.csv', bytes: new TextEncoder().encode(text).buffer as ArrayBuffer }
    await tap(/^(选择文件|换一个文件)$/)
  }
  const open = async (people: number) => {
    await begin(people)
    // The platform's own reader answers; only the wire between is the test's.
    phone.answer = async ({ url, data }) => {
      if (!url.endsWith('/v1/tables')) throw { errMsg: 'request:fail' }
      return { statusCode: 200, data: await readTable(Buffer.from(data as ArrayBuffer)) }
    }
    render(<Form />)
    await tap('导入名单（Excel 或 CSV）')
    await heading('导入员工名单')
  }
  const lines = (count: number) => ['姓名,身份证号,手机号', ...Array.from({ length: count }, (_, n) =>
    `样例·新,${idOf(n + 40)},${n === 1 ? '139' : `138000000${String(n).padStart(2, '0')}`}`)].join('\n')

  it('gives a template that reads back as nobody', async () => {
    await open(1)
    await tap('下载模板')
    const template = phone.given['员工名单模板.csv']!
    expect(template).toContain('姓名,身份证号,手机号')
    await choose(template)
    expect(await screen.findByText('表格里还没有填人，请填好再选一次。')).toBeTruthy()
  })

  it('says how many were read and which line is wrong, then adds behind who is there', async () => {
    await open(2)
    await choose(lines(3))
    expect(await screen.findByText('认出 3 人，1 行有问题')).toBeTruthy()
    expect(screen.getByText(/^手机号：请填写 11 位手机号/).closest('.read-line')!.textContent).toContain('第 3 行')
    await tap('加入 3 人')
    expect(screen.getByText('请选一项。')).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: /^接在后面/ }))
    await tap('加入 3 人')
    await heading('员工名单')
    expect(cards()).toHaveLength(5)
    expect(form()['employee.2.name']).toBe('样例·第二')
    expect(form()['employee.4.phone']).toBe('139')
  })

  it('replaces who is there, photos and all, and refuses more than the list holds', async () => {
    await open(2)
    setDraft(topic.id, {
      materials: { 'employee.1.id-photo': { by: 'photos', ids: ['x'] }, 'company.x': { by: 'declaration' } },
    })
    await choose(lines(99))
    await screen.findByText(/^认出 99 人/)
    await userEvent.click(screen.getByRole('radio', { name: /^接在后面/ }))
    await tap('加入 99 人')
    expect(screen.getByText('名单最多 100 位，放不下 101 位。')).toBeTruthy()
    await choose(lines(1))
    await screen.findByText(/^认出 1 人/)
    await userEvent.click(screen.getByRole('radio', { name: /^换掉原来的/ }))
    await tap('加入 1 人')
    await heading('员工名单')
    expect(cards()).toHaveLength(1)
    expect(Object.keys(draftOf(topic.id)!.body.materials)).toEqual(['company.x'])
  })
})

describe('photos of a row', () => {
  it('go with it, move up with the others, and find their row when they arrive late', async () => {
    await begin(3)
    const shot = (row: number) => ({
      topicId: topic.id, key: `employee.${row}.id-photo`, place: 0,
      photo: { bytes: new ArrayBuffer(4), sha256: 'a'.repeat(64), name: `${row}.jpg` },
    })
    let arrive: () => void = () => undefined
    const late = new Promise<void>((resolve) => { arrive = resolve })
    phone.answer = async () => {
      await late
      const id = '00000000-0000-4000-8000-000000000009'
      return { statusCode: 200, data: { id, state: 'ready', chunks: 0, chunkBytes: 1, received: [], name: '' } }
    }
    phone.connect(true)
    addShot(shot(3))
    const undo = removeRow(fillingOf(topic, draftOf(topic.id)!), 'employee', 2)
    arrive()
    await waitFor(() => expect(draftOf(topic.id)!.body.materials['employee.2.id-photo']).toBeTruthy())
    expect(draftOf(topic.id)!.body.materials['employee.3.id-photo']).toBeUndefined()
    undo()
    expect(Object.keys(draftOf(topic.id)!.body.materials)).toEqual(['employee.3.id-photo'])
    expect(useUploads.getState().shots.map(({ key }) => key)).toEqual(['employee.3.id-photo'])
  })
})

describe('a list on the other pages', () => {
  it('is looked over a line a person, everything of one at a tap', async () => {
    await begin(7, 'check')
    render(<Check />)
    await heading('员工（7 人）')
    expect(screen.getAllByRole('button', { name: /^修改员工 \d 样例/ })).toHaveLength(5)
    await tap('看全部 7 人')
    expect(screen.queryByText('13900000007')).toBeNull()
    await tap(/^员工 7 样例/)
    expect(screen.getByText('13900000007')).toBeTruthy()
    await tap('修改员工 7：月工资')
    expect(phone.pages.at(-1)).toContain('field=employee.7.wageBase&from=check')
  })

  it('draws no more of a hundred people at once than a page of them, wherever they are', async () => {
    await begin(100)
    for (let n = 1; n <= 100; n += 1) fill(topic.id, { [`employee.${n}.hasSocialCard`]: 'no' })
    for (const [page, Drawn, name] of [
      ['form', Form, '员工名单'], ['check', Check, /员工（100 人）/], ['materials', Materials, '准备材料'],
    ] as const) {
      phone.route = { path: `/pages/${page}/index`, params: { topic: topic.id } }
      const { container, unmount } = render(<Drawn />)
      await screen.findByRole('heading', { name })
      const people = new Set(container.textContent.match(/样例·第.6531|员工 \d+（样例/g))
      expect(people.size, page).toBeLessThanOrEqual(20)
      expect(container.querySelectorAll('*').length, page).toBeLessThanOrEqual(400)
      unmount()
    }
  }, 60_000)

  it('leads to the papers of the hundredth, who is on another page', async () => {
    await begin(100, 'materials')
    for (let n = 1; n <= 100; n += 1) fill(topic.id, { [`employee.${n}.hasSocialCard`]: 'no' })
    cleanup()
    phone.route.params = { ...phone.route.params, field: 'employee.100.id-photo' }
    render(<Materials />)
    await heading('准备材料')
    expect(screen.getByText('第 81 到 100 项，共 100 项')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: /^拍照：员工 100/ }).length).toBeGreaterThan(0)
  }, 60_000)

  it('has its materials under each person’s name', async () => {
    await begin(5, 'materials')
    for (const n of [2, 4]) {
      fill(topic.id, { [`employee.${n}.hasSocialCard`]: 'no' })
    }
    render(<Materials />)
    await heading('准备材料')
    await tap('继续')
    await userEvent.click(within(screen.getByRole('alert')).getByText(/员工 4/))
    expect(screen.getByText('员工 4（样例·第四）')).toBeTruthy()
    expect(screen.getAllByRole('button', { name: /^拍照：员工 4/ }).length).toBeGreaterThan(0)
  })
})
