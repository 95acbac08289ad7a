/**
 * `npm run check:catalogue [-- --dir catalogue]`: loads, links and proves the catalogue; prints
 * what was proved per topic and every fault; exits 1 if there is one.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { prove, proveSource } from '../core/prove'
import { CatalogueFault } from '../core/topic'
import { linkAll, readCatalogue } from '../server/catalogue/load'

function check(dir: string): string[] {
  const files = readCatalogue(dir)
  const topics = linkAll(files)
  const faults = [...proveSource(files)]
  for (const topic of topics) {
    const { proved, faults: own } = prove(topic)
    faults.push(...own)
    const figures = Object.entries(proved).map(([what, count]) => `${count} ${what}`).join(', ')
    const verdict = own.length === 0 ? 'proved' : 'FAULTY'
    console.log(`${verdict} ${topic.id} v${topic.version}: ${figures}`)
  }
  return faults
}

function main(): void {
  const { values } = parseArgs({ options: { dir: { type: 'string', default: 'catalogue' } } })
  let faults: readonly string[]
  try {
    faults = check(path.resolve(values.dir))
  } catch (error) {
    if (!(error instanceof CatalogueFault)) throw error
    faults = error.faults
  }
  for (const fault of faults) console.error(`fault: ${fault}`)
  if (faults.length > 0) {
    console.error(`${faults.length} faults: the catalogue must not be published`)
    process.exitCode = 1
  }
}

main()
