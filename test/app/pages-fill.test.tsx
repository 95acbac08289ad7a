import path from 'node:path'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@core/contract/session'
import { makePlan } from '@core/plan'
import { loadCatalogue } from '../../server/catalogue/load'
import App from '@/app'
import { noticeBlocks } from '@/components/notice-sheet/blocks'
import { layOut } from '@/components/notice-sheet/layout'
import Form from '@/pages/form'
import FullGuide from '@/pages/guide'
import Identity from '@/pages/identity'
import Login from '@/pages/login'
import Materials from '@/pages/materials'
import NoticePage from '@/pages/notice'
import Questions from '@/pages/questions'
import Guide from '@/pages/topic'
import { answer, draftOf, dropDraft, fill, openDraft } from '@/stores/drafts'
import { fillingOf } from '@/stores/filling'
import { beginSession, forgetSession, setShared } from '@/stores/session'
import { addShot, clearUploads, removeShot } from '@/stores/uploads'
import Taro, { phone } from './taro'

const { topics } = loadCatalogue(path.resolve(import.meta.dirname, '../../catalogue'))
const topic = topics.find(({ id }) => id === 'newborn')!
const ANSWERS = {
  who: 'mother', place: 'local', certificate: 'no', hukou: 'mother', householder: 'parent',
  age: 'month', married: 'yes', peoples: 'same', vaccine: 'no', insure: 'here',
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

// All of this runs without a network: the kept topic and the phone's own draft have to do (U19).
beforeEach(() => {
  phone.reset()
  Taro.setStorageSync('topic-2-newborn', { topic, etag: '"1"' })
})
afterEach(() => {
  cleanup()
  clearUploads()
  dropDraft(topic.id)
  forgetSession()
})

function open(page: string, params: Record<string, string> = {}) {
  phone.route = { path: `/pages/${page}/index`, params: { topic: topic.id, ...params } }
}

async function begin(answers: Record<string, string> = ANSWERS) {
  await openDraft(topic.id, { topicVersion: topic.version, regionCode: '653101' })
  answer(topic.id, answers)
}

const tap = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))
const pick = (name: RegExp) => userEvent.click(screen.getByRole('radio', { name }))
const body = () => draftOf(topic.id)!.body

describe('the guide', () => {
  it('draws what runs side by side and what waits for what', async () => {
    await begin()
    open('topic')
    render(<Guide />)
    const chart = await screen.findByRole('list', { name: '办理流程' })
    const steps = within(chart).getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(steps.map((text) => text!.replace(/.*在|之后/g, ''))).toEqual([
      '提交申请填一张表交一套材料', '提交申请', '受理', '出生医学证明', '出生医学证明',
      '出生登记（上户口）', '出生登记（上户口）', '居民医保参保',
      '预防接种证、社会保障卡、居民医保缴费',
    ])
  })

  it('starts, and offers to go on where something was filled in (U16)', async () => {
    open('topic')
    render(<Guide />)
    expect(await screen.findByRole('button', { name: '开始办理' })).toBeTruthy()
    answer(topic.id, { who: 'mother' })
    await userEvent.click(await screen.findByRole('button', { name: '继续填写' }))
    expect(phone.pages[phone.pages.length - 1]).toBe('/pages/questions/index?topic=newborn')
  })
})

describe('the full guide', () => {
  it('tells every item and material of the topic without a network, under its own headings', async () => {
    open('guide')
    render(<FullGuide />)
    await screen.findByRole('heading', { name: `${topic.title}办事指南` })
    const told = async (section: RegExp, names: readonly string[]) => {
      await tap(section)
      const headings = screen.getAllByRole('heading').map(({ textContent }) => textContent)
      for (const name of names) {
        expect(headings.some((text) => text!.includes(name)), name).toBe(true)
      }
    }
    await told(/^办理事项/, topic.items.map(({ name }) => name))
    await told(/^申请材料/, topic.materials.map(({ name }) => name))
    expect(screen.queryByRole('button', { name: '看所有情况的指南' })).toBeNull()
  })

  it('is one’s own once something was answered, and the whole one at a tap', async () => {
    await begin()
    open('guide')
    render(<FullGuide />)
    await screen.findByRole('heading', { name: '您的情况' })
    await tap(/^申请材料/)
    expect(screen.queryByText(/非婚生育说明/)).toBeNull()
    await tap('看所有情况的指南')
    await tap(/^申请材料/)
    expect(screen.getAllByText(/非婚生育说明/).length).toBeGreaterThan(0)
  })
})

describe('the questions', () => {
  it('cannot be skipped, keep their answers on the way back, and end in a summary', async () => {
    open('questions')
    render(<Questions />)
    await screen.findByRole('heading', { name: topic.questions[0]!.ask })
    expect(screen.queryByRole('button', { name: '继续' })).toBeNull()
    await tap(/^母亲/)
    expect(screen.getByRole('heading', { name: topic.questions[1]!.ask })).toBeTruthy()
    expect(body().answers).toEqual({ who: 'mother' })
  })

  it('says plainly where to go when this thing cannot be done here', async () => {
    await begin({ who: 'mother', place: 'away' })
    open('questions')
    render(<Questions />)
    await screen.findByRole('heading', { name: '出生医学证明领到了吗？' })
    await tap(/^还没有/)
    expect(screen.getByRole('heading', { name: '请先在出生的医院领出生医学证明' })).toBeTruthy()
    await tap('返回修改情况')
    expect(screen.queryByRole('heading', { name: '请先在出生的医院领出生医学证明' })).toBeNull()
  })

  it('changes one answer and returns to the summary', async () => {
    await begin()
    open('questions')
    render(<Questions />)
    await tap('修改：要在喀什给孩子参加居民医保吗？')
    expect(screen.getByRole('button', { name: '要，已选' })).toBeTruthy()
    await tap(/^不用/)
    expect(screen.getByRole('heading', { name: '核对您的情况' })).toBeTruthy()
    await tap('查看一次告知单')
    expect(phone.pages[phone.pages.length - 1]).toBe('/pages/notice/index?topic=newborn')
  })
})

describe('the notice', () => {
  const plan = makePlan(topic, { answers: ANSWERS, form: {} })
  const blocks = noticeBlocks(topic, plan, {
    place: '喀什市', day: '2026年11月23日', seasons: [],
  })

  it('lists every item and binds the departments', async () => {
    await begin()
    open('notice')
    render(<NoticePage />)
    const text = document.body.textContent
    plan.items.forEach(({ item }) => expect(text).toContain(item.name))
    expect(text).toContain('本单以外不再要求提供其他材料')
    await tap('看明白了，开始填写')
    expect(phone.pages[phone.pages.length - 1]).toBe('/pages/form/index?topic=newborn')
  })

  it('is laid out as a picture with every word of it, line under line, inside the paper', () => {
    const widthOf = (text: string, size: number) => Array.from(text).length * size
    const { width, height, marks } = layOut(blocks, widthOf)
    const told = blocks.map((one) =>
      (one.is === 'entry' ? one.title + one.lines.join('') : one.text))
    expect(marks.map(({ text }) => text).join('')).toBe(told.join(''))
    marks.forEach(({ text, size, x }) => expect(x + widthOf(text, size)).toBeLessThanOrEqual(width))
    expect(marks.every(({ y }, n) => n === 0 || y > marks[n - 1]!.y)).toBe(true)
    expect(marks[marks.length - 1]!.y).toBeLessThan(height)
  })
})

describe('the form', () => {
  const show = async (answers = ANSWERS, params = {}) => {
    beginSession(SESSION)
    await begin(answers)
    open('form', params)
    render(<Form />)
  }

  it('asks at most five things a page, each once, no heading twice (U1, U2, U5)', async () => {
    await begin()
    const typed: Record<string, string>[] = [{}, { 'mother.idType': '111', 'father.idType': '414' }]
    for (const values of typed) {
      fill(topic.id, values)
      const { pages, plan } = fillingOf(topic, draftOf(topic.id)!)
      const keys = pages.flatMap(({ fields }) => fields.map(({ key }) => key))
      expect(Math.max(...pages.map(({ fields }) => fields.length))).toBeLessThanOrEqual(5)
      const asked = plan.form.filter(({ certain }) => certain).map(({ key }) => key)
      expect([...keys].sort()).toEqual([...asked].sort())
      expect(new Set(pages.map(({ title }) => title)).size).toBe(pages.length)
    }
  })

  it('checks at 继续, never before; keeps what was typed; title says 错误 (U12)', async () => {
    await show()
    const place = screen.getByRole('textbox', { name: '出生地点' })
    await userEvent.type(place, '喀什地区第一人民医院')
    await userEvent.tab()
    expect(screen.queryByRole('alert')).toBeNull()
    await tap('继续')
    const summary = screen.getByRole('alert')
    expect(within(summary).getByText('请填写孩子的姓名。')).toBeTruthy()
    expect(screen.getAllByText('请填写孩子的姓名。')).toHaveLength(2)
    expect(place).toHaveProperty('value', '喀什地区第一人民医院')
    expect(phone.title).toBe('错误：孩子信息（1/3）')
  })

  it('writes values the normal way when the page is left (U14)', async () => {
    await show(ANSWERS, { field: 'mother.phone' })
    await userEvent.type(screen.getByRole('textbox', { name: '手机号' }), '１３９ 0000-0001')
    fill(topic.id, {
      'mother.nationality': 'CHN', 'mother.ethnicity': '05',
      'mother.hukouAddress': '喀什市样例路 1 号', 'mother.homeAddress': '喀什市样例路 1 号',
    })
    await tap('继续')
    expect(body().form['mother.phone']).toBe('13900000001')
  })

  it('inserts the dot of a name with one tap', async () => {
    await show()
    await userEvent.type(screen.getByRole('textbox', { name: '姓名' }), '艾克拜尔')
    await tap('在孩子姓名后面加间隔号“·”')
    expect(body().form['child.name']).toBe('艾克拜尔·')
  })

  it('shows a field the moment another makes it needed, on the same page', async () => {
    await show(ANSWERS, { page: 'mother-1' })
    expect(screen.queryByRole('textbox', { name: '身份证号' })).toBeNull()
    await pick(/^居民身份证/)
    expect(screen.getByRole('textbox', { name: '身份证号' })).toBeTruthy()
    expect(screen.queryByRole('textbox', { name: '证件号码' })).toBeNull()
  })

  it('marks what data share filled in, and says how much of it to check', async () => {
    setShared({ certificates: [], known: {} })
    beginSession(SESSION)
    setShared({ certificates: [], known: { me: { name: '阿依努尔·样例', phone: '13900000001' } } })
    await begin()
    open('form')
    render(<Form />)
    expect(await screen.findByText('已为您从电子证照带出 2 项，在后面，填到时请核对')).toBeTruthy()
  })

  it('says while data share is asked that it may fill more, and goes on without it', async () => {
    beginSession(SESSION)
    await begin()
    let lose = () => {}
    phone.answer = ({ url }) => new Promise((_, reject) => {
      const gone = () => reject({ errMsg: 'request:fail the network is gone' })
      if (/certificates/.test(url)) lose = gone
      else gone()
    })
    open('form')
    render(<Form />)
    expect(await screen.findByText('正在为您查电子证照，查到的会自动填好')).toBeTruthy()
    lose()
    expect(await screen.findByText('暂时没能取到电子证照')).toBeTruthy()
    expect(screen.queryByText(/^正在为您查/)).toBeNull()
  })

  it('comes back to where one came from after one change (U8)', async () => {
    phone.pages = ['/pages/check/index', '/pages/form/index']
    await show(ANSWERS, { field: 'child.name', from: 'check' })
    expect(screen.getByRole('button', { name: '保存修改' })).toBeTruthy()
  })

  it('sends whoever is not signed in to the login and back', async () => {
    await begin()
    open('form')
    render(<Form />)
    await waitFor(() => expect(phone.pages[phone.pages.length - 1])
      .toBe('/pages/login/index?topic=newborn&next=form'))
  })
})

describe('the materials', () => {
  const photo = (name: string) => ({ bytes: new ArrayBuffer(4), sha256: 'a'.repeat(64), name })
  const shotAt = (place: number) => ({
    topicId: topic.id, key: 'mother.id-card', place, thumbnail: 'x.jpg',
    photo: photo(`${place}.jpg`),
  })
  const show = async () => {
    beginSession(SESSION)
    setShared({
      certificates: [{
        id: 'cert-1', type: 'household-register', name: '居民户口簿', number: '****0001',
        holder: 'me', holderName: '阿依努尔·样例', issuer: '喀什市公安局', issuedOn: '2020-01-01',
        validUntil: null, people: {},
      }],
      known: {},
    })
    await begin()
    open('materials')
    render(<App><Materials /></App>)
  }

  it('takes an e-certificate instead of a photo, and gives it back on request', async () => {
    await show()
    expect(await screen.findByText('已用电子证照，无需拍照')).toBeTruthy()
    expect(body().materials['mother.household-register']).toEqual({
      by: 'certificate', certificateId: 'cert-1',
    })
    await tap('母亲的居民户口簿改为拍照')
    expect(body().materials['mother.household-register']).toBeUndefined()
    await tap('改用电子证照，不用拍')
    expect(screen.getByText('已用电子证照，无需拍照')).toBeTruthy()
  })

  it('names what is missing at 继续, and lets one declare', async () => {
    await show()
    await tap('继续')
    expect(screen.getByRole('alert').textContent).toContain('请提供母亲的《居民身份证》。')
    await userEvent.click(screen.getByRole('checkbox', { name: /我是孩子的监护人/ }))
    expect(body().materials['mother.guardian-declaration']).toEqual({ by: 'declaration' })
    expect(screen.getByRole('alert').textContent).not.toContain('监护人代办声明')
  })

  /** The platform can be reached, and answers uploads so. */
  const uploadsMeet = (answer: typeof phone.answer) => {
    phone.answer = async (call) => (call.url.endsWith('/materials') && call.method === 'POST'
      ? answer(call)
      : { statusCode: 404, data: { code: 'NOT_FOUND', detail: {} } })
  }

  it('keeps the photos that did not go up, each with its own 重试 (U20)', async () => {
    uploadsMeet(async () => { throw { errMsg: 'request:fail' } })
    await show()
    addShot(shotAt(0))
    addShot(shotAt(1))
    expect(await screen.findAllByText('没有连上，请点“重试”。')).toHaveLength(2)
    expect(screen.getAllByRole('button', { name: /^重新上传母亲的居民身份证/ })).toHaveLength(2)
    await tap('继续')
    expect(screen.getByRole('alert').textContent).toContain('《居民身份证》有照片没传上')
    await tap('删除母亲的居民身份证 人像面')
    expect(screen.getByRole('button', { name: '拍照：母亲的居民身份证 人像面' })).toBeTruthy()
    expect(screen.getByRole('button', { name: '删除母亲的居民身份证 国徽面' })).toBeTruthy()
  })

  it('holds photos back while nothing can be reached, and sends them once something can', async () => {
    await show()
    expect(await screen.findByText(/^网络不通/)).toBeTruthy()
    addShot(shotAt(0))
    addShot(shotAt(1))
    expect(await screen.findAllByText('等待上传')).toHaveLength(2)
    let uploads = 0
    uploadsMeet(async () => {
      uploads += 1
      const id = `00000000-0000-4000-8000-00000000000${uploads}`
      return { statusCode: 200, data: { chunkBytes: 1, chunks: 0, received: [], id, state: 'ready', name: '' } }
    })
    act(() => phone.connect(true))
    expect(await screen.findAllByText('已上传')).toHaveLength(2)
    expect(screen.queryByText(/^网络不通/)).toBeNull()
    expect(body().materials['mother.id-card']).toMatchObject({ by: 'photos', ids: { length: 2 } })
  })

  it('never lets the second side take the place of the first', async () => {
    const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
    let uploads = 0
    uploadsMeet(async () => {
      uploads += 1
      const chunks = { chunkBytes: 1, chunks: 0, received: [] }
      return { statusCode: 200, data: { ...chunks, id: id(uploads), state: 'ready', name: '' } }
    })
    await show()
    addShot(shotAt(1))
    await waitFor(() => expect(screen.getByText('已上传')).toBeTruthy())
    expect(body().materials['mother.id-card']).toBeUndefined()
    addShot(shotAt(0))
    await waitFor(() => expect(body().materials['mother.id-card'])
      .toEqual({ by: 'photos', ids: [id(2), id(1)] }))
    removeShot({ topicId: topic.id, key: 'mother.id-card', place: 0 }, 2)
    expect(body().materials['mother.id-card']).toBeUndefined()
  })
})

describe('coming in', () => {
  it('asks for phone and code with one message each (U13)', async () => {
    open('login')
    render(<Login />)
    await userEvent.type(screen.getByRole('textbox', { name: '手机号' }), '139')
    await tap('登录')
    const summary = screen.getByRole('alert').textContent
    expect(summary).toContain('手机号应为 11 位，请核对。')
    expect(summary).toContain('请先获取验证码。')
  })

  it('says what became of what was filled in when the server is out of reach (U15)', async () => {
    open('login')
    render(<Login />)
    await userEvent.type(screen.getByRole('textbox', { name: '手机号' }), '139 0000 0001')
    await tap('获取验证码')
    expect((await screen.findByRole('alert')).textContent).toContain('现在没有网络')
  })

  it('checks an ID number before asking anybody', async () => {
    beginSession({ ...SESSION, me: { ...SESSION.me, verified: false } })
    open('identity', { next: 'form' })
    render(<Identity />)
    await userEvent.type(screen.getByRole('textbox', { name: '姓名' }), '阿依努尔·样例')
    await userEvent.type(screen.getByRole('textbox', { name: '身份证号' }), '653101199602140009')
    await tap('核验身份')
    expect(screen.getByRole('alert').textContent).toContain('最后一位对不上')
  })
})
