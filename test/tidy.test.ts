import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** Who may import whom (design §2). A folder not listed as a value may not be imported. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  core: [],
  src: ['core'],
  console: ['core'],
  server: ['core'],
  mock: ['core', 'server/demo-accounts.json'],
  scripts: ['core', 'server'],
  test: ['core', 'src', 'console', 'server', 'mock', 'scripts', 'test'],
}
const HOUSES = Object.keys(MAY_IMPORT)
const ROOT = path.resolve(import.meta.dirname, '..')

interface Import {
  file: string
  target: string
  typeOnly: boolean
}

function sourceFiles(dir: string): string[] {
  return readdirSync(path.join(ROOT, dir), { withFileTypes: true }).flatMap((entry) => {
    const file = `${dir}/${entry.name}`
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourceFiles(file)
    return /\.(ts|tsx|mts|mjs)$/.test(entry.name) ? [file] : []
  })
}

const IMPORT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

/** Every import of a source text, resolved to a path below the root, or to a package name. */
export function importsOf(file: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const to = match[3] ?? match[4] ?? ''
    const target = to.startsWith('.')
      ? path.posix.join(path.posix.dirname(file), to)
      : to.replace(/^@core\//, 'core/').replace(/^@\//, 'src/')
    return { file, target, typeOnly: match[2] !== undefined }
  })
}

const house = (target: string) => HOUSES.find((name) => target.startsWith(`${name}/`))

/** The sentence of a broken rule, or undefined. */
export function offence({ file, target, typeOnly }: Import): string | undefined {
  const from = house(file)
  const to = house(target)
  if (!from) return undefined
  if (from === 'core' && !to && !target.startsWith('@sinclair/typebox')) {
    return `${file} imports ${target}: core imports nothing`
  }
  if (from === 'core' && target.startsWith('@sinclair/') && !file.startsWith('core/contract/')) {
    return `${file} imports ${target}: only contract/ holds schemas`
  }
  if (!to || to === from) return undefined
  if (!MAY_IMPORT[from]!.some((allowed) => allowed === to || target.startsWith(allowed))) {
    return `${file} imports ${target}: ${from} may not import ${to}`
  }
  const onlyTypes = (from === 'src' || from === 'console') && target.startsWith('core/contract')
  return onlyTypes && !typeOnly
    ? `${file} imports ${target}: only types from core/contract`
    : undefined
}

const all = HOUSES.filter((name) => statSync(path.join(ROOT, name), { throwIfNoEntry: false }))
  .flatMap(sourceFiles)
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

describe('the house', () => {
  it('imports only along the table of design §2', () => {
    const imports = all.flatMap((file) => importsOf(file, read(file)))
    const offences = imports.flatMap((one) => offence(one) ?? [])
    expect(offences).toEqual([])
  })

  it('sees a planted offence', () => {
    const planted = [
      ["import x from 'node:fs'", 'core/a.ts'],
      ["import { y } from '../server/app'", 'core/a.ts'],
      ["import { y } from '../server/app'", 'src/a.ts'],
      ["import { CaseView } from '@core/contract/case'", 'src/a.ts'],
      ["import { CaseView } from '@core/contract/case'", 'console/a.ts'],
      ["import { y } from '../src/ui/page'", 'console/a.ts'],
      ["import { y } from '../server/app'", 'console/a.ts'],
      ["const x = await import('../mock/main')", 'server/a.ts'],
    ] as const
    for (const [text, file] of planted) {
      expect(importsOf(file, text).map(offence).filter(Boolean), text).toHaveLength(1)
    }
    const types = "import type { CaseView } from '@core/contract/case'"
    expect(importsOf('src/a.ts', types).map(offence)).toEqual([undefined])
  })

  it('names no topic in code: a difference between topics is data', () => {
    const topics = readdirSync(path.join(ROOT, 'catalogue/topics')).map((f) => f.replace('.yaml', ''))
    const naming = all
      .filter((file) => !file.startsWith('test/'))
      .filter((file) => topics.some((id) => new RegExp(`['"\`]${id}['"\`]`).test(read(file))))
    expect(naming).toEqual([])
  })

  it('keeps files under 300 lines and lines under 100 columns', () => {
    // Schemas are declarations, not logic: a noun's wire stays in one file.
    const most = (file: string) => (file.startsWith('core/contract/') ? 450 : 300)
    const long = all.filter(
      (file) => !file.startsWith('test/') && read(file).split('\n').length > most(file) + 1,
    )
    const wide = all.filter((file) => !file.startsWith('test/')).flatMap((file) =>
      read(file).split('\n').flatMap((line, n) => (line.length > 100 ? [`${file}:${n + 1}`] : [])))
    expect(long).toEqual([])
    expect(wide).toEqual([])
  })

  it('has no shelf for things without a name', () => {
    const shelves = all.filter((file) => /\/(utils|helpers|common|misc)[./]/.test(file))
    expect(shelves).toEqual([])
  })

  it('reads clock, chance and environment only at the rim', () => {
    const rim =
      /^(server\/(main|config|demo|log|crypto|datadir)\.ts|src\/platform\/|console\/platform\/|scripts|test|mock)/
    const impure = all
      .filter((file) => !rim.test(file))
      .filter((file) => /Date\.now\(\)|new Date\(\)|Math\.random|process\.env/.test(read(file)))
    expect(impure).toEqual([])
  })
})
