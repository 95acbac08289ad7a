/** catalogue/find.yaml, checked for shape. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { FindSource } from '../../core/contract/find'
import { CatalogueFault } from '../../core/topic'

const FILE = 'find.yaml'
const NOTHING: FindSource = { lookalikes: [], fillers: [], words: [], life: [] }

/**
 * A catalogue without the file is found by its own words alone.
 * @throws {CatalogueFault} naming the place of everything malformed
 */
export function readFind(dir: string): FindSource {
  const file = path.join(dir, FILE)
  if (!existsSync(file)) return NOTHING
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CatalogueFault([`${FILE}: not YAML: ${String(error)}`])
  }
  if (Value.Check(FindSource, value)) return value
  throw new CatalogueFault([...Value.Errors(FindSource, value)].map((error) =>
    `${FILE}${error.path || '/'}: ${error.message}`))
}
