/** A weak network, a lost answer and an app that is killed: nothing is lost, nothing is double. */
import { describe, expect, it } from 'vitest'
import { demo } from '../journeys/traveller'
import { askAs, keepDraft } from './drafts'
import type { Phone } from './phone'
import { usePhones } from './phones'
import type { Kept } from './wx'
import {
  headed, nextPlace, photographAll, pickNamed, says, shoot, sign, signedInAs, tickAll,
  waitForPhotos,
} from './walk'

const phones = usePhones()
const GULNAR = demo('13900000005')
const isChunk = (path: string) => /^\/v1\/materials\/.*\/chunks\//.test(path)

async function openAt(
  page: string, kept: Kept, trouble?: Phone['world']['trouble'],
): Promise<Phone> {
  const phone = phones.take(kept)
  phone.world.trouble = trouble
  await phone.launch(`pages/${page}/index?topic=newborn`)
  return phone
}

const casesOf = async (kept: Kept) =>
  (await askAs<{ cases: unknown[] }>(kept, '/v1/cases'))?.cases.length ?? 0

async function signAndSend(phone: Phone): Promise<void> {
  await headed(phone, '签名并提交')
  await tickAll(phone)
  await pickNamed(phone, /^电子/)
  await sign(phone)
  await phone.tap('提交申请')
}

describe('on a network that fails', () => {
  it('sends every photo once and files one case, though the app is killed twice', async () => {
    const kept = await signedInAs(phones.take(), GULNAR)
    const { name, idNumber, phone: number } = GULNAR
    const before = await casesOf(kept)
    await keepDraft(kept, {
      topicId: 'newborn',
      form: { 'mother.name': name, 'mother.idNumber': idNumber, 'mother.phone': number },
    })

    // killed in the middle of an upload
    const first = await openAt('materials', kept)
    await headed(first, '准备材料')
    const place = nextPlace(first) ?? ''
    first.world.trouble = ({ path }) => (isChunk(path) ? 'hangs' : undefined)
    await shoot(first, place, 800)
    await first.until(() => first.world.calls.some((call) => /chunks.*hangs/.test(call)), 'sending')
    await new Promise((resolve) => setTimeout(resolve, 1500)) // until the photo lies on the phone
    first.close()

    // the second run: cut off once, slow always
    let cut = false
    const second = await openAt('materials', first.kept(), ({ path }) => {
      if (cut || !isChunk(path)) return { slowMs: 250 }
      cut = true
      return 'cut'
    })
    await headed(second, '准备材料')
    await second.until(() => nextPlace(second) !== place, `${place} is still there`)
    await second.until(() => cut, 'an upload that is cut off')
    await photographAll(second, 810)
    await waitForPhotos(second)
    await tickAll(second)
    await second.settle(2500) // longer than a draft waits before it is saved
    second.close()

    // the answer of the submission is lost, and the app with it
    const third = await openAt('sign', second.kept())
    third.world.trouble = ({ method, path }) =>
      (method === 'POST' && path === '/v1/cases' ? 'answer-lost' : undefined)
    await signAndSend(third)
    await says(third, /还没有提交成功/)
    third.close()

    const fourth = await openAt('sign', third.kept())
    await fourth.until(() => /签名并提交|申请已提交|已经提交/.test(fourth.words()), 'a way on')
    if (fourth.heading() === '签名并提交') {
      await signAndSend(fourth)
      await fourth.until(() => /申请已提交|已经提交/.test(fourth.words()), 'sent')
    }
    expect(await casesOf(fourth.kept())).toBe(before + 1)
  })

  it('says that there is no network, and goes on when it is back', async () => {
    const phone = phones.take()
    await phone.launch()
    await says(phone, /新生儿出生/)
    phone.world.connect(false)
    await says(phone, /网络不通|没有网络/)
    phone.world.connect(true)
    await phone.until(() => !/网络不通|没有网络/.test(phone.words()), 'back again')
  })
})
