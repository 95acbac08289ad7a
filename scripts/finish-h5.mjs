/**
 * What turns the built H5 into something a phone installs and a slow network carries: icons drawn
 * from the emblem, the service worker with the list of files, every text file compressed once, and
 * the files each page needs besides index.html's own, for server/static.ts.
 */
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import sharp from 'sharp'
import { filesIn } from './check-weapp.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const ICONS = [['icon-192.png', 192], ['icon-512.png', 512], ['icon-180.png', 180]]
const TEXT = /\.(js|css|html|svg|webmanifest|json)$/
const LEAST_BYTES = 1024
const PAGE_FILES = 'page-files.json'
const UNLISTED = ['sw.js', PAGE_FILES]

/** @param dist  the folder Taro built */
export async function finishH5(dist) {
  const statics = path.join(dist, 'static')
  rmSync(statics, { recursive: true, force: true })
  cpSync(path.join(ROOT, 'src/static'), statics, { recursive: true })
  const emblem = readFileSync(path.join(statics, 'emblem.svg'))
  for (const [name, size] of ICONS) {
    await sharp(emblem, { density: 144 }).resize(size, size).png().toFile(path.join(statics, name))
  }
  await writeServiceWorker(dist)
  writeFileSync(path.join(dist, PAGE_FILES), JSON.stringify(filesOfPages(dist)))
  for (const file of filesIn(dist)) compress(path.join(dist, file))
}

/**
 * The scripts and styles of every page, by its path. The router of the built app names them:
 * path:"pages/home/index",load:… s.e(849),s.e(111) ….then
 * @throws when no page is found: the bundler then writes its routes in another way
 */
function filesOfPages(dist) {
  const built = filesIn(dist)
    .filter((file) => /^(js|css)\/\d+\.[0-9a-f]{8}\.(js|css)$/.test(file))
  const filesOf = (id) => built.filter((file) => file.split(/[/.]/)[1] === id)
  const pages = filesIn(dist).filter((file) => /^js\/app\..*\.js$/.test(file))
    .map((file) => readFileSync(path.join(dist, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/path:"(pages\/[^"]+)",load:(.*?)\.then\(/gs)])
    .map(([, page, loader]) => [`/${page}`, [...loader.matchAll(/\.e\((\d+)\)/g)]
      .flatMap(([, id]) => filesOf(id)).map((file) => `/${file}`)])
  if (pages.length === 0) throw new Error('no page was found in the built router')
  return Object.fromEntries(pages)
}

/** Files whose name carries their hash need no revision. */
async function writeServiceWorker(dist) {
  const files = filesIn(dist)
    .filter((file) => !/\.(br|gz|map)$/.test(file) && !UNLISTED.includes(file))
  const listed = files.map((file) => ({
    url: `/${file}`,
    revision: /\.[0-9a-f]{8}\.(js|css)$/.test(file) ? null : hashOf(path.join(dist, file)),
  }))
  await build({
    entryPoints: [path.join(ROOT, 'scripts/service-worker.js')],
    outfile: path.join(dist, 'sw.js'),
    bundle: true,
    minify: true,
    target: 'es2018',
    logLevel: 'silent',
    define: { APP_FILES: JSON.stringify(listed), 'process.env.NODE_ENV': '"production"' },
  })
}

function hashOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16)
}

function compress(file) {
  const content = readFileSync(file)
  if (!TEXT.test(file) || content.length < LEAST_BYTES) return
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}
