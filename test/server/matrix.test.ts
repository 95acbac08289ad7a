/**
 * S16, S17, S20–S22, S46, S57: every operation of the OpenAPI × every actor, on real objects. The
 * table of who may is written by hand; the same run must find each policy that is broken.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COUNTER_PURPOSES } from '../../core/contract/counter'
import { STAFF_ROLES } from '../../core/contract/session'
import type { Actor } from '../../server/actor'
import { buildApp } from '../../server/app'
import { openLog } from '../../server/log'
import { POLICIES, type Policy } from '../../server/policies'
import { startHarness } from './harness'
import { runMatrix } from './matrix/run'
import { TABLE } from './matrix/table'
import { ACTORS, makeWorld } from './matrix/world'

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { operationId: string }>>
}

const logged: string[] = []
const log = openLog('trace', { write: (line: string) => logged.push(line) })
const h = await startHarness()
const world = await makeWorld(h)
/** Changed between runs: the server looks a policy up at each call. */
const policies: Record<string, Policy> = { ...POLICIES }
const app = await buildApp({ ...h.platform, log }, { policies, requestsPerMinute: 1e6, mostLagMs: 0 })

/** Some thousand calls, hundreds of them print a document. */
const LONG_MS = 300_000

const EVERYBODY: Policy['who'] =
  ['anyone', 'citizen', ...STAFF_ROLES, 'outside', 'anonymous']
const ONE_OBJECT = TABLE.filter((row) => row.missing)
const OBJECT_OPERATIONS = [...new Set(ONE_OBJECT.map(({ operation }) => operation))]

/** A second lock holds: the service takes only a department's system, or only staff. */
const NO_CITIZEN = new Set([
  'outsideFeedback', 'getRectification', 'actOnRectification', 'actOnResult', 'getSignal',
  'actOnSignal', 'openRating', 'listTopicVersions', 'openCatalogueDraft', 'getCatalogueDraft',
  'saveCatalogueDraft', 'actOnCatalogueDraft', 'rehearseCatalogueDraft', 'actOnContact',
  'reviveLetters',
])

/** The citizen as on their own phone. */
const atLarge = (actor: Actor): Actor =>
  (actor.kind === 'citizen' ? { ...actor, counter: undefined } as Actor : actor) // as if not there

async function rows(done: 'enable' | 'disable'): Promise<void> {
  const tables = await h.asOwner(`select distinct tablename as name from pg_policies`)
  for (const { name } of tables) await h.asOwner(`alter table ${name} ${done} row level security`)
}

async function withPolicy(operation: string, policy: Policy) {
  const right = policies[operation]!
  policies[operation] = policy
  const report = await runMatrix(app, world, TABLE.filter((row) => row.operation === operation))
  policies[operation] = right
  return report
}

/** With the second lock (rls.test.ts) open, so that the first is tried by itself. */
describe('a broken policy is found', () => {
  beforeAll(() => rows('disable'))
  afterAll(() => rows('enable'))

  it.each(OBJECT_OPERATIONS)('%s open to everybody', { timeout: LONG_MS }, async (operation) => {
    const { leaks } = await withPolicy(operation, { who: EVERYBODY, may: () => true })
    expect(leaks.length).toBeGreaterThan(0)
  })

  it.each(OBJECT_OPERATIONS)('%s open to any citizen', { timeout: LONG_MS }, async (operation) => {
    const { who, may } = POLICIES[operation]!
    const { leaks } = await withPolicy(operation, {
      who: [...who, 'citizen'],
      may: (actor, subject) => actor.kind === 'citizen' || Boolean(may?.(actor, subject)),
    })
    expect(leaks.some((text) => text.includes('as stranger'))).toBe(!NO_CITIZEN.has(operation))
  })

  const byRegion = ['getCase', 'getCaseContent', 'getNotice', 'actOnCase', 'getResult', 'actOnResult',
    'getMaterialFile', 'getTask', 'actOnTask', 'getTicket', 'actOnTicket', 'writeOnTicket',
    'getRectification', 'actOnRectification', 'getSignal', 'actOnSignal', 'actOnContact',
    'reviveLetters']
  it.each(byRegion)('%s without its region', async (operation) => {
    const { who, may } = POLICIES[operation]!
    const { leaks } = await withPolicy(operation, {
      who,
      may: (actor, subject) => Boolean(may?.(
        'region' in actor ? { ...actor, region: subject.regionCode ?? actor.region } : actor,
        subject,
      )),
    })
    expect(leaks.some((text) => text.includes('elsewhere'))).toBe(true)
  })

  it.each(['getCase', 'getTask', 'getMaterialFile', 'actOnTask'])(
    '%s for a department whose task waits', async (operation) => {
      const { who, may } = POLICIES[operation]!
      const { leaks } = await withPolicy(operation, {
        who,
        may: (actor, subject) => Boolean(may?.(actor, subject)) ||
          (actor.kind === 'department' && actor.department === 'public-security'),
      })
      expect(leaks.some((text) => text.includes('waiting department'))).toBe(true)
    })

  const byTopic = ['getCase', 'getCaseContent', 'getNotice', 'actOnCase', 'getResult', 'getMaterialFile',
    'getTicket', 'actOnTicket', 'writeOnTicket', 'putDraft', 'getDraft', 'deleteDraft', 'submitCase',
    'inviteSigners', 'listCertificates']
  it.each(byTopic)('%s without the topics of a mandate', async (operation) => {
    const { may, ...policy } = POLICIES[operation]!
    const { leaks } = await withPolicy(operation, {
      ...policy,
      may: (actor, subject) => Boolean(may?.(
        actor.kind === 'citizen' && actor.acting
          ? { ...actor, acting: { ...actor.acting, topics: null } } : actor,
        subject,
      )),
    })
    expect(leaks.some((text) => text.includes('agent of another topic'))).toBe(true)
  })

  it.each(['actOnCase', 'actOnTicket', 'submitCase', 'deleteDraft', 'inviteSigners'])(
    '%s for a mandate that goes less far', async (operation) => {
      const { leaks } = await withPolicy(operation, { ...POLICIES[operation]!, acting: 'read' })
      expect(leaks.some((text) => text.includes('agent who fills'))).toBe(true)
    })

  it.each(['getMe', 'exportMe', 'listDevices', 'getAccessLog', 'listMessages', 'listMandates', 'rateCase'])(
    '%s for whoever acts for somebody', async (operation) => {
      const { actingKinds: _any, ...policy } = POLICIES[operation]!
      const { leaks } = await withPolicy(operation, { ...policy, acting: 'read' })
      expect(leaks.some((text) => text.includes('as agent'))).toBe(true)
    })

  it.each(['getMe', 'exportMe', 'listCases', 'listMessages', 'getHoldings', 'getCaseContent', 'rateCase'])(
    '%s for what a clerk opened at the window', async (operation) => {
      const { may, ...policy } = POLICIES[operation]!
      const { leaks } = await withPolicy(operation, {
        ...policy, counter: COUNTER_PURPOSES,
        may: (actor, subject) => Boolean(may?.(atLarge(actor), subject)),
      })
      expect(leaks.some((text) => text.includes('as counter'))).toBe(true)
    })

  it.each(['getCase', 'getNotice', 'inviteSigners'])(
    '%s of another matter than the one at the window', async (operation) => {
      const { may, ...policy } = POLICIES[operation]!
      const { leaks } = await withPolicy(operation, {
        ...policy, may: (actor, subject) => Boolean(may?.(atLarge(actor), subject)),
      })
      expect(leaks.some((text) => text.includes('as counter of another topic'))).toBe(true)
    })

  it('each kind of staff let in at getCase is told apart', async () => {
    const { who, may } = POLICIES.getCase!
    for (const kind of ['window', 'department', 'supervisor'] as const) {
      const { leaks } = await withPolicy('getCase', {
        who,
        may: (actor, subject) => actor.kind === kind || Boolean(may?.(actor, subject)),
      })
      expect(leaks.some((text) => text.includes(`as ${kind} elsewhere`)), kind).toBe(true)
    }
  })
})

describe('the matrix', () => {
  it('has a row for every operation of the OpenAPI, and none besides', async () => {
    const call = { method: 'GET', url: '/v1/openapi.json' } as const
    const response = await world.send(app, 'anonymous', call)
    const { openapi, paths } = response.json<OpenApi>()
    expect(openapi).toBe('3.1.0')
    const operations = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId))
    expect([...new Set(TABLE.map(({ operation }) => operation))].sort()).toEqual(operations.sort())
    expect(Object.keys(POLICIES).sort()).toEqual(operations.sort())
  })

  it('lets in whom the table names, nobody else, and refuses without telling', {
    timeout: LONG_MS,
  }, async () => {
    const report = await runMatrix(app, world, TABLE)
    console.info(`matrix: ${report.cells} cells, ${TABLE.length} rows × ${ACTORS.length} actors`)
    expect(report.cells).toBeGreaterThan(2_000)
    expect(report).toMatchObject({ leaks: [], shut: [], tells: [], faults: [] })
  })

  it('left nothing personal and no token in the logs', () => {
    expect(logged.length).toBeGreaterThan(500)
    const all = logged.join('')
    const { personal, tokens } = world.secrets
    expect([...personal, ...tokens].filter((one) => all.includes(one))).toEqual([])
  })
})

describe('a route nobody thought of', () => {
  it('does not start without a policy (S16)', async () => {
    const { getCase: _dropped, ...others } = POLICIES
    await expect(buildApp(h.platform, { policies: others })).rejects.toThrow('getCase')
  })
})
