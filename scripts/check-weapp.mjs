/**
 * What WeChat refuses or chokes on, found before it does: syntax beyond ES2018, code made from
 * text, packages that are too large, too many, one inside another or listed without their pages.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'acorn'

// WeChat takes 2 MB; the rest is what a slow network would have to carry before anything shows.
const MAIN_LIMIT_BYTES = 1.2 * 1024 * 1024
const PACKAGE_LIMIT_BYTES = 2 * 1024 * 1024
const TOTAL_LIMIT_BYTES = 30 * 1024 * 1024
const PRELOAD_LIMIT_BYTES = 2 * 1024 * 1024
const PACKAGES_LIMIT = 100
const REQUIRED = [
  'app.js', 'app.json', 'app.wxss', 'sitemap.json', 'pages/home/index.js', 'pages/home/index.wxml',
]
// The bundler's own way to the global object; WeChat answers it with undefined and it goes on.
const KNOWN = /(?:new )?Function\(["']return this["']\)/g
const KNOWN_LIMIT = 2
const CODE_FROM_TEXT = /\beval\s*\(|\bnew\s+Function\b|(?<![\w.$])Function\s*\(/

/** Every file under a folder, as paths relative to it. */
export function filesIn(dir) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
}

/** The faults of one emitted script. */
export function scriptFaults(name, source) {
  const faults = []
  try {
    parse(source, { ecmaVersion: 2018, sourceType: 'script' })
  } catch (error) {
    faults.push(`${name}: not ES2018: ${error.message}`)
  }
  const known = source.match(KNOWN)?.length ?? 0
  if (known > KNOWN_LIMIT) faults.push(`${name}: "return this" ${known} times`)
  const rest = source.replace(KNOWN, '')
  const found = CODE_FROM_TEXT.exec(rest)
  if (found) faults.push(`${name}: code from text near "${rest.substr(found.index, 60)}"`)
  return faults
}

/** Each package's bytes; the main package, whose root is '', holds what lies in no other. */
export function packageSizes(dist, roots) {
  const sizes = new Map([['', 0], ...roots.map((root) => [root, 0])])
  for (const file of filesIn(dist)) {
    const home = roots.find((root) => file.startsWith(`${root}/`)) ?? ''
    sizes.set(home, sizes.get(home) + statSync(path.join(dist, file)).size)
  }
  return sizes
}

/** The faults of app.json: packages, their pages and what is downloaded ahead. */
export function manifestFaults({ pages, subPackages = [], preloadRule = {} }, files, sizes) {
  const faults = []
  const roots = subPackages.map(({ root }) => root)
  if (roots.length > PACKAGES_LIMIT) faults.push(`${roots.length} packages > ${PACKAGES_LIMIT}`)
  for (const root of roots) {
    const inside = [...roots, ...pages].filter((one) => one.startsWith(`${root}/`))
    faults.push(...inside.map((one) => `${one}: inside the package ${root}`))
  }
  const all = [
    ...pages,
    ...subPackages.flatMap(({ root, pages: own }) => own.map((name) => `${root}/${name}`)),
  ]
  if (new Set(all).size < all.length) faults.push('app.json: a page twice')
  for (const page of all) {
    const missing = ['js', 'json', 'wxml'].filter((ending) => !files.includes(`${page}.${ending}`))
    if (missing.length > 0) faults.push(`${page}: no ${missing.join()}`)
  }
  const sizeOf = new Map(subPackages.map(({ root, name }) => [name, sizes.get(root)]))
  for (const [page, { packages }] of Object.entries(preloadRule)) {
    if (!all.includes(page)) faults.push(`preloadRule: no page ${page}`)
    const unknown = packages.filter((name) => !sizeOf.has(name))
    if (unknown.length > 0) faults.push(`preloadRule of ${page}: no package ${unknown.join()}`)
    const bytes = packages.reduce((sum, name) => sum + (sizeOf.get(name) ?? 0), 0)
    if (bytes > PRELOAD_LIMIT_BYTES) faults.push(`${page} downloads ${bytes} bytes ahead`)
  }
  return faults
}

/** The packages over their limits. */
export function sizeFaults(sizes) {
  const faults = []
  for (const [root, bytes] of sizes) {
    const limit = root ? PACKAGE_LIMIT_BYTES : MAIN_LIMIT_BYTES
    if (bytes > limit) faults.push(`${root || 'main'} package: ${bytes} bytes > ${limit}`)
  }
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  if (total > TOTAL_LIMIT_BYTES) faults.push(`all packages: ${total} bytes > ${TOTAL_LIMIT_BYTES}`)
  return faults
}

/** The faults of a whole dist/weapp, and its size. */
export function checkWeapp(dist) {
  const files = filesIn(dist)
  const faults = REQUIRED.filter((file) => !files.includes(file)).map((file) => `${file}: missing`)
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    faults.push(...scriptFaults(file, readFileSync(path.join(dist, file), 'utf8')))
  }
  if (!files.includes('app.json')) return { faults, report: '' }
  const manifest = JSON.parse(readFileSync(path.join(dist, 'app.json'), 'utf8'))
  const sizes = packageSizes(dist, (manifest.subPackages ?? []).map(({ root }) => root))
  faults.push(...manifestFaults(manifest, files, sizes), ...sizeFaults(sizes))
  const others = [...sizes].filter(([root]) => root).sort(([, one], [, other]) => other - one)
  const [largest, bytes] = others[0] ?? ['none', 0]
  const report = `${files.length} files, main package ${sizes.get('')} bytes, `
    + `${others.length} more packages, the largest ${largest} ${bytes} bytes`
  return { faults, report }
}
