// `npm test`: unit, property, catalogue, API on the embedded PostgreSQL, then the browser journeys.
// `npm test -- <vitest arguments>` runs just those.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const vitest = (args) =>
  spawnSync('npx', ['--no-install', 'vitest', 'run', ...args], { stdio: 'inherit' }).status ?? 1

const own = process.argv.slice(2)
if (own.length > 0) process.exit(vitest(own))

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const hasBrowser = existsSync(chromium)

const unit = vitest(['--project', 'core', '--project', 'server', '--project', 'app'])
let journeys = 0
if (hasBrowser) {
  journeys = vitest(['--project', 'journeys'])
} else {
  console.error(`
################################################################################
  BROWSER JOURNEYS SKIPPED: no Chromium at ${chromium}.
  Get it with:   apt-get install -y chromium fonts-noto-cjk
  or point CHROMIUM at one, then run npm test again.
################################################################################`)
  if (process.env.REQUIRE_BROWSER) journeys = 1
}
process.exit(unit || journeys)
