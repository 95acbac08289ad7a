/**
 * `npm run check:catalogue [-- --dir catalogue --topic newborn]`: loads, links and proves the
 * catalogue, or one topic of it; prints what was proved and every fault; exits 1 if there is one.
 * With `--publish` new versions are recorded, after which their content stands.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { incompleteFaults, sentencesOf, withoutHelp } from '../core/language-check'
import { prove, proveSource } from '../core/prove'
import { CatalogueFault } from '../core/topic'
import { linkAll, readCatalogue } from '../server/catalogue/load'
import { publish, publishedFaults } from './published'

function check(dir: string, only: string | undefined, publishing: boolean): string[] {
  const files = readCatalogue(dir)
  if (only) files.topics = files.topics.filter(({ id }) => id === only)
  const topics = linkAll(files)
  const faults = only ? [] : [...proveSource(files)]
  const sums = new Map<string, number>()
  for (const topic of topics) {
    const { proved, faults: own } = prove(topic)
    faults.push(...own)
    for (const [what, count] of Object.entries(proved)) {
      sums.set(what, (sums.get(what) ?? 0) + count)
    }
    const figures = Object.entries(proved).map(([what, count]) => `${count} ${what}`).join(', ')
    const verdict = own.length === 0 ? 'proved' : 'FAULTY'
    console.log(`${verdict} ${topic.id} v${topic.version}: ${figures}`)
  }
  for (const language of only ? [] : files.languages) {
    faults.push(...incompleteFaults(language, topics))
    const said = new Set(topics.flatMap(sentencesOf))
    const missing = new Set(topics.flatMap((topic) => withoutHelp(language, topic)))
    console.log(`language ${language.language} (${language.status}): `
      + `${Object.keys(language.messages).length} messages, `
      + `${said.size - missing.size} of ${said.size} sentences of the topics; `
      + `complete: ${language.complete.join(', ') || 'none'}`)
  }
  if (!only) faults.push(...(publishing ? publish(dir, topics) : publishedFaults(dir, topics)))
  const total = [...sums].map(([what, count]) => `${count} ${what}`).join(', ')
  console.log(`${topics.length} topics of ${files.items.length} item records: ${total}`)
  return faults
}

function main(): void {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string', default: 'catalogue' },
      topic: { type: 'string' },
      publish: { type: 'boolean', default: false },
    },
  })
  let faults: readonly string[]
  try {
    faults = check(path.resolve(values.dir), values.topic, values.publish)
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
