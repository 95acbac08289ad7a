/** What the app knows of a training room: asked once a launch, kept for when there is no network. */
import { beforeEach, describe, expect, it } from 'vitest'
import { askTraining, useTraining } from '@/stores/training'
import { phone } from './taro'

const tells = (health: object) => {
  phone.answer = async () => ({ statusCode: 200, data: health })
}
const noted = () => [useTraining.getState().training, phone.stored.has('training')]

beforeEach(() => {
  phone.reset()
  useTraining.setState({ training: false })
})

describe('a training room', () => {
  it('is what the platform says, and is kept', async () => {
    tells({ ok: true, training: true })
    await askTraining()
    expect(noted()).toEqual([true, true])
  })

  it('stays one without a network', async () => {
    tells({ ok: true, training: true })
    await askTraining()
    phone.answer = async () => {
      throw { errMsg: 'request:fail' }
    }
    await askTraining()
    expect(noted()).toEqual([true, true])
  })

  it('is none any more once the platform says so', async () => {
    tells({ ok: true, training: true })
    await askTraining()
    tells({ ok: true })
    await askTraining()
    expect(noted()).toEqual([false, false])
  })
})
