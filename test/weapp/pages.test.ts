/** Every page of the compiled mini-program by itself: opened by a link, a bookmark, a message. */
import { describe, expect, it } from 'vitest'
import type { Home } from '../../core/contract/home'
import { demo } from '../journeys/traveller'
import { keepDraft } from './drafts'
import type { Phone } from './phone'
import { product, usePhones } from './phones'
import { hasClass } from './view'
import type { Kept } from './wx'
import { headed, onPage, says, setElder, signedInAs } from './walk'

const phones = usePhones()
const NOBODY = '00000000-0000-7000-8000-000000000000'
const PARAMS = `topic=newborn&id=${NOBODY}&code=AAAA`
const DILNUR = demo('13900000013')
/** of a list that has no end */
const MANY_ROWS = 100

/** Opens the app at an address and waits until it stands there. */
async function open(url: string, left?: Kept): Promise<Phone> {
  const phone = phones.take(left)
  await phone.launch(url)
  await phone.until(() => !/正在加载/.test(phone.words()), `${url} loaded`)
  expect(phone.words().length, `${url} says something`).toBeGreaterThan(3)
  return phone
}

let known: Promise<Kept> | undefined

/** A phone on which a person is signed in and known by name. */
function signedIn(): Promise<Kept> {
  known ??= signedInAs(phones.take(), DILNUR)
  return known
}

describe('each page of the compiled mini-program', () => {
  it.each([['with parameters', PARAMS], ['without', '']])(
    'opens for a stranger, %s', async (_name, params) => {
      for (const page of phones.take().manifest()) (await open(`${page}?${params}`)).close()
    })

  it('opens for a person who is signed in, in standard and in elder mode', async () => {
    const kept = await signedIn()
    for (const page of phones.take().manifest()) {
      const phone = await open(`${page}?${PARAMS}`, kept)
      await phone.settle()
      phones.report(phone.top)
      phone.close()
    }
    const settings = await open('pages/settings/index', kept)
    await setElder(settings)
    await settings.settle()
    for (const page of settings.manifest()) {
      (await open(`${page}?${PARAMS}`, settings.kept())).close()
    }
  })

  it('bears every topic, its lists full', async () => {
    const kept = await signedIn()
    const { topics } = await (await fetch(`${product().url}/v1/home`)).json() as Home
    for (const { id } of topics) {
      await keepDraft(kept, { topicId: id, mostRows: MANY_ROWS })
      for (const page of ['topic', 'guide', 'notice', 'form', 'materials', 'check']) {
        const phone = await open(`pages/${page}/index?topic=${id}`, kept)
        await phone.settle()
        expect(phone.words(), `${page} of ${id}`).not.toMatch(/暂时打不开|没有找到/)
        phones.report(phone.top)
        phone.close()
      }
    }
  })

  it('opens on a base library that tells of itself by one call only', async () => {
    const older = phones.take(undefined, ['getAppBaseInfo', 'getWindowInfo', 'getDeviceInfo'])
    await older.launch('pages/topic/index?topic=newborn')
    await headed(older, '新生儿出生')
    expect(older.find((node) => hasClass(node, 'flow-box')), 'the flow chart').toBeDefined()
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
    await says(phone, /姓名/)
  })
})
