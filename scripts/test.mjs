// `npm test`: unit, property, catalogue, API on the embedded PostgreSQL, then the browser journeys.
// `npm test -- <vitest arguments>` runs just those.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Its exit code. What is not told at once is told as a whole when it has ended. */
function vitest(args, { atOnce = true } = {}) {
  const child = spawn('npx', ['--no-install', 'vitest', 'run', ...args], {
    stdio: ['inherit', atOnce ? 'inherit' : 'pipe', atOnce ? 'inherit' : 'pipe'],
  })
  const told = []
  child.stdout?.on('data', (chunk) => told.push(chunk))
  child.stderr?.on('data', (chunk) => told.push(chunk))
  return new Promise((ended) => child.once('close', (code) => {
    process.stdout.write(Buffer.concat(told))
    ended(code ?? 1)
  }))
}

const own = process.argv.slice(2)
if (own.length > 0) process.exit(await vitest(own))

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'
const hasBrowser = existsSync(chromium)

/** About half of the journeys' time. Each half has a product of its own, so they may overlap. */
const HALF = ['both-sides', 'catalogue', 'counter', 'desk', 'everyone', 'training']
  .map((name) => `test/journeys/${name}`)
const JOURNEYS = ['--project', 'journeys']

// Left to itself it takes one worker on two cores.
const unit = await vitest([
  '--project', 'core', '--project', 'server', '--project', 'app', '--maxWorkers', '2',
])
let journeys = 0
if (hasBrowser) {
  const halves = await Promise.all([
    vitest([...JOURNEYS, ...HALF]),
    vitest([...JOURNEYS, ...HALF.flatMap((file) => ['--exclude', `${file}*`])], {
      atOnce: false,
    }),
  ])
  journeys = halves.find((code) => code !== 0) ?? 0
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
