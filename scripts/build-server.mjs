// Bundles the platform and, where it is present, the demo town: server/main.ts and mock/main.ts to
// build/*.mjs. Packages stay outside the bundle. `node scripts/build-server.mjs` or from start.mjs.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '..')
const ENTRIES = { server: 'server/main.ts', mock: 'mock/main.ts' }

/** @throws when esbuild finds an error; its messages have been printed */
export async function buildServer() {
  const present = Object.entries(ENTRIES).filter(([, file]) => existsSync(path.join(ROOT, file)))
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(present),
    outdir: 'build',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '@core': path.join(ROOT, 'core') },
    sourcemap: true,
    logLevel: 'warning',
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  buildServer().catch(() => {
    process.exitCode = 1
  })
}
