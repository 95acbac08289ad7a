/**
 * What turns the built H5 into something a phone installs and a slow network carries: icons drawn
 * from the emblem, the service worker with the list of files, and every text file compressed once.
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
  for (const file of filesIn(dist)) compress(path.join(dist, file))
}

/** Files whose name carries their hash need no revision. */
async function writeServiceWorker(dist) {
  const files = filesIn(dist).filter((file) => !/\.(br|gz|map)$/.test(file) && file !== 'sw.js')
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
