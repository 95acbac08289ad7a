import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  TARGETS, measureAll, missesOf, readNotes, report, share, totalOf,
} from '../../scripts/reform-meter'
import { loadCatalogue } from '../../server/catalogue/load'

const root = path.resolve(__dirname, '../..')
const rows = measureAll(loadCatalogue(path.join(root, 'catalogue')).topics)

describe('the reform meter over the 18 topics', () => {
  it.each(['fields', 'materials', 'legalDays'] as const)('meets the target of %s', (column) => {
    expect(share(totalOf(rows, column))).toBeGreaterThanOrEqual(TARGETS[column]!)
  })

  it('costs nowhere more here than apart, and one form', () => {
    for (const { topic, measures } of rows) {
      for (const [column, { apart, together }] of Object.entries(measures)) {
        expect(together, `${topic.id} ${column}`).toBeLessThanOrEqual(apart)
      }
      expect(measures.forms.together).toBe(1)
    }
  })

  it('says why, wherever a topic misses a target, and nowhere else', () => {
    const notes = readNotes()
    const missed = Object.fromEntries(rows.map((row) => [row.topic.id, [...missesOf(row)].sort()]))
    const told = Object.fromEntries(Object.entries(notes).map(([id, why]) => [id, Object.keys(why).sort()]))
    expect(told).toEqual(Object.fromEntries(Object.entries(missed).filter(([, one]) => one.length > 0)))
    for (const why of Object.values(notes).flatMap((one) => Object.values(one))) expect(why).toBeTruthy()
  })

  it('is written down as it is: npm run meter -- --write', () => {
    expect(readFileSync(path.join(root, 'docs/reform-meter.md'), 'utf8')).toBe(report(rows, readNotes()))
  })
})
