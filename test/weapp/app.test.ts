/**
 * The compiled mini-program on the product as `npm start` brings it up: every page opens, and a
 * birth is filed from the home page to the receipt. Needs `npm run build:weapp` first.
 */
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkDigit11643 } from '../../core/values'
import { type Product, startProduct } from '../journeys/product'
import { smsCode } from '../journeys/walk'
import { costLine } from './counters'
import { type OpenPage, Phone } from './phone'
import type { Kept } from './wx'
import { compileViews, type Draws } from './view'
import {
  type Answers, answerQuestions, fillForm, headed, onPage, photographAll, pickNamed, says, sign,
  tickAll, type,
} from './walk'

const DIST = path.resolve(import.meta.dirname, '../../dist/weapp')
const id = (first17: string) => first17 + checkDigit11643(first17)
const daysAgo = (days: number) =>
  new Date(Date.now() + 8 * 3600_000 - days * 86_400_000).toISOString().slice(0, 10)

const REYHAN = { name: '热依汗·艾山', idNumber: id('65312619970818000'), phone: '13900000006' }

const ANSWERS: Answers = [
  [/什么人/, /^母亲/], [/在哪里出生/, /喀什的医院/], [/出生医学证明领到/, /还没有/],
  [/户口想随谁/, /随母亲/], [/户主是谁/, /父亲或母亲/], [/现在多大/, /不到 1 个月/],
  [/登记结婚/, /^登记了/], [/同一个民族/, /^是/], [/接种证领到/, /还没有/], [/居民医保/, /^要/],
]

const HOME = '新疆叶城县虚构路 8 号'
const parent = (role: string, own: Record<string, string>) => Object.fromEntries(Object.entries({
  idType: '居民身份证', nationality: '中国', ethnicity: '维吾尔族', hukouAddress: HOME,
  homeAddress: HOME, ...own,
}).map(([element, value]) => [`${role}.${element}`, value]))

const FORM: Record<string, string> = {
  'child.name': '艾克拜尔·吐尔洪', 'child.sex': '男', 'child.bornAt': `${daysAgo(9)} 08:20`,
  'child.birthPlace': '叶城县人民医院', 'child.gestationWeeks': '39', 'child.weightGrams': '3350',
  'child.lengthCm': '50', 'child.ethnicity': '维吾尔族', 'child.insuranceRegion': '叶城县',
  'child.bank': '农业银行', 'child.cardDelivery': '窗口',
  ...parent('mother', {
    name: REYHAN.name, idNumber: REYHAN.idNumber, bornOn: '1997-08-18', phone: REYHAN.phone,
  }),
  ...parent('father', {
    name: '吐尔洪·买买提', idNumber: id('65312619950505000'), bornOn: '1995-05-05',
    phone: '13900000009',
  }),
}

let product: Product
let draws: Draws
let phones: Phone[] = []
const figures: string[] = []

function newPhone(left?: Kept): Phone {
  const phone = new Phone({ dist: DIST, server: product.url, draws, left })
  phones.push(phone)
  return phone
}

const figure = ({ route, cost }: OpenPage) => figures.push(costLine(route, cost))

/** Starts the app anew at each page, as from a message or a bookmark, on a signed-in phone. */
async function startAt(pages: readonly string[], of: Phone, caseId = ''): Promise<void> {
  for (const name of pages) {
    const phone = newPhone(of.kept())
    await phone.launch(`pages/${name}/index?topic=newborn&id=${caseId}`)
    await phone.until(() => !/正在加载/.test(phone.words()), `${name} loaded`)
    await phone.settle(1000) // longer than a draft waits before it is saved
    expect(phone.faults, name).toEqual([])
    expect(phone.top.route, 'stays where it started').toBe(`pages/${name}/index`)
    expect(phone.words(), name).not.toMatch(/暂时打不开/)
    figure(phone.top)
    phone.close()
  }
}

async function signIn(phone: Phone): Promise<void> {
  await headed(phone, '登录')
  await type(phone, 'phone', REYHAN.phone)
  await phone.tap('获取验证码')
  await says(phone, /验证码已发到/)
  await type(phone, 'otp', await smsCode(product, REYHAN.phone))
  await phone.tap('登录')
}

const PARAMS = 'topic=newborn&id=00000000-0000-7000-8000-000000000000&code=AAAA'

describe('the compiled mini-program', () => {
  beforeAll(async () => {
    draws = compileViews(DIST)
    product = await startProduct()
  })
  afterEach(() => {
    const faults = phones.flatMap((phone) => [...phone.faults, ...phone.counters.excesses])
    phones.forEach((phone) => phone.close())
    phones = []
    expect(faults).toEqual([])
  })
  afterAll(async () => {
    console.log(figures.join('\n'))
    expect(await product?.stop()).toBe(0)
  })

  it('opens every page of its manifest for a stranger', async () => {
    for (const page of newPhone().manifest()) {
      const phone = newPhone()
      await phone.launch(`${page}?${PARAMS}`)
      expect(phone.faults, page).toEqual([])
      expect(phone.words().length, `${page} says something`).toBeGreaterThan(3)
    }
  })

  it('tells whoever comes to a page that is not there', async () => {
    const phone = newPhone()
    await phone.launch('pages/nowhere/index')
    await onPage(phone, 'not-found')
  })

  it('signs in with one tap, by the code WeChat gives', async () => {
    const phone = newPhone()
    await phone.launch('pages/login/index?next=cases')
    await phone.tap('微信登录')
    await headed(phone, /实名/)
  })

  it('files a birth from the home page to the receipt, the app closed on the way', async () => {
    const phone = newPhone()
    await phone.launch()
    await phone.tap(/新生儿出生/)
    await headed(phone, '新生儿出生')
    await phone.tap('开始办理')
    await answerQuestions(phone, ANSWERS)
    await headed(phone, '核对您的情况')
    await phone.tap('查看一次告知单')
    await headed(phone, '一次告知单')
    await phone.tap(/填写/)
    await signIn(phone)

    await headed(phone, /实名/)
    await type(phone, 'real-name', REYHAN.name)
    await type(phone, 'id-number', REYHAN.idNumber)
    await phone.tap(/核验/)

    await headed(phone, /孩子信息/)
    expect(await fillForm(phone, FORM)).toBeGreaterThan(3)
    expect(await photographAll(phone, 500)).toBeGreaterThanOrEqual(7)
    await tickAll(phone)
    await phone.tap('继续')

    await headed(phone, '核对填写的内容')
    await phone.tap('确认无误，去签名')
    await headed(phone, '签名并提交')

    figures.push('--- the journey')
    phone.pages.forEach((page) => figure(page))
    await phone.settle(2000) // longer than a draft waits before it is saved
    phone.close()

    figures.push('--- opened cold on a draft')
    await startAt(['topic', 'questions', 'notice', 'form', 'materials', 'check', 'sign'], phone)
    const later = newPhone(phone.kept())
    await later.launch('pages/sign/index?topic=newborn')
    await headed(later, '签名并提交')
    await later.settle(1000)
    await tickAll(later)
    await pickNamed(later, /^电子/)
    await sign(later)
    await later.tap('提交申请')
    await headed(later, '申请已提交')
    expect(later.words()).toMatch(/YJS6531\d{2}06\d{8}\d{5}[0-9A-Z]/)
    expect(later.pages, 'back never submits again').toHaveLength(1)

    const { id: caseId } = later.top.methods.options as { id: string } // a page's parameters
    figures.push('--- opened cold on a case')
    await startAt(['home', 'receipt', 'case', 'cases', 'messages', 'settings'], later, caseId)
    await later.tap('查看办理进度')
    await onPage(later, 'case')
    await says(later, /新生儿出生/)
  })
})
