/** A citizen with a phone of their own, and the invented people of the journeys. */
import type { Browser, Page } from 'playwright-core'
import { shanghaiDate } from '../../core/clock'
import { demoPeople } from '../../mock/people'
import { countEffort } from './counting'
import { type Started, phone } from './product'
import {
  type Answers, type Person, answerQuestions, fromSms, proveIdentity, says, seen, sign, signIn,
  heading, tap, tickAll,
} from './walk'

export const today = shanghaiDate(new Date().toISOString())
const people = demoPeople(today)

/** One of the demo people, by phone. */
export function demo(number: string): Person {
  const person = people.find((one) => one.phone === number)
  if (!person) throw new Error(`no demo person has ${number}`)
  return person
}

export interface Travel {
  browser: Browser
  product: Started
  /** errors of the pages' own, which no journey may meet */
  faults: string[]
}

/** A phone of one's own, on the home page. */
export async function newPhone({ browser, product, faults }: Travel, at = '/'): Promise<Page> {
  const context = await phone(browser, product.url)
  context.setDefaultTimeout(30_000)
  await countEffort(context)
  const page = await context.newPage()
  page.on('pageerror', ({ message }) => faults.push(message))
  await page.goto(at)
  return page
}

export interface Matter {
  title: string
  answers: Answers
}

/** Questions, sign-in and real-name check: the form is next. */
export async function begin(travel: Travel, person: Person, matter: Matter): Promise<Page> {
  const page = await newPhone(travel)
  await startForm(page, travel.product, person, matter)
  return page
}

/** From the home page in sight to the form. */
export async function startForm(
  page: Page,
  product: Started,
  person: Person,
  { title, answers }: Matter,
): Promise<void> {
  await answerQuestions(page, title, answers)
  await tap(page, /开始填写/)
  await signIn(page, product, person)
  await proveIdentity(page, person)
}

/** Invites who else must sign; each signs on a phone and an account of their own. */
export async function inviteAll(
  travel: Travel,
  page: Page,
  signers: readonly Person[],
): Promise<void> {
  await seen(heading(page, '请其他人签名'))
  await tap(page, '发短信邀请签名')
  await says(page, /等.*签名后才能提交/)
  for (const signer of signers) {
    const { phone: number } = signer
    const link = await fromSms(travel.product, number, /(\/pages\/countersign\/\S+)/)
    const own = await newPhone(travel, link)
    await signIn(own, travel.product, signer)
    await proveIdentity(own, signer)
    await seen(heading(own, '请您签名'))
    await says(own, '各部门办什么，会收到您的什么')
    await tickAll(own)
    await sign(own, '您的手写签名')
    await tap(own, '签署')
    await says(own, '您已经签名')
    await own.context().close()
  }
  await tap(page, '看看签了没有')
  await tap(page, '都签好了，去提交')
}
