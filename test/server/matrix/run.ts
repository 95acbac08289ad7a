/** Every row of the table as every actor, at the real front door; what differs is told in words. */
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Row } from './table'
import { ACTORS, type ActorName, CLIENTS, type World } from './world'

export interface Report {
  cells: number
  /** somebody got in who may not, or read of somebody what they may not */
  leaks: string[]
  /** somebody who may was refused */
  shut: string[]
  /** a refusal that tells whether the thing exists */
  tells: string[]
  /** the server failed */
  faults: string[]
}

/** Codes by which the door itself says no. A business answer (409, 422 …) means: one was inside. */
const DOOR = new Set([
  'NOT_SIGNED_IN', 'NOT_ALLOWED', 'NOT_FOUND', 'BAD_SIGNATURE', 'MANDATE_ENDED', 'NOT_WHILE_ACTING',
  'NOT_AT_COUNTER',
])
const OF_ONE_CALL = /^(date|x-request-id|x-ratelimit|content-length|connection|keep-alive)/

export async function runMatrix(
  app: FastifyInstance,
  world: World,
  rows: readonly Row[],
): Promise<Report> {
  const report: Report = { cells: 0, leaks: [], shut: [], tells: [], faults: [] }
  for (const row of rows) {
    for (const actor of ACTORS) await judge(app, world, { row, actor, report })
  }
  return report
}

async function judge(
  app: FastifyInstance,
  world: World,
  { row, actor, report }: { row: Row; actor: ActorName; report: Report },
): Promise<void> {
  const where = `${row.operation}${row.about ? ` of ${row.about}` : ''} as ${actor}`
  const response = await world.send(app, actor, row.call(world, actor))
  report.cells += 1
  const { statusCode } = response
  const passed = isInside(response)
  const may = row.pass.includes(actor)
  if (statusCode >= 500) report.faults.push(`${where}: ${statusCode}`)
  if (passed && !may) report.leaks.push(`${where}: ${statusCode}`)
  if (!passed && may) report.shut.push(`${where}: ${statusCode} ${response.body}`)
  const reads = may && (row.reveals || actor === (row.whose ?? 'owner'))
  const read = reads ? [] : world.secrets.personal.filter((one) => response.body.includes(one))
  for (const one of foreign(world, actor, read)) report.leaks.push(`${where}: reads ${one}`)
  if (passed || !row.missing) return
  const nothing = await world.send(app, actor, row.missing())
  report.cells += 1
  if (looks(response) !== looks(nothing)) {
    report.tells.push(`${where}: ${looks(response)} but of nothing ${looks(nothing)}`)
  }
}

/** Their own name is no secret to somebody, nor that of the client they act for. */
function foreign({ citizens }: World, who: ActorName, read: readonly string[]): string[] {
  const actor = CLIENTS[who] ?? who
  const own = actor in citizens ? Object.values(citizens[actor as keyof typeof citizens]) : []
  return read.filter((one) => !own.includes(one))
}

function isInside(response: LightMyRequestResponse): boolean {
  if (response.statusCode < 400) return true
  return !DOOR.has(response.json<{ code: string }>().code)
}

/** All a client can tell of a reply, but for the number of the request. */
function looks({ statusCode, headers, body }: LightMyRequestResponse): string {
  const kept = Object.entries(headers).filter(([name]) => !OF_ONE_CALL.test(name)).sort()
  return JSON.stringify([statusCode, kept, body.replace(/"ref":"[^"]*"/, '"ref":""')])
}
