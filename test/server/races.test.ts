/**
 * Two clerks at one case or task at the same moment: one wins, the other is told who and when.
 *
 *   RACES=10000 npx vitest run --project server test/server/races.test.ts
 */
import { describe, expect, it } from 'vitest'
import type { CaseView } from '../../core/contract/case'
import { type HistoryEntry, replay } from '../../core/history'
import {
  DEPARTMENT, act, actTask, ok, staffed, startTrial, submit, taskOf, trialBody,
} from './fixtures/filing'
import { type SignedIn, anyIdNumber } from './harness'

const RACES = Number(process.env.RACES ?? 1000)

const harness = await startTrial()
const crew = await staffed(harness)
const windows = [crew.clerk, await harness.window()] as const
const second: Record<string, SignedIn> = {}
for (const id of Object.keys(crew.desks)) second[id] = await harness.department(id)

const tally: Record<string, number> = {}
const ran = () => Object.values(tally).reduce((sum, n) => sum + n, 0)

type Reply = Awaited<ReturnType<typeof act>>

/** Exactly one of both got through; the other knows who was first, and since when. */
function oneWinner(kind: string, replies: readonly Reply[], who: readonly SignedIn[]): CaseView | undefined {
  const won = replies.filter(({ statusCode }) => statusCode === 200)
  expect(won.length, `${kind}: ${replies.map(({ body }) => body).join()}`).toBe(1)
  const lost = replies.find(({ statusCode }) => statusCode !== 200)!
  const { code, detail } = lost.json<{ code: string; detail: Record<string, string> }>()
  expect(code, kind).toBe('TAKEN')
  expect(detail.by).toBeTruthy()
  expect(Date.parse(detail.at!)).toBe(harness.clock.now.getTime())
  expect(who.length).toBe(2)
  tally[kind] = (tally[kind] ?? 0) + 1
  return won[0]!.json<CaseView>()
}

const raceCase = async (kind: string, id: string, action: object) =>
  oneWinner(kind, await Promise.all(windows.map((who) => act(harness, who, id, action))), windows)!

async function raceTask(kind: string, view: CaseView, item: string, actions: readonly [object, object]) {
  const department = DEPARTMENT[item]!
  const who = [crew.desks[department]!, second[department]!]
  const { id } = taskOf(view, item)
  oneWinner(kind, await Promise.all(who.map((one, n) => actTask(harness, one, id, actions[n]!))), who)
}

const same = (action: object) => [action, action] as const
const decisions: Record<string, (item: string) => readonly [object, object]> = {
  approve: (item) => same({
    do: 'approve', ...(item === 'number' ? { gives: { 'child.idNumber': anyIdNumber() } } : {}),
  }),
  reject: () => same({ do: 'reject', reason: '不符合条件' }),
  'approve-reject': (item) => [decisions.approve!(item)[0], { do: 'reject', reason: '不符合条件' }],
  correction: (item) => same({
    do: 'request-correction',
    asks: [{ kind: 'field', key: item === 'pay-phone' ? 'mother.phone' : 'child.name', reason: '请核对' }],
  }),
}

describe('two clerks at once', () => {
  it(`in ${RACES} races: one winner, one who is told, and a history that replays`, async () => {
    const kinds = Object.keys(decisions)
    for (let n = 0; ran() < RACES; n++) {
      const { id } = ok(await submit(harness, crew.owner, await trialBody(harness, crew.owner)))
      if (n % 4 === 3) {
        await raceCase('return', id, { do: 'return', asks: [{ kind: 'field', key: 'child.name', reason: '请核对' }] })
        continue
      }
      if (n % 8 === 6) {
        await raceCase('refuse', id, { do: 'refuse', reason: '不属于受理范围', remedy: '可以申请行政复议' })
        continue
      }
      await raceCase('accept', id, { do: 'accept' })
      const view = await raceCase('dispatch', id, { do: 'dispatch' })
      const open = view.tasks.filter(({ state }) => state === 'dispatched')
      for (const [at, { itemId }] of open.entries()) {
        await raceTask('claim', view, itemId, same({ do: 'receive' }))
        const kind = kinds[(n + at) % kinds.length]!
        await raceTask(kind, view, itemId, decisions[kind]!(itemId))
      }
    }
    console.log('races', tally)
    expect(ran()).toBeGreaterThanOrEqual(RACES)
    expect(Object.keys(tally).length).toBe(9)
    await everyHistoryReplays()
  }, 300_000)
})

async function everyHistoryReplays() {
  const { db } = harness.platform.db
  const cases = await db.selectFrom('cases').select(['id', 'state']).execute()
  const events = await db.selectFrom('case_events').select(['case_id', 'seq', 'by_role', 'event'])
    .orderBy('case_id').orderBy('seq').execute()
  const tasks = await db.selectFrom('tasks').select(['case_id', 'item_id', 'state']).execute()
  for (const { id, state } of cases) {
    const own = events.filter(({ case_id }) => case_id === id)
    const after = replay(own.map(({ seq, by_role: by, event }): HistoryEntry =>
      ({ seq, by, event } as HistoryEntry))) // docket.ts wrote them
    expect(after.state).toBe(state)
    for (const task of tasks.filter(({ case_id }) => case_id === id)) {
      expect(after.tasks.get(task.item_id)).toBe(task.state)
    }
  }
}
