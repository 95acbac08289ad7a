/** 长辈版 in the compiled mini-program: one thing a screen, a person to call on every page. */
import { describe, expect, it } from 'vitest'
import { ANSWERS, AYNUR, AYNURS_FORM } from './births'
import { product, usePhones } from './phones'
import {
  answerQuestions, askedFields, begin, fillForm, headed, onPage, proveIdentity, says, setElder,
  signIn,
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
    await begin(phone, '新生儿出生')
    await answerQuestions(phone, ANSWERS)
    await headed(phone, '核对您的情况')
    await phone.tap('查看一次告知单')
    await headed(phone, '一次告知单')
    await phone.tap(/填写/)
    await signIn(phone, product(), AYNUR)
    await proveIdentity(phone, AYNUR)
    await headed(phone, /孩子/)
    const asked: number[] = []
    const pages = await fillForm(phone, AYNURS_FORM, () => asked.push(askedFields(phone).size))
    expect(pages).toBeGreaterThan(10)
    expect(asked.filter((fields) => fields !== 1), asked.join()).toEqual([])
    await says(phone, /打电话问人/)
  })
})
