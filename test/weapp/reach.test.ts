/** From the home page to every part of the app, by what can be tapped; nothing is typed in. */
import { describe, expect, it } from 'vitest'
import { demo } from '../journeys/traveller'
import type { Phone } from './phone'
import { usePhones } from './phones'
import { onPage, says, signedInAs } from './walk'

const phones = usePhones()
const LIWEI = demo('13900000008')

type Way = readonly [tap: RegExp, page: string]

/** Each a tap from one page and back again. */
async function look(phone: Phone, ways: readonly Way[]): Promise<void> {
  const from = phone.top.route
  for (const [tap, page] of ways) {
    await phone.tap(tap)
    await onPage(phone, page)
    await phone.settle()
    expect(phone.words(), page).not.toMatch(/暂时打不开/)
    await phone.back()
    expect(phone.top.route, `back from ${page}`).toBe(from)
  }
}

describe('a newcomer who is signed in', () => {
  it('finds every part of the app from its home page', async () => {
    const phone = phones.take(await signedInAs(phones.take(), LIWEI))
    await phone.launch()
    await says(phone, /新生儿出生/)
    await look(phone, [
      [/^想办什么事/, 'find'], [/^发生了什么事/, 'life'], [/新生儿出生/, 'topic'], [/^找人帮忙/, 'help'],
      [/办事大厅在哪里/, 'halls'],
    ])

    await phone.tap(/新生儿出生/)
    await look(phone, [[/^完整办事指南/, 'guide'], [/^开始办理/, 'questions']])
    await phone.back()

    await phone.tap('办件')
    await onPage(phone, 'cases')
    await look(phone, [[/^我的求助/, 'tickets']])
    await phone.tap('消息')
    await onPage(phone, 'messages')
    await look(phone, [[/^通知设置/, 'preferences']])

    await phone.tap('我的')
    await onPage(phone, 'settings')
    await says(phone, /长辈版/)
    await says(phone, /ئۇيغۇرچە/)
    await look(phone, [
      [/^我帮谁办/, 'acting'], [/^请人帮我办/, 'entrust'], [/^我的信息/, 'my-data'],
      [/^谁看过我的信息/, 'access-log'], [/^登录的设备/, 'devices'], [/^通知设置/, 'preferences'],
      [/^我的预约/, 'booking'], [/^公开数据/, 'public-numbers'], [/^更换手机号/, 'change-phone'],
    ])
    await phone.tap(/^我的信息/)
    await onPage(phone, 'my-data')
    await look(phone, [[/^注销账户/, 'close-account']])
  })
})
