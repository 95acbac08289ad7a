/**
 * What WeChat refuses or chokes on, found before it does: syntax beyond ES2018, code made from
 * text, a main package over its limit.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'acorn'

const MAIN_LIMIT_BYTES = 1.5 * 1024 * 1024
const REQUIRED = ['app.js', 'app.json', 'app.wxss', 'pages/home/index.js', 'pages/home/index.wxml']
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

/** The faults of a whole dist/weapp, and its size. */
export function checkWeapp(dist) {
  const files = filesIn(dist)
  const faults = REQUIRED.filter((file) => !files.includes(file)).map((file) => `${file}: missing`)
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    faults.push(...scriptFaults(file, readFileSync(path.join(dist, file), 'utf8')))
  }
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(dist, file)).size, 0)
  if (bytes > MAIN_LIMIT_BYTES) faults.push(`main package ${bytes} bytes > ${MAIN_LIMIT_BYTES}`)
  return { faults, report: `${files.length} files, main package ${bytes} bytes` }
}
