/** A computer with a camera that is not there: Chromium shows a moving picture of its own, lying wide. */
import type { BrowserContext, Page } from 'playwright-core'
import { button, says, seen, tap } from './walk'

export const FAKE_CAMERA = ['--use-fake-device-for-media-stream']

declare global {
  interface Window {
    cameras?: MediaStream[]
  }
}

/** Keeps every stream that a page of this computer opens, to see whether it was closed. */
export async function watchCameras(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices?.getUserMedia.bind(mediaDevices)
    if (!ask) return
    mediaDevices.getUserMedia = async (wish) => {
      const stream = await ask(wish)
      window.cameras = [...window.cameras ?? [], stream]
      return stream
    }
  })
}

/** How many streams this page has opened, and how many of them are still running. */
export function camerasOf(page: Page): Promise<{ opened: number; running: number }> {
  return page.evaluate(() => {
    const all = window.cameras ?? []
    const running = all.filter((one) => one.getTracks().some(({ readyState }) => readyState === 'live'))
    return { opened: all.length, running: running.length }
  })
}

/** Opens the camera for the first place on the page, takes a picture by keyboard and turns it. */
export async function takeTurned(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.context().grantPermissions([])
  await page.locator('.shot-acts').getByRole('button', { name: /^拍照：/ }).locator('visible=true')
    .first().click()
  await says(page, '浏览器没有允许用摄像头')
  await look('camera-denied')
  await page.context().grantPermissions(['camera'])
  await tap(page, '再试一次')
  const shoot = button(page, '拍下')
  await page.waitForFunction(() => document.activeElement?.id === 'camera-shoot')
  await look('camera-live')
  await tap(page, '向右转')
  await shoot.focus()
  await page.keyboard.press('Enter')
  await seen(button(page, '用这张'))
  await look('camera-still')
  await tap(page, '重拍')
  await page.waitForFunction(() => document.activeElement?.id === 'camera-shoot')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'camera-use')
  await page.keyboard.press('Enter')
}
