/**
 * Where the embedded PostgreSQL lives and as whom it runs. PostgreSQL refuses root, so under root
 * another identity is needed that can still reach binaries and data; the reasons for each choice
 * are in docs/decisions/0002-embedded-postgresql.md.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'
import { join } from 'node:path'
import { ensureDataDir } from '../datadir'
import { canWalkTo, exists, moveUnlessThere } from '../files'
import { installBinaries } from './binaries'

/** A user PostgreSQL may run as. `namespace`: root's files, but without root's powers. */
export type Identity =
  | { is: 'self' }
  | { is: 'user'; uid: number; gid: number }
  | { is: 'namespace' }

export interface Cluster {
  identity: Identity
  /** folder with initdb and postgres */
  bin: string
  /** PGDATA */
  data: string
  socketDir: string
  logFile: string
}

const NOBODY = 65534
const SUPERUSER = 'onething'
const ELSEWHERE = 'postgres.location'
/** sun_path holds 107 bytes, of which "/.s.PGSQL.5432.lock" takes 19. */
const LONGEST_SOCKET_DIR = 88

/** Finds or makes the cluster of a data folder; safe when two processes do it at once. */
export async function prepareCluster(dataDir: string): Promise<Cluster> {
  const home = await ensureDataDir(dataDir)
  const { place, identity } = await settle(home)
  const bin = await installBinaries(place, ownerOf(identity))
  const cluster = {
    identity,
    bin,
    data: join(place, 'postgres'),
    socketDir: await makeSocketDir(place, identity),
    logFile: join(place, 'postgres.log'),
  }
  if (!(await exists(join(cluster.data, 'PG_VERSION')))) await initialise(cluster)
  return cluster
}

/** Starts a program of the cluster under its identity, with nothing of our environment. */
export function launch(
  { identity, bin }: Cluster,
  program: string,
  { args, output }: { args: string[]; output: number },
): ChildProcess {
  const file = join(bin, program)
  const inNamespace = identity.is === 'namespace'
  const options: SpawnOptions = {
    cwd: '/',
    detached: true,
    // Taro's types ask every environment for TARO_ENV.
    env: { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', output, output],
    ...(identity.is === 'user' ? { uid: identity.uid, gid: identity.gid } : {}),
  }
  return inNamespace
    ? spawn('unshare', ['--user', file, ...args], options)
    : spawn(file, args, options)
}

/** The last lines PostgreSQL wrote, for an error a person will read. */
export async function logTail(cluster: Cluster): Promise<string> {
  const text = await fs.readFile(cluster.logFile, 'utf8')
  return text.trimEnd().split('\n').slice(-8).join('\n')
}

async function settle(home: string): Promise<{ place: string; identity: Identity }> {
  if (process.getuid?.() !== 0) return { place: home, identity: { is: 'self' } }
  const place = await recordedPlace(home)
  const made = await exists(join(place, 'postgres'))
  return made ? { place, identity: await identityOfOwner(place) } : chooseUnderRoot(home)
}

async function recordedPlace(home: string): Promise<string> {
  const record = join(home, ELSEWHERE)
  return (await exists(record)) ? (await fs.readFile(record, 'utf8')).trim() : home
}

async function identityOfOwner(place: string): Promise<Identity> {
  const { uid, gid } = await fs.stat(join(place, 'postgres'))
  return uid === 0 ? { is: 'namespace' } : { is: 'user', uid, gid }
}

async function chooseUnderRoot(home: string): Promise<{ place: string; identity: Identity }> {
  const nobody: Identity = { is: 'user', uid: NOBODY, gid: NOBODY }
  if (await canWalkTo(home, NOBODY)) return { place: home, identity: nobody }
  if (await namespacesWork()) return { place: home, identity: { is: 'namespace' } }
  const place = join('/var/lib/one-thing', shortHash(home))
  await fs.mkdir(place, { recursive: true, mode: 0o755 })
  if ((await fs.stat(place)).dev !== (await fs.stat(home)).dev) {
    // Another file system means DATA_DIR is a mounted volume: a cluster outside it would be lost
    // with the container, silently.
    throw new Error(
      `PostgreSQL refuses to run as root and no other user can reach ${home}. ` +
        'Make its parent folders passable (chmod o+x), start as an ordinary user, ' +
        'or set DATABASE_URL.',
    )
  }
  await fs.writeFile(join(home, ELSEWHERE), `${place}\n`, { mode: 0o600 })
  return { place, identity: nobody }
}

function namespacesWork(): Promise<boolean> {
  return new Promise((answer) => {
    const probe = spawn('unshare', ['--user', 'true'], { stdio: 'ignore' })
    probe.once('error', () => answer(false))
    probe.once('exit', (code) => answer(code === 0))
  })
}

function ownerOf(identity: Identity): number | undefined {
  if (identity.is === 'self') return undefined
  return identity.is === 'user' ? identity.uid : 0
}

async function makeSocketDir(place: string, identity: Identity): Promise<string> {
  const near = join(place, 'socket')
  // /tmp by name, not os.tmpdir(): two processes with different TMPDIR must meet.
  const fits = Buffer.byteLength(near) <= LONGEST_SOCKET_DIR
  const dir = fits ? near : `/tmp/one-thing-${shortHash(place)}`
  if (!(await exists(dir))) {
    const made = await fs.mkdtemp(`${dir}.`)
    await give(made, identity)
    await moveUnlessThere(made, dir)
  }
  const { mode, uid } = await fs.lstat(dir)
  const owner = ownerOf(identity) ?? process.getuid?.()
  if (uid !== owner || (mode & constants.S_IFMT) !== constants.S_IFDIR || mode & 0o077) {
    throw new Error(`${dir} must be a folder of user ${owner} with mode 0700; remove it`)
  }
  return dir
}

/** Into a folder of its own, then renamed: a crash or a second process never shows half of it. */
async function initialise(cluster: Cluster): Promise<void> {
  const unfinished = await fs.mkdtemp(`${cluster.data}.init-`)
  await give(unfinished, cluster.identity)
  const output = await fs.open(cluster.logFile, 'a', 0o600)
  const args = ['-D', unfinished, '-U', SUPERUSER, '--locale=C', '--encoding=UTF8']
  args.push('--auth=trust', '--no-instructions')
  const code = await new Promise<number | null>((done, fail) => {
    launch(cluster, 'initdb', { args, output: output.fd }).once('error', fail).once('exit', done)
  }).finally(() => output.close())
  if (code !== 0) throw new Error(`initdb failed:\n${await logTail(cluster)}`)
  await moveUnlessThere(unfinished, cluster.data)
}

async function give(path: string, identity: Identity): Promise<void> {
  if (identity.is === 'user') await fs.chown(path, identity.uid, identity.gid)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
