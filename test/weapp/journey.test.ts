/**
 * The compiled mini-program on the product as `npm start` brings it up: a birth from the home page
 * to the rating, with the app killed on the way. Needs `npm run build:weapp` first.
 */
import { describe, expect, it } from 'vitest'
import { tellDepartment } from '../journeys/product'
import { ANSWERS, FORM, REYHAN } from './births'
import type { Phone } from './phone'
import { product, usePhones } from './phones'
import {
  fillForm, headed, onPage, pickNamed, photographAll, reachForm, says, shoot, sign, tickAll,
  waitForPhotos,
} from './walk'

const phones = usePhones()
const department = (behaviour: object) => tellDepartment(product(), 'public-security', behaviour)

/** Starts the app anew at each page, as from a message or a bookmark, on a signed-in phone. */
async function startAt(pages: readonly string[], of: Phone, params: string): Promise<void> {
  phones.report(`--- opened cold: ${params.split('=')[0]}`)
  for (const name of pages) {
    const phone = phones.take(of.kept())
    await phone.launch(`pages/${name}/index?topic=newborn&${params}`)
    await phone.until(() => !/正在加载/.test(phone.words()), `${name} loaded`)
    await phone.settle()
    expect(phone.top.route, 'stays where it started').toBe(`pages/${name}/index`)
    expect(phone.words(), name).not.toMatch(/暂时打不开/)
    phones.report(phone.top)
    phone.close()
  }
}

/** From the home page to the signature, on a phone without anything. */
async function fillInAll(phone: Phone): Promise<void> {
  await reachForm(phone, { title: '新生儿出生', answers: ANSWERS, person: REYHAN })
  await headed(phone, /孩子信息/)
  expect(await fillForm(phone, FORM)).toBeGreaterThan(3)
  expect(await photographAll(phone, 500)).toBeGreaterThanOrEqual(7)
  await tickAll(phone)
  await phone.tap('继续')
  await headed(phone, '核对填写的内容')
  await phone.tap('确认无误，去签名')
  await headed(phone, '签名并提交')
}

/** One department asks for one photo again; it is retaken, and nothing else can be changed. */
async function correct(phone: Phone): Promise<void> {
  await says(phone, /需要您补正/, 60_000)
  await department({ then: 'approve' })
  await phone.tap('去补正')
  await says(phone, /国徽面反光/)
  for (const [n, side] of ['人像面', '国徽面'].entries()) {
    await shoot(phone, `父亲的居民身份证 ${side}`, 700 + n)
  }
  await waitForPhotos(phone)
  await phone.tap('提交补正')
  await onPage(phone, 'case')
}

/** Until every department has answered; then one result is looked at. */
async function seeResults(phone: Phone): Promise<void> {
  await says(phone, /已全部办完/, 120_000)
  await phone.tap(/^查看/)
  await onPage(phone, 'result')
  await says(phone, /核验码/)
  await phone.tap('复制核验链接')
  expect(phone.world.clipboard[0]).toMatch(/\/pages\/verify\/index\?code=/)
  await phone.back()
  await onPage(phone, 'case')
}

describe('a birth in the compiled mini-program', () => {
  it('goes from the home page to the rating, the app killed on the way', async () => {
    const phone = phones.take()
    await phone.launch()
    await fillInAll(phone)
    phone.pages.forEach((page) => phones.report(page))
    await phone.settle(2000) // longer than a draft waits before it is saved
    phone.close()

    const draftPages = ['topic', 'questions', 'notice', 'form', 'materials', 'check', 'sign']
    await startAt(draftPages, phone, '')
    await department({
      itemId: 'birth-registration', then: 'correct', delayMs: 200,
      asks: [{ kind: 'material', key: 'father.id-card', reason: '国徽面反光，看不清有效期' }],
    })
    const later = phones.take(phone.kept())
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

    const { id } = later.top.methods.options as { id: string } // a page's parameters
    await later.tap('查看办理进度')
    await onPage(later, 'case')
    await correct(later)
    await seeResults(later)
    await later.tap(/确认收到/)
    await later.tap('评价这次办理')
    await pickNamed(later, /非常满意/)
    await later.tap('提交评价')
    await headed(later, '谢谢您的评价')
    phones.report('--- from the signature to the rating')
    later.pages.forEach((page) => phones.report(page))

    const casePages = ['home', 'receipt', 'case', 'cases', 'messages', 'settings', 'rating']
    await startAt(casePages, later, `id=${id}`)
  })
})
