/** @tarojs/taro as an in-memory phone: what it did is read from `phone`, never from call counts. */
import { useEffect } from 'react'

interface Route {
  path: string
  params: Record<string, string>
}

interface Done<Value> {
  success: (value: Value) => void
  fail: (error: { errMsg: string }) => void
}

type Answer = (call: {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
}) => Promise<{ statusCode: number; data: unknown; header?: Record<string, string> }>

// the build's constant: see src/platform/origin.ts
Object.assign(globalThis, { API_ORIGIN: '' })

const noNetwork: Answer = async () => {
  throw { errMsg: 'request:fail no network in this test' }
}

/** The phone's outside: set what it meets, read where it went. */
export const phone = {
  route: { path: '/pages/home/index', params: {} } as Route,
  /** Addresses opened, oldest first; the last is in sight. */
  pages: ['/pages/home/index'],
  title: '',
  /** Answers every request: point it at the real server, or say what the network does. */
  answer: noNetwork,
  /** What the person chooses when asked for a file; nothing: they change their mind. */
  file: undefined as { name: string; bytes: ArrayBuffer } | undefined,
  /** What the phone's storage holds, as JSON. */
  stored: new Map<string, string>(),
  /** Files in the app's own folder, by path. */
  files: new Map<string, ArrayBuffer>(),
  /** Pictures that can be decoded, by path. */
  pictures: new Map<string, { width: number; height: number }>(),
  /** No room for another file. */
  full: false,
  /** Files handed over, by name. */
  given: {} as Record<string, string>,
  /** Documents fetched and opened, oldest first. */
  opened: [] as string[],
  /** What the person allows when WeChat asks; asked for so far. */
  allows: [] as string[],
  prompts: [] as string[][],
  /** Who wants to know when the network changes. */
  watchers: new Set<(now: { isConnected: boolean }) => void>(),
  /** A network is found, or lost. */
  connect(isConnected: boolean) {
    this.watchers.forEach((tell) => tell({ isConnected }))
  },
  reset() {
    this.connect(true)
    this.stored.clear()
    this.route = { path: '/pages/home/index', params: {} }
    this.pages = ['/pages/home/index']
    this.title = ''
    this.answer = noNetwork
    this.file = undefined
    this.given = {}
    this.opened = []
    this.allows = []
    this.prompts = []
    this.files.clear()
    this.pictures.clear()
    this.full = false
  },
}

function once(run: () => void) {
  // the page's own life: once when shown, whatever the callback closes over
  useEffect(run, [])
}

export const useRouter = () => phone.route
export const useLoad = (run: (params: Route['params']) => void) =>
  once(() => run(phone.route.params))
export const useDidShow = once
export const useReady = once
export const useDidHide = (_run: () => void) => undefined
export const useUnload = (run: () => void) => useEffect(() => run, [run])
export const usePullDownRefresh = (_run: () => void) => undefined
export const useReachBottom = (_run: () => void) => undefined
export const usePageNotFound = (_run: () => void) => undefined
export const useShareAppMessage = (_make: () => object) => undefined

/** A canvas without paint: it decodes what `phone.pictures` holds. */
function canvas() {
  const nothing = () => undefined
  return {
    width: 1,
    height: 1,
    createImage: () => {
      const image = { width: 0, height: 0, onload: nothing as () => void, onerror: nothing as () => void }
      const decode = (path: string) => {
        const found = phone.pictures.get(path)
        Object.assign(image, found)
        setTimeout(found ? image.onload : image.onerror)
      }
      return Object.defineProperty(image, 'src', { set: decode })
    },
    getContext: () => ({
      fillRect: nothing, save: nothing, restore: nothing, scale: nothing, translate: nothing, rotate: nothing,
      drawImage: nothing,
    }),
  }
}

const Taro = {
  createOffscreenCanvas: canvas,
  canvasToTempFilePath: async () => ({ tempFilePath: 'canvas.jpg' }),
  useRouter, useLoad, useDidShow, useReady, useDidHide, useUnload, useShareAppMessage,
  getStorageSync: (name: string): unknown => JSON.parse(phone.stored.get(name) ?? '""'),
  setStorageSync: (name: string, value: unknown) => void phone.stored.set(name, JSON.stringify(value)),
  removeStorageSync: (name: string) => void phone.stored.delete(name),
  getStorageInfoSync: () => ({ keys: [...phone.stored.keys()] }),
  getRandomValues: async ({ length }: { length: number }) => ({
    randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer,
  }),
  request: (call: Parameters<Answer>[0]) => phone.answer(call),
  navigateTo: async ({ url }: { url: string }) => void phone.pages.push(url),
  redirectTo: async ({ url }: { url: string }) => void phone.pages.splice(-1, 1, url),
  reLaunch: async ({ url }: { url: string }) => void (phone.pages = [url]),
  navigateBack: async () => void phone.pages.pop(),
  getCurrentPages: () => phone.pages,
  setNavigationBarTitle: async ({ title }: { title: string }) => void (phone.title = title),
  pageScrollTo: async () => undefined,
  getNetworkType: ({ success }: { success: (found: { networkType: string }) => void }) =>
    success({ networkType: 'wifi' }),
  onNetworkStatusChange: (tell: (now: { isConnected: boolean }) => void) => void phone.watchers.add(tell),
  offNetworkStatusChange: (tell: (now: { isConnected: boolean }) => void) => void phone.watchers.delete(tell),
  getAppBaseInfo: () => ({ fontSizeSetting: 17 }),
  getWindowInfo: () => ({ pixelRatio: 2, windowWidth: 375 }),
  nextTick: (run: () => void) => run(),
  createSelectorQuery: () => {
    const exec = (run: (found: []) => void) => run([])
    const query = { select: () => query, fields: () => query, exec }
    return query
  },
  env: { USER_DATA_PATH: 'user' },
  chooseMessageFile: async () => {
    if (!phone.file) throw { errMsg: 'chooseMessageFile:fail cancel' }
    return { tempFiles: [{ name: phone.file.name, path: phone.file.name }] }
  },
  getFileSystemManager: () => ({
    readFile: ({ filePath, success }: { filePath: string } & Done<{ data: ArrayBuffer | undefined }>) =>
      success({ data: phone.files.get(filePath) ?? phone.file?.bytes }),
    access: ({ path, success, fail }: { path: string } & Done<unknown>) =>
      (phone.files.size > 0 ? success({}) : fail({ errMsg: `access:fail no such file or directory ${path}` })),
    mkdir: ({ success }: Done<unknown>) => success({}),
    readdir: ({ dirPath, success }: { dirPath: string } & Done<{ files: string[] }>) => success({
      files: [...phone.files.keys()].flatMap((path) => (path.startsWith(dirPath) ? [path.split('/').pop()!] : [])),
    }),
    writeFile: ({ filePath, data, success, fail }: { filePath: string; data: ArrayBuffer } & Done<unknown>) => {
      if (phone.full) fail({ errMsg: 'writeFile:fail the maximum size of the file storage limit is exceeded' })
      else success(phone.files.set(filePath, data))
    },
    unlink: ({ filePath, success }: { filePath: string } & Done<unknown>) => success(phone.files.delete(filePath)),
    writeFileSync: (path: string, text: string) => void (phone.given[path.split('/')[1]!] = text),
  }),
  shareFileMessage: async () => undefined,
  downloadFile: async ({ url, filePath }: { url: string; filePath: string }) => {
    const { statusCode } = await phone.answer({ url })
    return { statusCode, filePath }
  },
  openDocument: async ({ filePath }: { filePath: string }) => void phone.opened.push(filePath),
  requestSubscribeMessage: async ({ tmplIds }: { tmplIds: string[] }) => {
    phone.prompts.push(tmplIds)
    const answer = (id: string) => (phone.allows.includes(id) ? 'accept' : 'reject')
    return Object.fromEntries(tmplIds.map((id) => [id, answer(id)]))
  },
  login: async () => ({ code: 'code-1' }),
  canIUse: (_name: string) => false,
}

export default Taro
