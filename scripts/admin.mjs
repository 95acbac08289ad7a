// `npm run admin -- create|reset …`: the accounts of the three administrators, made where the
// platform is run, by its own bundle and with its own settings. Needs no development tools.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { buildServer } from './build-server.mjs'
import { isStale } from './freshness.mjs'

const ROOT = path.resolve(import.meta.dirname, '..')

if (isStale(ROOT, 'build/server.mjs', ['server', 'core', 'scripts/build-server.mjs'])) {
  await buildServer()
}
const { status } = spawnSync(
  process.execPath, ['build/server.mjs', 'admin', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' })
process.exit(status ?? 1)
