/** 长辈版 in the compiled mini-program: one thing a screen, a person to call on every page. */
import { describe, expect, it } from 'vitest'
import { ANSWERS, AYNUR, AYNURS_FORM } from './births'
import { usePhones } from './phones'
import {
  askedFields, fillForm, headed, onPage, reachForm, says, setElder,
} from './walk'

const phones = usePhones()

describe('the mini-program in 长辈版', () => {
  it('asks one thing a screen, from the settings to the materials', async () => {
    const phone = phones.take()
    await phone.launch()
    await phone.tap('我的')
    await onPage(phone, 'settings')
    await setElder(phone)
    await phone.tap('首页')
    await onPage(phone, 'home')
    await phone.tap(/^打电话问人/)
    expect(phone.world.dialled).toHaveLength(1)
    await reachForm(phone, { title: '新生儿出生', answers: ANSWERS, person: AYNUR })
    await headed(phone, /孩子/)
    const asked: number[] = []
    const pages = await fillForm(phone, AYNURS_FORM, () => asked.push(askedFields(phone).size))
    expect(pages).toBeGreaterThan(10)
    expect(asked.filter((fields) => fields !== 1), asked.join()).toEqual([])
    await says(phone, /打电话问人/)
  })
})
