// Whether something built is older than what it was built from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const newest = (file) => {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return readdirSync(file)
    .reduce((latest, name) => Math.max(latest, newest(path.join(file, name))), 0)
}

/** @param root  `built` and `sources` are below it */
export function isStale(root, built, sources) {
  const output = path.join(root, built)
  if (!existsSync(output)) return true
  const builtAt = statSync(output).mtimeMs
  return sources.some((source) => newest(path.join(root, source)) > builtAt)
}
