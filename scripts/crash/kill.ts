/** kill -9, of the platform or of PostgreSQL with all its processes. */
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Rig, ended, startServer, untilHealthy } from '../rig/platform'

/** Answers after how many milliseconds the platform was healthy again. */
export async function killServer(rig: Rig): Promise<number> {
  const { server } = rig
  if (!server) throw new Error('no platform to kill')
  server.kill('SIGKILL')
  const at = Date.now()
  await ended(server)
  await startServer(rig)
  return Date.now() - at
}

/** The platform lives on and brings PostgreSQL back by itself. @param dataFolder  its PGDATA */
export async function killPostgres(rig: Rig, dataFolder: string): Promise<number> {
  const postmaster = Number.parseInt(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8'), 10)
  const at = Date.now()
  // All at once: a walwriter left alive for a moment would save what must be at risk.
  for (const pid of [...childrenOf(postmaster), postmaster]) end(pid)
  await untilHealthy(rig)
  return Date.now() - at
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function childrenOf(parent: number): number[] {
  const pairs = process.platform === 'linux' ? fromProc() : fromPs()
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid)
}

function fromProc(): [number, number][] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      // pid (name) state ppid …; a name may hold anything but ends at the last bracket
      const ppid = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]
      return [[Number(name), Number(ppid)] satisfies [number, number]]
    } catch {
      return [] // it ended while we looked
    }
  })
}

function fromPs(): [number, number][] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim().split('\n').map((line) => {
      const [pid = 0, ppid = 0] = line.trim().split(/\s+/).map(Number)
      return [pid, ppid]
    })
}
