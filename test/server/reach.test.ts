/** 消息: the app, SMS and WeChat side by side; what was allowed is used, what was refused is kept. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Preferences } from '../../core/contract/me'
import type { WechatKind } from '../../core/message-kinds'
import { MESSAGE_SMS, messageSmsHandler } from '../../server/messages/sms'
import { MESSAGE_WECHAT, messageWechatHandler } from '../../server/messages/wechat'
import { runOutbox } from '../../server/outbox/worker'
import { act, ok, startTrial, submit, trialBody } from './fixtures/filing'
import type { SignedIn } from './harness'

const h = await startTrial()
const clerk = await h.window()

const consent = (who: SignedIn, accepted: WechatKind[], code = 'demo-code') => h.call(who, {
  method: 'POST', url: '/v1/me/wechat-consent', payload: { code, accepted },
})
const choices = async (who: SignedIn) =>
  (await h.call(who, { method: 'GET', url: '/v1/me/preferences' })).json<Preferences>().wechat
const handlers = {
  [MESSAGE_SMS]: messageSmsHandler(h.platform), [MESSAGE_WECHAT]: messageWechatHandler(h.platform),
}
/** The SMS jobs pass on to WeChat, so there are two rounds. */
async function deliver() {
  await h.deliver(handlers)
  await h.deliver(handlers)
}
const toldTo = (openId: string) => h.world.wechat.filter((one) => one.openId === openId)

async function file(who: SignedIn) {
  return ok(await submit(h, who, await trialBody(h, who)))
}

describe('WeChat beside SMS and the app', () => {
  it('brings one message for each consent, of its kind only, and leads to the case', async () => {
    const who = await h.citizen()
    const before = await choices(who)
    expect(before.templates).toEqual({
      legal: 'demo-legal', progress: 'demo-progress', reminder: 'demo-reminder',
    })
    expect((await consent(who, ['progress'], 'demo-one')).statusCode).toBe(200)
    const view = await file(who)
    await deliver()
    expect(toldTo('open-demo-one')).toEqual([{
      openId: 'open-demo-one', template: 'demo-progress', page: `pages/case/index?id=${view.id}`,
      data: { thing1: '已提交', thing2: expect.any(String), time3: '2026-11-23 10:00' },
    }])
    expect((await choices(who)).left.progress).toBe(0)
    ok(await act(h, clerk, view.id, { do: 'accept' }))
    await deliver()
    expect(toldTo('open-demo-one')).toHaveLength(1)
    const sms = h.world.sms.filter(({ phone }) => phone === who.phone).map(({ text }) => text)
    expect(sms.filter((text) => text.includes(view.number))).toHaveLength(2)
  })

  it('says nothing personal, and adds consents up', async () => {
    const who = await h.citizen()
    await consent(who, ['progress', 'legal'], 'demo-two')
    await consent(who, ['progress'], 'demo-two')
    expect((await choices(who)).left).toEqual({ legal: 1, progress: 2, reminder: 0 })
    await file(who)
    await file(who)
    await deliver()
    const told = JSON.stringify(toldTo('open-demo-two'))
    expect(toldTo('open-demo-two')).toHaveLength(2)
    expect(told).not.toMatch(/阿依努尔|迪丽娜尔|653121|138/)
  })

  it('tries again while WeChat is down, and does without once WeChat knows of no consent', async () => {
    const who = await h.citizen()
    await consent(who, ['progress', 'legal'], 'demo-three')
    h.world.down.add('wechat')
    const view = await file(who)
    await h.deliver({ [MESSAGE_SMS]: handlers[MESSAGE_SMS] })
    await expect(h.deliver(handlers)).rejects.toThrow('WeChat refused')
    expect((await choices(who)).left.progress).toBe(1)
    h.world.down.delete('wechat')
    await deliver()
    expect(toldTo('open-demo-three')).toHaveLength(1)

    h.world.forgetful.add('open-demo-three')
    ok(await act(h, clerk, view.id, { do: 'refuse', reason: '不归这里办', remedy: '可以复议。' }))
    await deliver()
    expect(toldTo('open-demo-three')).toHaveLength(1)
    expect((await choices(who)).left.legal).toBe(0)
  })

  it('remembers a no, and takes a later yes', async () => {
    const who = await h.citizen()
    expect((await consent(who, [])).json<Preferences>().wechat.refused).toBe(true)
    h.world.down.add('wechat')
    expect((await choices(who)).refused).toBe(true)
    h.world.down.delete('wechat')
    expect((await consent(who, ['legal'])).json<Preferences>().wechat)
      .toMatchObject({ refused: false, left: { legal: 1 } })
  })

  it('forgets the consents to one WeChat when another one is used', async () => {
    const who = await h.citizen()
    await consent(who, ['legal', 'progress'], 'demo-old')
    await consent(who, ['progress'], 'demo-new')
    expect((await choices(who)).left).toEqual({ legal: 0, progress: 1, reminder: 0 })
    await file(who)
    await deliver()
    expect([toldTo('open-demo-old'), toldTo('open-demo-new')].map(({ length }) => length))
      .toEqual([0, 1])
  })

  it('goes with the account', async () => {
    const who = await h.citizen()
    await consent(who, ['progress'], 'demo-gone')
    await h.asOwner('update sessions set confirmed_at = $1 where person_id = $2', [h.clock.now, who.id])
    expect((await h.call(who, { method: 'DELETE', url: '/v1/me' })).statusCode).toBe(200)
    const rows = await h.asOwner(
      'select person_id from wechat_reach where person_id = $1', [who.id])
    expect(rows).toEqual([])
  })
})

describe('what happens to a case (U23)', () => {
  it('reaches phone and WeChat within 60 s, by the real outbox', async () => {
    const who = await h.citizen()
    await consent(who, ['progress'], 'demo-fast')
    const view = await file(who)
    await deliver()
    await consent(who, ['progress'], 'demo-fast')
    const { now, log, db } = h.platform
    const outbox = runOutbox({
      database: db, handlers, now, log, random: () => 0.5, pollMs: 1_000,
    })
    const begun = h.clock.now.getTime()
    ok(await act(h, clerk, view.id, { do: 'accept' }))
    const arrived = () => toldTo('open-demo-fast').length === 2 &&
      h.world.sms.some(({ text }) => text.includes(view.number) && text.includes('已受理'))
    // The clock of the case goes on a second a look: what waits for a minute is too late.
    while (!arrived() && h.clock.now.getTime() - begun < 60_000) {
      h.pass(1_000)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await outbox.stop()
    expect(arrived()).toBe(true)
    const messages = (await h.call(who, { method: 'GET', url: '/v1/messages' })).body
    expect(messages).toContain('已受理')
  })
})

describe('a visit at home', () => {
  const ask = (who: SignedIn, visit: object, kind = 'assistance') => h.call(who, {
    method: 'POST', url: '/v1/tickets',
    payload: {
      requestId: randomUUID(), kind, text: '腿脚不方便，想办社保卡', regionCode: '653101',
      about: {}, visit,
    },
  })
  const visit = { day: '2026-11-26', part: 'morning', place: '喀什市样例路 1 号 2 单元 301' }

  it('is told to whoever has it, and sealed in the database', async () => {
    const who = await h.citizen()
    const made = await ask(who, { ...visit, phone: '13900000001' })
    expect(made.statusCode).toBe(201)
    const { id } = made.json<{ id: string }>()
    const seen = await h.call(clerk, { method: 'GET', url: `/v1/tickets/${id}` })
    expect(seen.json<{ visit: object }>().visit).toEqual({ ...visit, phone: '13900000001' })
    const watcher = await h.supervisor('653101')
    const watched = await h.call(watcher, { method: 'GET', url: `/v1/tickets/${id}` })
    expect(watched.json<{ visit: object | null }>().visit).toBeNull()
    const rows = await h.asOwner('select visit_sealed from tickets where id = $1', [id])
    expect(String(rows[0]?.visit_sealed)).not.toContain('样例路')
  })

  it('is for 帮办代办 only, on a working day that can still be kept', async () => {
    const who = await h.citizen()
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-28', '2027-03-01']) {
      expect((await ask(who, { ...visit, day })).statusCode, day).toBe(400)
    }
    expect((await ask(who, visit, 'inquiry')).statusCode).toBe(400)
  })
})

describe('closing an account with a call for help open', () => {
  it('withdraws it, having said so', async () => {
    const who = await h.citizen()
    const made = await h.call(who, {
      method: 'POST', url: '/v1/tickets',
      payload: {
        requestId: randomUUID(), kind: 'inquiry', text: '怎么办？', regionCode: '653101', about: {},
      },
    })
    const { id, number } = made.json<{ id: string; number: string }>()
    const held = await h.call(who, { method: 'GET', url: '/v1/me/holdings' })
    expect(held.json<{ openTickets: object[] }>().openTickets)
      .toEqual([{ id, number, kind: 'inquiry' }])
    await h.asOwner('update sessions set confirmed_at = $1 where person_id = $2', [h.clock.now, who.id])
    expect((await h.call(who, { method: 'DELETE', url: '/v1/me' })).statusCode).toBe(200)
    const rows = await h.asOwner('select state, outcome from tickets where id = $1', [id])
    expect(rows).toEqual([{ state: 'settled', outcome: 'withdrawn' }])
  })
})
