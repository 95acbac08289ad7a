/**
 * A compiled mini-program, run as WeChat runs it: a logic layer that has JavaScript and `wx` but
 * no window, fetch, crypto or URL, and a view layer that knows only the JSON of setData.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Context, createContext, Script } from 'node:vm'
import {
  type Draws, drawView, type Handlers, hasClass, idOf, nameOf, roleOf, textOf, type ViewNode, walk,
} from './view'
import { type Cost, Counters, noCost } from './counters'
import { asynchronous, type Kept, makeWx, type World } from './wx'
import { lasting } from './wx-files'

const STACK_LIMIT = 10

// Newer than the oldest phones of our browserslist; babel lowers syntax, not these.
const TOO_NEW: Readonly<Record<string, readonly string[]>> = {
  Array: ['fromAsync'],
  'Array.prototype': [
    'at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with',
  ],
  'String.prototype': ['at', 'replaceAll', 'isWellFormed', 'toWellFormed'],
  Object: ['hasOwn', 'groupBy'],
  Promise: ['any', 'withResolvers'],
  globalThis: [
    'AggregateError', 'Atomics', 'FinalizationRegistry', 'Intl', 'SharedArrayBuffer',
    'WeakRef', 'WebAssembly',
  ],
}

interface AppConfig extends Handlers {
  onLaunch?: (options: object) => void
  onShow?: (options: object) => void
  onPageNotFound?: (options: object) => void
}

interface AppJson {
  pages: string[]
  subPackages: { root: string; pages: string[] }[]
}

export interface OpenPage {
  route: string
  cost: Cost
  methods: Handlers
  data: Record<string, unknown>
}

export interface PhoneOptions {
  /** dist/weapp */
  dist: string
  /** what the app reaches, whatever origin was built in */
  server: string
  /** its templates, compiled once for all phones */
  draws: Draws
  /** what an earlier run of the app left on the phone */
  left?: Kept
  /** what of `wx` its base library does not have */
  lacks?: readonly string[]
}

type Callable = (...args: unknown[]) => unknown

export class Phone {
  /** exceptions, rejections and console.error of the app */
  readonly faults: string[] = []
  readonly warnings: string[] = []
  readonly pages: OpenPage[] = []
  readonly world: World
  readonly counters = new Counters()
  private readonly context: Context
  private readonly modules = new Map<string, { exports: unknown }>()
  private app: AppConfig = {}
  private definedPage: Handlers | undefined
  private readonly definitions = new Map<string, Handlers>()
  private component: Handlers = {}
  private closed = false
  private surfaces = new Map<string, object>()

  constructor(private readonly options: PhoneOptions) {
    const { storage = new Map(), files = new Map(), consent } = options.left ?? {}
    this.world = {
      server: options.server, online: true, trouble: undefined, connect: () => undefined,
      storage, files, gallery: [], consent: consent ?? { privacy: undefined, refused: new Set() },
      calls: [], asked: 0, answered: 0, titles: [], clipboard: [], saved: [], dialled: [],
      opened: [], agreedBy: new Set(), loginFails: false,
      toApp: (value) => this.toApp(value),
      guarded: (act) => this.guarded(act),
      surface: (selector) => this.surface(selector),
    }
    this.context = createContext({})
    Object.assign(this.context, this.globals())
    this.forgetNewer()
    process.setMaxListeners(0)
    process.on('unhandledRejection', this.onRejection)
  }

  private readonly onRejection = (reason: unknown) => this.fault('unhandled rejection', reason)

  /** Opens the app at a page, e.g. pages/home/index. */
  async launch(url = 'pages/home/index'): Promise<void> {
    const [route = '', query = ''] = url.split('?')
    const options = this.toApp({
      path: route, query: queryOf(query), scene: 1001, referrerInfo: {},
    })
    this.load('app.js')
    this.guarded(() => {
      this.app.onLaunch?.(options as object)
      this.app.onShow?.(options as object)
    })
    if (this.manifest().includes(route)) this.open(url)
    else this.guarded(() => this.app.onPageNotFound?.(options as object))
    await this.until(() => this.pages.some(({ cost }) => cost.calls > 0), 'a first drawing')
    await this.settle()
  }

  /** What is still on the phone once the app was killed. */
  kept(): Kept {
    const { storage, files, consent } = this.world
    return { storage: new Map(storage), files: lasting(files), consent }
  }

  /** The app is killed: nothing it had planned happens any more. */
  close(): void {
    this.closed = true
    this.pages.length = 0
    process.off('unhandledRejection', this.onRejection)
  }

  /** Every page of app.json. */
  manifest(): string[] {
    const { pages, subPackages } = this.appJson()
    return [...pages, ...subPackages.flatMap(({ root, pages: own }) =>
      own.map((name) => `${root}/${name}`))]
  }

  private appJson(): AppJson {
    const text = readFileSync(path.join(this.options.dist, 'app.json'), 'utf8')
    return { subPackages: [], ...JSON.parse(text) as { pages: string[] } } // Taro writes it
  }

  /** The package a file lies in; '' is the main one. */
  private packageOf(file: string): string {
    return this.appJson().subPackages.find(({ root }) => file.startsWith(`${root}/`))?.root ?? ''
  }

  /** The page on top. */
  get top(): OpenPage {
    const page = this.pages[this.pages.length - 1]
    if (!page) throw new Error('no page is open')
    return page
  }

  view(): ViewNode {
    const { route, data, methods, cost } = this.top
    const root = drawView({
      draws: this.options.draws, file: `${route}.wxml`, data,
      page: methods, component: this.component,
    })
    this.counters.drawn(route, cost, root)
    return root
  }

  find(match: (node: ViewNode) => boolean): ViewNode | undefined {
    return this.all(match)[0]
  }

  all(match: (node: ViewNode) => boolean): ViewNode[] {
    return [...walk(this.view())].filter(match)
  }

  /** Everything that can be read on the page on top. */
  words(): string {
    return textOf(this.view())
  }

  heading(): string {
    const found = this.find((node) => hasClass(node, 'page-title'))
    return found ? textOf(found) : ''
  }

  /** Waits until something is there. @throws {Error} with what the page says instead */
  async until<Found>(look: () => Found | undefined | false, what: string, withinMs = 30_000) {
    const end = Date.now() + withinMs
    for (;;) {
      const found = look()
      if (found) return found
      if (this.faults.length > 0) throw new Error(`${what}: ${this.faults.join('\n')}`)
      if (Date.now() > end) {
        throw new Error(`${what} never came on ${this.shown()}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  private shown(): string {
    const route = this.pages.at(-1)?.route
    return route ? `${route}:\n${this.words().slice(0, 1500)}` : 'an empty screen'
  }

  /** Until nothing has been drawn and nothing been answered for a moment. */
  async settle(quietMs = 120): Promise<void> {
    const state = () => [
      this.world.asked, this.world.calls.length,
      ...this.pages.map(({ route, cost }) => `${route} ${cost.calls}`),
    ].join()
    let before = ''
    const asking = () => this.world.asked > this.world.answered
    while (before !== state() || asking()) {
      before = state()
      await new Promise((resolve) => setTimeout(resolve, quietMs))
    }
  }

  /** An event at a node, bubbling as the view layer lets it. */
  fire(node: ViewNode, type: string, detail: object = {}, touches: readonly object[] = []): void {
    const bubbles = /^(tap|touch\w+|longpress)$/.test(type)
    const target = seenAs(node)
    if (/^(tap|focus|change)$/.test(type)) this.counters.acted()
    for (let at: ViewNode | undefined = node; at; at = at.parent) {
      const caught = at.attr[`catch${type}`]
      const name = caught ?? at.attr[`bind${type}`]
      const act = typeof name === 'string' ? at.owner[name] : undefined
      if (typeof act === 'function') {
        const event = this.toApp({
          type, detail, touches, changedTouches: touches, target, currentTarget: seenAs(at),
          timeStamp: Date.now(), mark: {},
        })
        this.guarded(() => act.call(this.top.methods, event))
      }
      if (caught !== undefined || !bubbles) return
    }
  }

  async tap(name: string | RegExp): Promise<void> {
    const node = await this.until(() => this.find((one) => isTappable(one, name)), `button ${name}`)
    if (isAgreeing(node)) this.agree(node)
    else this.fire(node, 'tap', { x: 1, y: 1 })
    await this.settle()
  }

  /** A tap on WeChat's own kind of button for its privacy contract. */
  agree(node: ViewNode): void {
    if (!isAgreeing(node)) throw new Error('not a button that agrees')
    this.world.agreedBy.add(idOf(node))
    this.fire(node, 'agreeprivacyauthorization')
  }

  /** The phone's own way back. */
  async back(): Promise<void> {
    this.goBack(1)
    await this.settle()
  }

  private goBack(delta: number): void {
    for (let n = 0; n < delta && this.pages.length > 1; n += 1) this.unload()
    this.call('onShow')
  }

  private globals(): object {
    const log = (into: string[], kind: string) => (...words: unknown[]) => {
      into.push(`${kind}: ${words.map(worded).join(' ')}`)
    }
    const timed = (set: typeof setTimeout | typeof setInterval) => (act: Callable, ms?: number) =>
      set(() => this.guarded(() => act()), ms)
    return {
      wx: this.wx(),
      App: (config: AppConfig) => {
        this.app = config
      },
      Page: (config: Handlers) => {
        this.definedPage = config
      },
      Component: ({ methods }: { methods: Handlers }) => {
        this.component = methods
      },
      Behavior: () => undefined,
      getApp: () => this.app,
      getCurrentPages: () => this.pages.map(({ methods }) => methods),
      console: {
        log: () => undefined,
        info: () => undefined,
        debug: () => undefined,
        warn: log(this.warnings, 'console.warn'),
        error: log(this.faults, 'console.error'),
      },
      setTimeout: timed(setTimeout),
      setInterval: timed(setInterval),
      clearTimeout,
      clearInterval,
    }
  }

  private wx(): object {
    const { lacks = [] } = this.options
    const all = { ...makeWx(this.world), ...this.navigation() }
    const canIUse = (name: string) => name in all && !lacks.includes(name)
    return Object.fromEntries(
      Object.entries({ ...all, canIUse }).filter(([name]) => !lacks.includes(name)))
  }

  private forgetNewer(): void {
    for (const [owner, names] of Object.entries(TOO_NEW)) {
      for (const name of names) this.evaluate(`delete ${owner}.${name}`)
    }
    // WeChat hands out no global object
    this.evaluate(`Function = new Proxy(Function, {
      apply: () => () => undefined, construct: () => function () {},
    })`)
  }

  private evaluate(source: string, filename = 'phone.js'): unknown {
    return new Script(source, { filename }).runInContext(this.context)
  }

  /** CommonJS as WeChat has it: relative paths, one run a file. */
  private load(file: string): unknown {
    const known = this.modules.get(file)
    if (known) return known.exports
    const module: { exports: unknown } = { exports: this.evaluate('({})') }
    this.modules.set(file, module)
    const source = readFileSync(path.join(this.options.dist, file), 'utf8')
    const run = this.evaluate(`(function (require, module, exports) {${source}\n})`, file)
    const require = (name: string) => {
      const asked = path.posix.join(path.posix.dirname(file), name)
      const [from, to] = [this.packageOf(file), this.packageOf(asked)]
      // what lies in another package may not have been downloaded yet
      if (to !== '' && to !== from) throw new Error(`${file} requires ${asked} of another package`)
      return this.load(asked.endsWith('.js') ? asked : `${asked}.js`)
    }
    this.guarded(() => (run as Callable)(require, module, module.exports))
    return module.exports
  }

  private guarded(act: () => void): void {
    if (this.closed) return
    try {
      act()
    } catch (error) {
      this.fault('exception', error)
    }
  }

  private fault(kind: string, error: unknown): void {
    this.faults.push(`${kind} on ${this.pages.at(-1)?.route ?? 'launch'}: ${worded(error)}`)
  }

  private toApp(value: unknown): unknown {
    if (value instanceof Uint8Array) {
      const bytes = this.evaluate(`new ArrayBuffer(${value.length})`) as ArrayBuffer
      new Uint8Array(bytes).set(value)
      return bytes
    }
    if (typeof value !== 'object' || value === null) return value
    const copy = this.evaluate(Array.isArray(value) ? '[]' : '({})') as Record<string, unknown>
    const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
    if (!isPlain) return value
    for (const [name, one] of Object.entries(value)) copy[name] = this.toApp(one)
    return copy
  }

  private navigation(): object {
    const move = (name: string, act: (url: string) => void) =>
      asynchronous(this.world, name, ({ url }) => {
        const address = String(url).replace(/^\//, '')
        if (!this.manifest().includes(address.split('?')[0] ?? '')) {
          throw new Error(`page "${address}" is not found`)
        }
        act(address)
      })
    return {
      navigateTo: move('navigateTo', (url) => {
        if (this.pages.length >= STACK_LIMIT) throw new Error('webview count limit exceed')
        this.call('onHide')
        this.open(url)
      }),
      redirectTo: move('redirectTo', (url) => {
        this.unload()
        this.open(url)
      }),
      reLaunch: move('reLaunch', (url) => {
        while (this.pages.length > 0) this.unload()
        this.open(url)
      }),
      navigateBack: asynchronous(this.world, 'navigateBack', ({ delta = 1 }) =>
        this.goBack(Number(delta))),
    }
  }

  private open(url: string): void {
    const [route = '', query = ''] = url.split('?')
    const config = this.definition(route)
    const data = JSON.parse(JSON.stringify(config.data ?? {})) as Record<string, unknown>
    const options = this.toApp(queryOf(query))
    const methods: Handlers = { ...config, route, __route__: route, options }
    const page: OpenPage = { route, cost: noCost(), methods, data }
    methods.setData = (change: Record<string, unknown>, drawn?: () => void) =>
      this.setData(page, change, drawn)
    this.surfaces = new Map()
    this.pages.push(page)
    this.call('onLoad', options)
    this.call('onShow')
    this.call('onReady')
  }

  /** What a page's script gave to Page(); the script runs once. */
  private definition(route: string): Handlers {
    const known = this.definitions.get(route)
    if (known) return known
    this.definedPage = undefined
    this.load('comp.js')
    this.load(`${route}.js`)
    const config = this.definedPage as Handlers | undefined // set by Page() meanwhile
    if (!config) throw new Error(`${route} defines no page`)
    this.definitions.set(route, config)
    return config
  }

  private unload(): void {
    this.call('onUnload')
    this.pages.pop()
  }

  private call(name: string, ...args: unknown[]): void {
    const act = this.pages.at(-1)?.methods[name]
    if (typeof act === 'function') this.guarded(() => act.call(this.top.methods, ...args))
  }

  private setData(page: OpenPage, change: Record<string, unknown>, drawn?: () => void): void {
    if (this.closed) return
    const text = JSON.stringify(change)
    const bytes = Buffer.byteLength(text)
    this.counters.sent(page.route, page.cost, { bytes, isTop: page === this.pages.at(-1) })
    const copy = JSON.parse(text) as Record<string, unknown>
    for (const [at, value] of Object.entries(copy)) put(page.data, at, value)
    if (drawn) setTimeout(() => this.guarded(drawn))
  }

  /** A canvas of the page on top, as createSelectorQuery finds it. */
  private surface(selector: string): object | undefined {
    const node = this.find((one) => `#${idOf(one)}` === selector)
    if (!node) return undefined
    const known = this.surfaces.get(selector)
    if (known) return known
    const ink: Record<string, () => void> = {}
    for (const stroke of ['clearRect', 'beginPath', 'moveTo', 'lineTo', 'stroke', 'scale']) {
      ink[stroke] = () => undefined
    }
    const found = { width: 343, height: 200, node: { width: 0, height: 0, getContext: () => ink } }
    this.surfaces.set(selector, found)
    return found
  }
}

const isAgreeing = (node: ViewNode) => node.attr.openType === 'agreePrivacyAuthorization'

/** Buttons, choices and whatever else answers a tap, by what it is called. */
export function isTappable(node: ViewNode, name: string | RegExp): boolean {
  if (!('bindtap' in node.attr) || node.attr.disabled === true) return false
  const isButton = node.tag === 'button' || ['radio', 'checkbox', 'button'].includes(roleOf(node))
  if (!isButton) return false
  const called = nameOf(node)
  return typeof name === 'string' ? called === name : name.test(called)
}

const seenAs = (node: ViewNode) => ({
  id: idOf(node), offsetLeft: 0, offsetTop: 0, dataset: { sid: node.attr['data-sid'] },
})

/** WeChat does not decode a page's parameters. */
function queryOf(query: string): Record<string, string> {
  return Object.fromEntries(query.split('&').filter(Boolean).map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name, value.join('=')]
  }))
}

/** setData's paths: root.cn.[0].v */
function put(data: Record<string, unknown>, at: string, value: unknown): void {
  const keys = at.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean)
  const last = keys.pop() ?? ''
  let holder = data
  keys.forEach((key, n) => {
    const next = holder[key]
    const fresh = /^\d+$/.test(keys[n + 1] ?? last) ? [] : {}
    if (typeof next !== 'object' || next === null) holder[key] = fresh
    holder = holder[key] as Record<string, unknown> // an array is one too
  })
  holder[last] = value
}

function worded(thing: unknown): string {
  if (typeof thing !== 'object' || thing === null) return String(thing)
  const { stack, message, errMsg } = thing as { stack?: string; message?: string; errMsg?: string }
  return stack?.split('\n').slice(0, 4).join('\n') ?? message ?? errMsg ?? JSON.stringify(thing)
}
