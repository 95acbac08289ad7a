/**
 * Builds the citizen app for one target and refuses a bad result. Taro exits 0 on an invalid
 * configuration, so the old output goes first and the new one is inspected file by file.
 *
 *   node scripts/build-app.mjs h5|weapp [--check-only]
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkWeapp, filesIn } from './check-weapp.mjs'
import { finishH5 } from './finish-h5.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')
const FIRST_ROUTE_LIMIT_BYTES = 200 * 1024
const CHUNK_LIMIT_BYTES = 300 * 1024

function build(target, dist) {
  rmSync(dist, { recursive: true, force: true })
  const cli = path.join(ROOT, 'node_modules/@tarojs/cli/bin/taro')
  const built = spawnSync(process.execPath, [cli, 'build', '--type', target, '--no-check'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', TARO_ENV: target },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (built.status !== 0 || !existsSync(dist)) {
    process.stderr.write(`${built.stdout}${built.stderr}`)
    return false
  }
  return true
}

/** Faults and figures of dist/h5; the first route is what index.html loads plus the home page. */
function checkH5(dist) {
  const files = filesIn(dist)
  if (!files.includes('index.html')) return { faults: ['index.html: missing'], report: '' }
  const html = readFileSync(path.join(dist, 'index.html'), 'utf8')
  const faults = []
  if (!/lang="?zh-CN/.test(html)) faults.push('index.html: lang')
  for (const file of ['sw.js', 'static/app.webmanifest', 'static/icon-192.png']) {
    if (!files.includes(file)) faults.push(`${file}: missing`)
  }
  const scripts = files.filter((file) => file.startsWith('js/') && file.endsWith('.js'))
  if (scripts.length === 0) faults.push('no script was emitted')
  const gz = Object.fromEntries(scripts.map((file) =>
    [file, gzipSync(readFileSync(path.join(dist, file))).length]))
  for (const file of scripts) {
    if (gz[file] > CHUNK_LIMIT_BYTES) faults.push(`${file}: ${gz[file]} bytes gz in one chunk`)
  }
  const initial = scripts.filter((file) => html.includes(file))
  if (initial.length === 0) faults.push('index.html loads no script')
  // The router names a page's own chunks: path:"pages/home/index",load:… s.e(849),s.e(111) ….then
  const loader = initial
    .map((file) => readFileSync(path.join(dist, file), 'utf8'))
    .map((source) => /path:"pages\/home\/index",load:.*?\.then\(/s.exec(source)?.[0])
    .find(Boolean)
  if (!loader) faults.push('the home page is not among the routes')
  const ids = [...(loader ?? '').matchAll(/\.e\((\d+)\)/g)].map(([, id]) => id)
  const home = scripts.filter((file) => ids.some((id) => file.startsWith(`js/${id}.`)))
  const first = [...initial, ...home].reduce((sum, file) => sum + gz[file], 0)
  if (first > FIRST_ROUTE_LIMIT_BYTES) faults.push(`first route ${first} bytes gz of JS`)
  const all = scripts.reduce((sum, file) => sum + gz[file], 0)
  const report = `${scripts.length} scripts, ${all} bytes gz, first route ${first} bytes gz`
  return { faults, report }
}

function syntaxFaults(dist) {
  return filesIn(dist).filter((file) => file.endsWith('.js')).flatMap((file) => {
    try {
      execFileSync(process.execPath, ['--check', path.join(dist, file)], { stdio: 'pipe' })
      return []
    } catch (error) {
      return [`${file}: ${/\w*Error: .*/.exec(String(error.stderr))?.[0] ?? error.message}`]
    }
  })
}

async function main([target, flag]) {
  if (target !== 'h5' && target !== 'weapp') {
    console.error('usage: build-app.mjs h5|weapp [--check-only]')
    return 2
  }
  const dist = path.join(ROOT, 'dist', target)
  if (flag !== '--check-only' && !build(target, dist)) {
    console.error(`build:${target} failed: Taro's own messages are above`)
    return 1
  }
  if (target === 'h5' && flag !== '--check-only') await finishH5(dist)
  const { faults, report } = target === 'h5' ? checkH5(dist) : checkWeapp(dist)
  faults.push(...syntaxFaults(dist))
  if (faults.length > 0) {
    console.error(`build:${target} refused:\n  ${faults.join('\n  ')}`)
    return 1
  }
  console.log(`build:${target} ok: ${report}`)
  return 0
}

process.exitCode = await main(process.argv.slice(2))
