/** The page's own camera on a computer; the browser's side of it stands in, as jsdom has none. */
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CameraSheet } from '@/components/camera/index.h5'
import { hasLiveCamera } from '@/platform/camera.h5'
import { phone } from './taro'

class Track extends EventTarget {
  readyState = 'live'
  constructor(readonly id: string) {
    super()
  }

  stop() {
    this.readyState = 'ended'
  }

  getSettings() {
    return { deviceId: this.id }
  }
}

const CAMERAS = [
  { kind: 'videoinput', deviceId: 'web', label: '电脑摄像头' },
  { kind: 'videoinput', deviceId: 'desk', label: '高拍仪' }, { kind: 'audioinput', deviceId: 'm', label: '' },
]

/** What the browser has and says; a text is the name of its error. */
function browser(says: (wished: string | undefined) => string | undefined = () => undefined) {
  const tracks: Track[] = []
  const mediaDevices = {
    getUserMedia: async ({ video }: { video: { deviceId?: { exact: string } } }) => {
      const wished = video.deviceId?.exact
      const wrong = says(wished)
      if (wrong) throw new DOMException('no', wrong)
      const track = new Track(wished ?? 'web')
      tracks.push(track)
      return { getTracks: () => [track], getVideoTracks: () => [track] }
    },
    enumerateDevices: async () => CAMERAS,
  }
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices })
  return tracks
}

const nothing = () => undefined
const show = () =>
  render(<CameraSheet name="身份证 人像面" onDone={nothing} onClose={nothing} onFile={nothing} />)
const chosen = () =>
  screen.getByRole<HTMLSelectElement>('combobox').selectedOptions[0]?.textContent
const kept = () => JSON.parse(phone.stored.get('camera') ?? '{}') as unknown

beforeEach(() => phone.reset())
afterEach(() => {
  cleanup()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})

describe('which camera', () => {
  it('is chosen among several, and remembered on this computer', async () => {
    const tracks = browser()
    show()
    const choice = await screen.findByRole('combobox')
    expect(chosen()).toBe('电脑摄像头')
    await userEvent.selectOptions(choice, '高拍仪')
    await waitFor(() => expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'live']))
    await userEvent.click(screen.getByRole('button', { name: '向右转' }))
    expect(kept()).toEqual({ deviceId: 'desk', turns: 1 })
    cleanup()
    show()
    await screen.findByRole('combobox')
    await waitFor(() => expect(chosen()).toBe('高拍仪'))
  })

  it('that is not there any more gives way to another', async () => {
    phone.stored.set('camera', JSON.stringify({ deviceId: 'sold', turns: 2 }))
    browser((wished) => (wished === 'sold' ? 'OverconstrainedError' : undefined))
    show()
    await screen.findByRole('combobox')
    expect(chosen()).toBe('电脑摄像头')
  })
})

describe('the picture stops', () => {
  it('when the sheet closes, also before the camera was open', async () => {
    const tracks = browser()
    show()
    cleanup()
    await waitFor(() => expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended']))
    show()
    await screen.findByRole('combobox')
    cleanup()
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended'])
  })

  it('and is said to be gone when the cable is pulled', async () => {
    const tracks = browser()
    show()
    await screen.findByRole('combobox')
    tracks[0]!.dispatchEvent(new Event('ended'))
    await screen.findByText('摄像头断开了')
  })
})

describe('no picture', () => {
  it.each([
    ['NotFoundError', '没有找到摄像头'], ['NotAllowedError', '浏览器没有允许用摄像头'],
    ['NotReadableError', '摄像头打不开'],
  ])('%s: %s, and then there is one', async (name, words) => {
    let wrong: string | undefined = name
    browser(() => wrong)
    show()
    await screen.findByText(words)
    expect(screen.getByRole('button', { name: '选择文件' })).toBeTruthy()
    wrong = undefined
    await userEvent.click(screen.getByRole('button', { name: '再试一次' }))
    await screen.findByLabelText('摄像头看到的画面')
    expect(screen.queryByText(words)).toBeNull()
  })

  it('where the browser gives none, or a finger finds the phone’s own', () => {
    expect(hasLiveCamera(true)).toBe(false)
    browser()
    expect(hasLiveCamera(true)).toBe(true)
    Object.defineProperty(navigator, 'maxTouchPoints', { configurable: true, value: 5 })
    expect(hasLiveCamera(false)).toBe(false)
    Reflect.deleteProperty(navigator, 'maxTouchPoints')
  })
})
