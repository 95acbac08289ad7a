/** What a person may refuse, and how they go on without it. */
import { describe, expect, it } from 'vitest'
import { demo } from '../journeys/traveller'
import { keepDraft } from './drafts'
import type { Phone } from './phone'
import { product, usePhones } from './phones'
import { headed, nextPlace, onPage, openCamera, says, shoot, signIn, signedInAs } from './walk'

const phones = usePhones()
const PERSON = demo('13900000014')

/** A phone on the page of materials, nothing photographed yet. */
async function atMaterials(): Promise<{ phone: Phone; place: string }> {
  const kept = await signedInAs(phones.take(), PERSON)
  await keepDraft(kept, { topicId: 'newborn' })
  const phone = phones.take(kept)
  await phone.launch('pages/materials/index?topic=newborn')
  await headed(phone, '准备材料')
  const place = nextPlace(phone)
  if (!place) throw new Error('nothing is to be photographed')
  return { phone, place }
}

describe('what WeChat asks before the app may use something', () => {
  it('explains itself before the first photo; whoever refuses goes on another way', async () => {
    const { phone, place } = await atMaterials()
    await openCamera(phone, place)
    await says(phone, /隐私保护指引/)
    await phone.tap(/看《.*指引》/)
    expect(phone.world.opened).toEqual(['privacy-contract'])
    await phone.tap('不同意')
    await says(phone, /没有同意也能办/)
    await phone.tap(/大厅窗口/)
    await onPage(phone, 'halls')
    await phone.back()
    expect(phone.words(), 'read once').not.toMatch(/没有同意也能办/)

    await shoot(phone, place, 900) // asked again, now agrees
    expect(phone.world.consent.privacy).toBe(true)

    phone.world.consent.refused.add('scope.camera')
    const next = nextPlace(phone) ?? ''
    await openCamera(phone, next)
    await says(phone, /还不能用相机/)
    await phone.tap('去设置')
    expect(phone.world.opened).toContain('setting')
    phone.world.consent.refused.clear()
    await shoot(phone, next, 901)

    phone.world.consent.refused.add('scope.writePhotosAlbum')
    const notice = phones.take(phone.kept())
    await notice.launch('pages/notice/index?topic=newborn')
    await headed(notice, '一次告知单')
    await notice.tap('把告知单存成图片')
    await says(notice, /还不能用相册/)
    await notice.tap(/代办/)
    await onPage(notice, 'help')
  })

  it('signs in by phone where WeChat gives no code', async () => {
    const phone = phones.take()
    phone.world.loginFails = true
    await phone.launch('pages/login/index?next=cases')
    await phone.tap('微信登录')
    await says(phone, /微信登录这会儿用不了/)
    await signIn(phone, product(), demo('13900000015'))
    await headed(phone, /实名/)
  })
})
