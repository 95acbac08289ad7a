/** The part of `wx` this app may call. What is missing here is missing: the app then fails. */
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { encode, type Encoding, makeCanvas, type OffscreenCanvas } from './pictures'
import { consent, type Consent, permitted } from './wx-consent'
import { fileAt, type Files, fileSystem, keepTemporary, OWN_FOLDER } from './wx-files'
import { type Asked, network, type Trouble } from './wx-network'

/** What outlives a run of the app. */
export interface Kept {
  storage: Map<string, string>
  files: Files
  consent: Consent
}

/** The hardware and the network around one app. */
export interface World extends Kept {
  /** the platform that stands behind whatever origin was built in */
  server: string
  online: boolean
  /** switches the network on or off, and tells the app */
  connect(online: boolean): void
  /** what befalls a request that is about to be sent */
  trouble: ((asked: Asked) => Trouble | undefined) | undefined
  /** photos the person will take or choose, in this order */
  gallery: Buffer[]
  /** what was asked of the network: GET /v1/home 200 */
  calls: string[]
  /** how many requests were sent, and how many of them ended */
  asked: number
  answered: number
  titles: string[]
  clipboard: string[]
  saved: string[]
  /** numbers dialled */
  dialled: string[]
  /** what of WeChat's own was opened: setting, privacy-contract */
  opened: string[]
  /** ids of buttons by which the person agreed to the privacy contract */
  agreedBy: Set<string>
  /** wx.login answers with an error */
  loginFails: boolean
  /** an object of the app's own realm */
  toApp(value: unknown): unknown
  /** runs what the app handed us; its exceptions become faults */
  guarded(act: () => void): void
  /** the node a selector finds on the page on top */
  surface(selector: string): object | undefined
}

export type Options = Record<string, unknown> & {
  success?: (result: unknown) => void
  fail?: (result: { errMsg: string }) => void
  complete?: (result: unknown) => void
}

export class Failed extends Error {}

export interface Answered {
  statusCode: number
  header: Record<string, string>
  bytes: Buffer
}

const WINDOW = { pixelRatio: 2, windowWidth: 375, windowHeight: 724, statusBarHeight: 44 }

/** An asynchronous API: callbacks, or a promise where none is given (base library 2.10.2). */
export function asynchronous(
  world: World, name: string, act: (options: Options) => unknown,
): (options?: Options) => unknown {
  const run = (options: Options) => {
    const told = (result: object, tell?: (result: never) => void) => world.guarded(() => {
      const copy = world.toApp(result) as never // the callback knows its own shape
      tell?.(copy)
      options.complete?.(copy)
    })
    // never before the caller has returned
    void new Promise((resolve) => setTimeout(resolve)).then(() => act(options)).then(
      (result) => told({ ...Object(result), errMsg: `${name}:ok` }, options.success),
      (error: unknown) => {
        const why = error instanceof Error ? error.message : String(error)
        told({ errMsg: `${name}:fail ${why}` }, options.fail)
      },
    )
  }
  return (options = {}) => {
    if (options.success || options.fail || options.complete) return run(options)
    return new Promise((success, fail) => run({ ...options, success, fail }))
  }
}

function storage({ storage: kept, toApp }: World): object {
  return {
    getStorageSync: (key: string) => {
      const text = kept.get(key)
      return text === undefined ? '' : toApp(JSON.parse(text))
    },
    setStorageSync: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
    removeStorageSync: (key: string) => void kept.delete(key),
    getStorageInfoSync: () => toApp({ keys: [...kept.keys()], currentSize: 1, limitSize: 10_240 }),
  }
}

type Guard = ReturnType<typeof consent>['guard']

function pictures(world: World, guard: Guard): object {
  const { files } = world
  const guarded = (name: string, act: (options: Options) => unknown) =>
    ({ [name]: asynchronous(world, name, guard(name, act)) })
  return {
    ...guarded('chooseMedia', ({ sourceType }) => {
      const from = sourceType as readonly string[] // always given by our app
      if (from.includes('camera')) permitted(world, 'scope.camera')
      const photo = world.gallery.shift()
      if (!photo) throw new Failed('cancel')
      const tempFilePath = keepTemporary(world, photo, 'jpg')
      return { type: 'image', tempFiles: [{ tempFilePath, size: photo.length, fileType: 'image' }] }
    }),
    ...guarded('saveImageToPhotosAlbum', ({ filePath }) => {
      permitted(world, 'scope.writePhotosAlbum')
      fileAt(world, filePath)
      world.saved.push(String(filePath))
    }),
    getImageInfo: asynchronous(world, 'getImageInfo', async ({ src }) => {
      const { width, height, format } = await sharp(fileAt(world, src)).metadata()
      return { width, height, path: src, type: format, orientation: 'up' }
    }),
    createOffscreenCanvas: ({ width, height }: { width: number; height: number }) =>
      makeCanvas(files, width, height),
    canvasToTempFilePath: asynchronous(world, 'canvasToTempFilePath', async (options) => {
      const { canvas, ...to } = options as Options & { canvas: OffscreenCanvas } & Encoding
      const bytes = await encode(canvas, to)
      return { tempFilePath: keepTemporary(world, bytes, to.fileType ?? 'png') }
    }),
    getFileSystemManager: () => fileSystem(world),
    openDocument: asynchronous(world, 'openDocument', ({ filePath }) => {
      fileAt(world, filePath)
      world.saved.push(String(filePath))
    }),
  }
}

/** `wx` without its navigation, which the app's page stack brings. */
export function makeWx(world: World): Record<string, unknown> {
  const { toApp } = world
  const { api, guard } = consent(world)
  const once = (name: string, act: (options: Options) => unknown) => ({
    [name]: asynchronous(world, name, act),
  })
  return {
    env: toApp({ USER_DATA_PATH: OWN_FOLDER }),
    getAppBaseInfo: () => toApp({ SDKVersion: '3.8.0', language: 'zh_CN', fontSizeSetting: 17 }),
    getWindowInfo: () => toApp(WINDOW),
    getDeviceInfo: () => toApp({ platform: 'android', model: 'PGT-AN10', system: 'Android 13' }),
    getSystemInfoSync: () => toApp({ ...WINDOW, platform: 'android', SDKVersion: '3.8.0' }),
    getMenuButtonBoundingClientRect: () => toApp({ top: 48, left: 281, width: 87, height: 32 }),
    ...network(world),
    ...storage(world),
    ...api,
    ...pictures(world, guard),
    ...once('getRandomValues', ({ length }) => ({ randomValues: randomBytes(Number(length)) })),
    ...once('login', () => {
      if (world.loginFails) throw new Failed('internal error')
      return { code: `demo-${randomBytes(6).toString('hex')}` }
    }),
    ...once('setNavigationBarTitle', ({ title }) => void world.titles.push(String(title))),
    ...once('setClipboardData', guard('setClipboardData', ({ data }) =>
      void world.clipboard.push(String(data)))),
    ...once('makePhoneCall', ({ phoneNumber }) => void world.dialled.push(String(phoneNumber))),
    ...once('pageScrollTo', () => undefined),
    createSelectorQuery: () => {
      const asked: (object | null)[] = []
      const query = {
        select: (selector: string) => ({
          fields: () => {
            asked.push(world.surface(selector) ?? null)
            return query
          },
        }),
        exec: (tell: (found: unknown) => void) =>
          setTimeout(() => world.guarded(() => tell(asked))),
      }
      return query
    },
  }
}
