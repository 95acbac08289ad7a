/** 差评整改 and time: lateness goes to supervision; an answer nobody objects to ends the matter. */
import { shanghaiDate } from '../../core/clock'
import { record } from '../audit/store'
import type { Platform } from '../platform'
import { ownerOf, signalOf, step } from '../ratings/rectify'
import { addStep, lockRectification, saveRectification } from '../ratings/store'
import { each } from './each'

const BY = { kind: 'system' } as const
const SYSTEM = { role: 'system', id: null, name: '系统' }
const BATCH = 200
const LEVELS = ['none', 'yellow', 'red'] as const
const levelOf = (name: string) => LEVELS.findIndex((level) => level === name)

/** Each signal is told once a round. */
export async function signalRectifications(platform: Platform): Promise<void> {
  const today = shanghaiDate(platform.now().toISOString())
  await each(lateOnes(platform, today), (id) => signal(platform, id, today))
}

/** Index: rectifications_due. */
async function* lateOnes({ db: { db } }: Platform, today: string): AsyncGenerator<string> {
  let after = { contactBy: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const due = await db.selectFrom('rectifications').selectAll()
      .where('state', 'in', ['open', 'contacted', 'answered']).where('contact_by', '<', today)
      .where((eb) => eb(
        eb.refTuple('contact_by', 'id'), '>', eb.tuple(after.contactBy, after.id)))
      .orderBy('contact_by').orderBy('id').limit(BATCH).execute()
    yield* due.filter((row) => levelOf(signalOf(row, today)) > levelOf(row.signal))
      .map(({ id }) => id)
    const last = due.at(-1)
    if (!last || due.length < BATCH) return
    after = { contactBy: last.contact_by, id: last.id }
  }
}

async function signal(platform: Platform, id: string, today: string): Promise<void> {
  await platform.db.inTx(async (tx) => {
    const row = await lockRectification(tx, id, true)
    if (!row) return
    const level = signalOf(row, today)
    if (levelOf(level) <= levelOf(row.signal)) return
    Object.assign(row, { signal: level, late: true })
    await saveRectification(tx, row)
    const at = platform.now()
    const note = level === 'red' ? '整改超过最长期限' : '整改超期'
    await addStep(tx, platform.keys, { id, at, by: SYSTEM, event: 'signal', note })
    await record(tx, {
      at, by: BY, personId: await ownerOf(tx, row), what: note, object: `rectification:${id}`,
      why: '差评整改', result: `rectification-${level}`,
    })
  })
}

/** The citizen has had days to object and did not. */
export async function endRectifications(platform: Platform): Promise<void> {
  const today = shanghaiDate(platform.now().toISOString())
  const over = await platform.db.db.selectFrom('rectifications').select('id')
    .where('state', '=', 'confirmed').where('reply_by', '<', today).limit(BATCH).execute()
  await each(over, ({ id }) => platform.db.inTx(async (tx) => {
    const row = await lockRectification(tx, id, true)
    if (row?.state !== 'confirmed' || !row.reply_by || row.reply_by >= today) return
    await step({ platform, tx, row }, { action: 'lapse', by: BY })
  }))
}
