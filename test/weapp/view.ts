/** What the view layer draws: the real WXML, compiled by WeChat's own wcc, over a page's data. */
import { createRequire } from 'node:module'
import { createContext, Script } from 'node:vm'

/** A function of a page or component that WXML names, e.g. bindtap="eh". */
export type Handlers = Record<string, unknown>

export interface ViewNode {
  /** view, button, input…; #text for a run of text */
  tag: string
  text: string
  attr: Readonly<Record<string, unknown>>
  children: ViewNode[]
  parent: ViewNode | undefined
  /** whose methods its bind… attributes name */
  owner: Handlers
}

/** What wcc's functions return. */
interface Raw {
  tag: string
  attr?: Record<string, unknown>
  children: readonly (Raw | string | number)[]
}

type Draw = (data: object) => Raw
export type Draws = (file: string) => Draw | undefined

const COMPONENT = /^(wx-)?comp$/

/** Compiles every template of a built mini-program. @throws {Error} with wcc's own message */
export function compileViews(dist: string): Draws {
  // it has no types
  const compiler = createRequire(import.meta.url)('miniprogram-compiler') as {
    wxmlToJs(root: string, options: { maxBuffer: number }): string
  }
  const source = compiler.wxmlToJs(dist, { maxBuffer: 64 * 1024 * 1024 })
  // A program for the view layer's window that adds to Function.prototype: a realm of its own.
  const view = createContext({ __webview_engine_version__: 0.02 })
  new Script('var window = globalThis').runInContext(view)
  const gwx = new Script(`(function () {${source}})()`).runInContext(view) as Draws // wcc's
  // Its templates know an object by its constructor: data has to be of their realm.
  const own = new Script('JSON.parse').runInContext(view) as typeof JSON.parse
  return (file) => {
    const draw = gwx(file)
    return draw && ((data) => draw(own(JSON.stringify(data)) as object))
  }
}

export interface Drawing {
  draws: Draws
  /** e.g. pages/home/index.wxml */
  file: string
  data: object
  page: Handlers
  component: Handlers
}

/** The tree of a page; blocks, templates and components' borders are gone from it. */
export function drawView({ draws, file, data, page, component }: Drawing): ViewNode {
  const draw = (name: string, from: object): Raw => {
    const make = draws(name)
    if (!make) throw new Error(`${name} is not among the templates`)
    return make(from)
  }
  const root: ViewNode = {
    tag: 'page', text: '', attr: {}, children: [], parent: undefined, owner: page,
  }
  const add = (raw: Raw | string | number, parent: ViewNode, owner: Handlers) => {
    if (typeof raw !== 'object') {
      const text = String(raw)
      if (text) parent.children.push({ tag: '#text', text, attr: {}, children: [], parent, owner })
      return
    }
    if (COMPONENT.test(raw.tag)) {
      draw('comp.wxml', { ...raw.attr }).children.forEach((one) => add(one, parent, component))
      return
    }
    if (raw.tag === 'virtual') {
      raw.children.forEach((one) => add(one, parent, owner))
      return
    }
    const attr = raw.attr ?? {}
    const node: ViewNode = {
      tag: raw.tag.replace(/^wx-/, ''), text: '', attr, children: [], parent, owner,
    }
    parent.children.push(node)
    raw.children.forEach((one) => add(one, node, owner))
  }
  draw(file, data).children.forEach((one) => add(one, root, page))
  return root
}

/** A node and everything below it, in document order. */
export function* walk(node: ViewNode): Generator<ViewNode> {
  yield node
  for (const child of node.children) yield* walk(child)
}

/** Its visible words. */
export function textOf(node: ViewNode): string {
  return [...walk(node)].map(({ text }) => text).join('')
}

const given = (node: ViewNode, name: string): string => {
  const value = node.attr[name]
  return typeof value === 'string' ? value : ''
}

export const idOf = (node: ViewNode) => given(node, 'id')
export const hasClass = (node: ViewNode, name: string) =>
  given(node, 'class').split(' ').includes(name)
export const roleOf = (node: ViewNode) => given(node, 'ariaRole') || given(node, 'aria-role')

/** What a screen reader calls it. */
export const nameOf = (node: ViewNode) =>
  given(node, 'ariaLabel') || given(node, 'aria-label') || textOf(node)
