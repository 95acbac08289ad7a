// `npm run test:weapp`: the compiled mini-program (npm run build:weapp) run without WeChat, against
// the product as `npm start` brings it up.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')

function main() {
  if (!existsSync(path.join(ROOT, 'dist/weapp/app.json'))) {
    console.error('There is no dist/weapp: npm run build:weapp first.')
    return 1
  }
  const args = ['--no-install', 'vitest', 'run', '--project', 'weapp']
  return spawnSync('npx', args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1
}

process.exitCode = main()
