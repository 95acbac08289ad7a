/** catalogue/help.yaml, checked for shape. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Value } from '@sinclair/typebox/value'
import { parse } from 'yaml'
import { HelpRules } from '../../core/contract/ticket'
import { helpFaults } from '../../core/ticket'
import { CatalogueFault } from '../../core/topic'

const FILE = 'help.yaml'

/** @throws {CatalogueFault} naming everything malformed, or a ladder nobody can climb */
export function readHelp(dir: string): HelpRules {
  const file = path.join(dir, FILE)
  if (!existsSync(file)) throw new CatalogueFault([`${FILE}: the file is missing`])
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new CatalogueFault([`${FILE}: not YAML: ${String(error)}`])
  }
  if (!Value.Check(HelpRules, value)) {
    throw new CatalogueFault([...Value.Errors(HelpRules, value)].map((error) =>
      `${FILE}${error.path || '/'}: ${error.message}`))
  }
  const faults = helpFaults(value)
  if (faults.length > 0) throw new CatalogueFault(faults.map((fault) => `${FILE}: ${fault}`))
  return value
}
