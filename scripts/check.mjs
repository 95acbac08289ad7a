// One door for every static check: types, purity of core/, lint, styles, catalogue.
import { spawnSync } from 'node:child_process'

const CHECKS = [
  ['core is pure (own tsconfig)', 'tsc', ['-p', 'core/tsconfig.json']],
  ['types', 'tsc', ['-p', '.']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['styles', 'stylelint', ['src/**/*.scss', 'console/**/*.css']],
  ['catalogue', 'tsx', ['scripts/check-catalogue.ts']],
]

const failed = CHECKS.filter(([name, command, args]) => {
  const started = Date.now()
  const { status } = spawnSync('npx', ['--no-install', command, ...args], { stdio: 'inherit' })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  return status !== 0
})

if (failed.length > 0) {
  console.error(`failed: ${failed.map(([name]) => name).join(', ')}`)
  process.exit(1)
}
