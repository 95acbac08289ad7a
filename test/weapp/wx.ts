/** The part of `wx` this app may call. What is missing here is missing: the app then fails. */
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { encode, type Encoding, makeCanvas, type OffscreenCanvas } from './pictures'

export type Files = Map<string, Buffer>

/** The hardware and the network around one app. */
export interface World {
  /** the platform that stands behind whatever origin was built in */
  server: string
  storage: Map<string, string>
  files: Files
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
  /** an object of the app's own realm */
  toApp(value: unknown): unknown
  /** runs what the app handed us; its exceptions become faults */
  guarded(act: () => void): void
  /** the node a selector finds on the page on top */
  surface(selector: string): object | undefined
}

type Options = Record<string, unknown> & {
  success?: (result: unknown) => void
  fail?: (result: { errMsg: string }) => void
  complete?: (result: unknown) => void
}

class Failed extends Error {}

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

function bodyOf(data: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  if (data === undefined || data === null || data === '') return undefined
  if (typeof data === 'string') return data
  const isBytes = Object.prototype.toString.call(data) === '[object ArrayBuffer]'
  // of the app's realm, hence no instanceof
  return isBytes ? new Uint8Array(data as ArrayBuffer) : JSON.stringify(data)
}

async function ask(world: World, options: Options): Promise<object> {
  const { pathname, search } = new URL(String(options.url))
  const method = String(options.method ?? 'GET')
  // WeChat sends this type unless told otherwise, with or without a body
  const header = { 'content-type': 'application/json', ...lowered(options.header) }
  world.asked += 1
  const reply = await fetch(`${world.server}${pathname}${search}`, {
    method,
    headers: header,
    body: method === 'GET' ? undefined : bodyOf(options.data),
    signal: AbortSignal.timeout(Number(options.timeout ?? 60_000)),
  }).catch((error: Error) => {
    throw new Failed(error.name === 'TimeoutError' ? 'timeout' : error.message)
  }).finally(() => {
    world.answered += 1
  })
  const bytes = Buffer.from(await reply.arrayBuffer())
  world.calls.push(`${method} ${pathname} ${reply.status}`)
  return { statusCode: reply.status, header: Object.fromEntries(reply.headers), bytes }
}

function lowered(header: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(header)).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text // as WeChat does
  }
}

function network(world: World): object {
  return {
    request: (options: Options) => {
      asynchronous(world, 'request', async () => {
        const { bytes, ...reply } = await ask(world, options) as { bytes: Buffer }
        return { ...reply, data: parsed(bytes.toString()) }
      })(options)
      return { abort: () => undefined }
    },
    downloadFile: (options: Options) => {
      asynchronous(world, 'downloadFile', async () => {
        const { bytes, ...reply } = await ask(world, options) as { bytes: Buffer }
        const path = String(options.filePath ?? `wxfile://tmp_${world.files.size}`)
        world.files.set(path, bytes)
        return { ...reply, filePath: path, tempFilePath: path }
      })(options)
      return { abort: () => undefined }
    },
    getNetworkType: asynchronous(world, 'getNetworkType', () => ({ networkType: 'wifi' })),
    onNetworkStatusChange: () => undefined,
    offNetworkStatusChange: () => undefined,
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

function pictures(world: World): object {
  const { files } = world
  const keep = (bytes: Buffer, ending: string) => {
    const path = `wxfile://tmp_${files.size}.${ending}`
    files.set(path, bytes)
    return path
  }
  const fileAt = (path: unknown) => {
    const bytes = files.get(String(path))
    if (!bytes) throw new Failed(`no such file ${String(path)}`)
    return bytes
  }
  return {
    chooseMedia: asynchronous(world, 'chooseMedia', () => {
      const photo = world.gallery.shift()
      if (!photo) throw new Failed('cancel')
      const tempFilePath = keep(photo, 'jpg')
      return { type: 'image', tempFiles: [{ tempFilePath, size: photo.length, fileType: 'image' }] }
    }),
    getImageInfo: asynchronous(world, 'getImageInfo', async ({ src }) => {
      const { width, height, format } = await sharp(fileAt(src)).metadata()
      return { width, height, path: src, type: format, orientation: 'up' }
    }),
    createOffscreenCanvas: ({ width, height }: { width: number; height: number }) =>
      makeCanvas(files, width, height),
    canvasToTempFilePath: asynchronous(world, 'canvasToTempFilePath', async (options) => {
      const { canvas, ...to } = options as Options & { canvas: OffscreenCanvas } & Encoding
      const ending = to.fileType ?? 'png'
      return { tempFilePath: keep(await encode(canvas, to), ending) }
    }),
    getFileSystemManager: () => ({
      readFile: asynchronous(world, 'readFile', ({ filePath }) => ({ data: fileAt(filePath) })),
    }),
    saveImageToPhotosAlbum: asynchronous(world, 'saveImageToPhotosAlbum', ({ filePath }) => {
      fileAt(filePath)
      world.saved.push(String(filePath))
    }),
    openDocument: asynchronous(world, 'openDocument', ({ filePath }) => {
      fileAt(filePath)
      world.saved.push(String(filePath))
    }),
  }
}

/** `wx` without its navigation, which the app's page stack brings. */
export function makeWx(world: World): Record<string, unknown> {
  const { toApp } = world
  const once = (name: string, act: (options: Options) => unknown) => ({
    [name]: asynchronous(world, name, act),
  })
  return {
    env: toApp({ USER_DATA_PATH: 'wxfile://usr' }),
    canIUse: () => true,
    getAppBaseInfo: () => toApp({ SDKVersion: '3.8.0', language: 'zh_CN', fontSizeSetting: 17 }),
    getWindowInfo: () => toApp(WINDOW),
    getDeviceInfo: () => toApp({ platform: 'android', model: 'PGT-AN10', system: 'Android 13' }),
    getSystemInfoSync: () => toApp({ ...WINDOW, platform: 'android', SDKVersion: '3.8.0' }),
    getMenuButtonBoundingClientRect: () => toApp({ top: 48, left: 281, width: 87, height: 32 }),
    ...network(world),
    ...storage(world),
    ...pictures(world),
    ...once('getRandomValues', ({ length }) => ({ randomValues: randomBytes(Number(length)) })),
    ...once('login', () => ({ code: `demo-${randomBytes(6).toString('hex')}` })),
    ...once('setNavigationBarTitle', ({ title }) => void world.titles.push(String(title))),
    ...once('setClipboardData', ({ data }) => void world.clipboard.push(String(data))),
    ...once('makePhoneCall', () => undefined),
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
