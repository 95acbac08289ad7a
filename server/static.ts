/** The built app: files as they are, and its page for every address the app itself knows. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Refused } from '../core/refusal'

const PAGE = 'index.html'

/** Written at build beside the page: which scripts and styles each page needs besides its own. */
const PAGE_FILES = 'page-files.json'
const HOME = '/pages/home/index'

/** Files whose name carries the hash of their content. */
const HASHED = /\.[0-9a-f]{8}\.(js|css)(\.(br|gz))?$/
const A_YEAR = 'public, max-age=31536000, immutable'

/** What a link to the app shows of itself where it is shared. */
export interface Card {
  title: string
  text: string
}

export interface Serving {
  /** the built app, its text files compressed beside them */
  dir: string
  /** where the outside world finds us */
  publicUrl: string
  /** the card of an address; undefined for the app's own */
  cardOf: (path: string, query: URLSearchParams) => Card | undefined
}

/** Serves the app at `/`; addresses under /v1 and missing files stay "not found". */
export async function serveApp(app: FastifyInstance, serving: Serving): Promise<void> {
  const { dir, publicUrl, cardOf } = serving
  await app.register(fastifyStatic, {
    root: dir,
    wildcard: false,
    cacheControl: false,
    preCompressed: true,
    index: false,
    setHeaders: (reply, file) => {
      void reply.header('cache-control', HASHED.test(file) ? A_YEAR : 'no-cache')
    },
  })
  const page = await readFile(join(dir, PAGE), 'utf8')
  const preloads = await preloadsIn(dir)
  app.get('/*', { schema: { hide: true } }, async ({ url }, reply) => {
    const [path = '', query = ''] = url.split('?')
    if (/^\/v1(\/|$)/.test(path) || /\.\w+$|\/\./.test(path)) throw new Refused('NOT_FOUND')
    const card = cardOf(path, new URLSearchParams(query)) ?? OURS
    const head = metaOf(card, publicUrl) + (preloads.get(path === '/' ? HOME : path) ?? '')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8')
      .send(page.replace('</head>', () => `${head}</head>`))
  })
}

/** By page, what starts its own files together with the app's instead of after them. */
async function preloadsIn(dir: string): Promise<Map<string, string>> {
  const file = join(dir, PAGE_FILES)
  if (!existsSync(file)) return new Map()
  // our own build wrote it
  const filesOf = JSON.parse(await readFile(file, 'utf8')) as Record<string, string[]>
  return new Map(Object.entries(filesOf).map(([path, files]) => [path, files.map((url) =>
    `<link rel="preload" as="${url.endsWith('.css') ? 'style' : 'script'}" href="${url}">`,
  ).join('')]))
}

const OURS: Card = {
  title: '喀什一件事',
  text: '一次告知、一表申请、一套材料、一次提交，不用一个部门一个部门地跑。',
}

/** Open Graph (ogp.me), which chats and search engines read. */
function metaOf({ title, text }: Card, publicUrl: string): string {
  const tags = {
    'og:type': 'website', 'og:site_name': '喀什一件事', 'og:locale': 'zh_CN',
    'og:title': title, 'og:description': text,
    'og:image': new URL('/static/icon-512.png', publicUrl).href,
  }
  return Object.entries(tags)
    .map(([name, value]) => `<meta property="${name}" content="${escaped(value)}">`).join('')
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => ESCAPES[mark] ?? mark)

/** What the content security policy must say to let the page's own inline scripts run. */
export async function inlineScriptHashes(dir: string): Promise<string[]> {
  const page = await readFile(join(dir, PAGE), 'utf8')
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  return scripts.map(([, text = '']) =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}
