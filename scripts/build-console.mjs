/**
 * Builds the staff console to dist/desk, served at /desk/, and refuses a bad result.
 * `node scripts/build-console.mjs` or from start.mjs.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const ROOT = path.resolve(import.meta.dirname, '..')
const DIST = path.join(ROOT, 'dist/desk')
const TEXT = /\.(js|css|html|svg)$/
const LEAST_BYTES = 1024
/** A work place loads it once a version, over an office network. */
const MOST_SCRIPT_BYTES_GZ = 500 * 1024

/** @throws {Error} when it did not build, or is not what it should be */
export async function buildConsole() {
  // Its tools are not there on a server that only serves what was built.
  const { build } = await import('vite')
  await build({
    root: path.join(ROOT, 'console'),
    base: '/desk/',
    configFile: false,
    logLevel: 'warn',
    esbuild: { jsx: 'automatic' },
    resolve: { alias: { '@core': path.join(ROOT, 'core') } },
    build: {
      outDir: DIST,
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 4000,
      rollupOptions: {
        // 'use client' of the kit means nothing here
        onwarn: (warning, warn) => {
          if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
        },
        output: {
          manualChunks: (id) => (/node_modules\/(react|react-dom|scheduler)\//.test(id)
            ? 'react' : /node_modules\//.test(id) ? 'kit' : undefined),
        },
      },
    },
  })
  const report = inspect()
  for (const file of filesOf(DIST)) compress(file)
  return report
}

function inspect() {
  const page = readFileSync(path.join(DIST, 'index.html'), 'utf8')
  if (!page.includes('lang="zh-CN"')) throw new Error('index.html: lang')
  if (/<script(?![^>]*\ssrc=)[^>]*>/.test(page)) throw new Error('index.html: an inline script')
  const scripts = filesOf(DIST).filter((file) => file.endsWith('.js'))
  const gz = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)
  if (scripts.length === 0) throw new Error('no script was emitted')
  if (gz > MOST_SCRIPT_BYTES_GZ) throw new Error(`${gz} bytes gz of scripts`)
  return `${scripts.length} scripts, ${gz} bytes gz`
}

const filesOf = (dir) => readdirSync(dir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name))

function compress(file) {
  const content = readFileSync(file)
  if (!TEXT.test(file) || content.length < LEAST_BYTES) return
  writeFileSync(`${file}.br`, brotliCompressSync(content))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  rmSync(DIST, { recursive: true, force: true })
  await buildConsole().then(
    (report) => console.log(`build:console ok: ${report}`),
    (error) => {
      console.error(`build:console refused: ${error.message}`)
      process.exitCode = 1
    },
  )
}
