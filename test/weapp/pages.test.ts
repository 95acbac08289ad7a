/** Every page of the compiled mini-program by itself: opened by a link, a bookmark, a message. */
import { describe, expect, it } from 'vitest'
import { product, usePhones } from './phones'
import { headed, onPage, signIn } from './walk'
import { AYNUR } from './births'

const phones = usePhones()
const PARAMS = 'topic=newborn&id=00000000-0000-7000-8000-000000000000&code=AAAA'

describe('each page of the compiled mini-program', () => {
  it.each([['with parameters', PARAMS], ['without', '']])(
    'opens for a stranger, %s', async (_name, params) => {
      for (const page of phones.take().manifest()) {
        const phone = phones.take()
        await phone.launch(`${page}?${params}`)
        expect(phone.faults, page).toEqual([])
        expect(phone.words().length, `${page} says something`).toBeGreaterThan(3)
        phone.close()
      }
    })

  it('opens for a person who is signed in, in standard and in elder mode', async () => {
    const signing = phones.take()
    await signing.launch('pages/login/index?next=cases')
    await signIn(signing, product(), AYNUR)
    await signing.until(() => signing.heading() !== '登录', 'signed in')
    const kept = signing.kept()
    for (const page of signing.manifest()) {
      const phone = phones.take(kept)
      await phone.launch(`${page}?${PARAMS}`)
      phone.view()
      phones.report(phone.top)
      phone.close()
    }
  })

  it('tells whoever comes to a page that is not there', async () => {
    const phone = phones.take()
    await phone.launch('pages/nowhere/index')
    await onPage(phone, 'not-found')
  })

  it('signs in with one tap, by the code WeChat gives', async () => {
    const phone = phones.take()
    await phone.launch('pages/login/index?next=cases')
    await phone.tap('微信登录')
    await headed(phone, /实名/)
  })
})
