import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { makePlan } from '../../core/plan'
import { prove, proveSource } from '../../core/prove'
import { CatalogueFault } from '../../core/topic'
import { contentHash, loadCatalogue, readCatalogue } from '../../server/catalogue/load'
import { INVENTED, writeInvented } from '../catalogue/invented'

const changed = (file: string, from: string, to: string) =>
  ({ [file]: INVENTED[file]!.replace(from, to) })
const faultsOf = (changes: Record<string, string>) => {
  try {
    loadCatalogue(writeInvented(changes))
    return []
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults
    throw error
  }
}
const check = (dir: string, ...more: string[]) => spawnSync(
  process.execPath,
  [path.resolve('node_modules/tsx/dist/cli.mjs'), 'scripts/check-catalogue.ts', '--dir', dir, ...more],
  { encoding: 'utf8' },
)

describe('a topic of YAML alone', () => {
  it('links, is proved and plans, without a line of code', () => {
    const dir = writeInvented()
    const [topic] = loadCatalogue(dir).topics
    expect(proveSource(readCatalogue(dir))).toEqual([])
    expect(prove(topic!)).toMatchObject({ faults: [], proved: { answers: 4, situations: 2 } })
    const plan = makePlan(topic!, { answers: { size: 'many', watering: 'yes' }, form: {} })
    expect(plan.stages).toEqual([['tree-permit'], ['watering']])
    expect(plan.days).toBe(5)
    expect(plan.form.map(({ key }) => key))
      .toEqual(['planter.name', 'planter.phone', 'planter.treeCount'])
    expect(plan.form[0]?.askedBy).toEqual(['tree-permit', 'watering'])
    expect(plan.materials.map(({ key, fromItem }) => [key, fromItem])).toEqual([
      ['planter.site-photo', undefined], ['planter.promise', undefined],
      ['planter.permit', 'tree-permit'],
    ])
  })

  it('is printed as proved by the checker, which exits 0', () => {
    const { status, stdout } = check(writeInvented())
    expect(stdout).toContain('proved tree v1: 4 answers')
    expect(status).toBe(0)
  }, 30_000)

  it('is refused by the checker with every fault, exit 1', () => {
    const { status, stderr } = check(writeInvented(
      changed('topics/tree.yaml', 'needs: { item: tree-permit }', '')))
    expect(stderr).toContain('watering uses planter.permit but does not wait for tree-permit')
    expect(stderr).toContain('watering uses planter.permitNumber but does not wait')
    expect(status).toBe(1)
  }, 30_000)
})

describe('a version that was published', () => {
  it('stays as it is: other content needs another version, and that one is recorded', () => {
    const dir = writeInvented()
    const file = path.join(dir, 'topics/tree.yaml')
    const write = (from: string, to: string) =>
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    expect(check(dir, '--publish').status).toBe(0)
    expect(check(dir).status).toBe(0)
    write('tone: plain', 'tone: warm')
    expect(check(dir).stderr).toContain('version 1 was published with other content')
    expect(check(dir, '--publish').stderr).toContain('raise its version above 1 first')
    write('version: 1', 'version: 2')
    expect(check(dir).stderr).toContain('version 2 is not recorded')
    expect(check(dir, '--publish').status).toBe(0)
    expect(check(dir).status).toBe(0)
  }, 60_000)
})

describe('loading', () => {
  it('names the file and the place of what is malformed', () => {
    expect(faultsOf(changed('items/watering.yaml', 'mode: apply', 'mode: magic')).join('\n'))
      .toMatch(/^items\/watering\.yaml\/mode/m)
    expect(faultsOf({ 'elements/all.yaml': 'a: [' }).join('\n')).toContain('elements/all.yaml: not YAML')
  })

  it('refuses words the schema does not know: a typing error is no silent default', () => {
    expect(faultsOf(changed('topics/tree.yaml', 'tone: plain', 'tone: plain\ntome: x')).join('\n'))
      .toContain('topics/tree.yaml/tome')
  })

  it('tells every unbound name of all topics at once', () => {
    const faults = faultsOf({
      ...changed('topics/tree.yaml', 'as: { holder: planter }', 'as: { holder: stranger }'),
      ...changed('items/watering.yaml', 'user.permitNumber]', 'user.shoeSize]'),
    })
    expect(faults.join('\n')).toContain('role "holder" is not bound')
    expect(faults.join('\n')).toContain('no element "shoeSize"')
  })

  it('refuses an item that speaks of questions, an unbound fact, a fact it lacks', () => {
    expect(faultsOf(changed('items/tree-permit.yaml', '{ fact: many }', '{ q: size, is: many }')))
      .toContainEqual(expect.stringContaining('cannot ask question'))
    expect(faultsOf(changed('topics/tree.yaml', 'where: { many: { q: size, is: many } }', '')))
      .toContainEqual(expect.stringContaining('fact "many" is not bound'))
    expect(faultsOf(changed(
      'topics/tree.yaml', 'where: { many:', 'where: { lots: { all: [] }, many:')))
      .toContainEqual(expect.stringContaining('no fact "lots"'))
  })

  it('gives equal content an equal hash, and any change another', () => {
    const hash = (changes = {}) => loadCatalogue(writeInvented(changes)).hashes.get('tree')
    expect(hash()).toBe(hash())
    expect(hash(changed('topics/tree.yaml', '种一棵树', '种两棵树'))).not.toBe(hash())
    expect(hash(changed('elements/all.yaml', 'max: 500', 'max: 501'))).not.toBe(hash())
    expect(contentHash({ a: 1, b: [{ c: 2, d: 3 }] }))
      .toBe(contentHash({ b: [{ d: 3, c: 2 }], a: 1 }))
  })
})
