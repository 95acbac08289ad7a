/** Drafts of the catalogue: their states by random walks, what they change on the real catalogue. */
import path from 'node:path'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ItemSource, TopicSource } from '../../core/contract/catalogue'
import { ElementSchema, MaterialSchema } from '../../core/contract/topic'
import {
  type Changes, DRAFT_ACTIONS, DRAFT_ALLOWED, DRAFT_STATES, type DraftRole, type DraftState,
  type TopicParts, NO_CHANGES, actOnDraft, draftActions, isRecord, isUnchanged, mergeChanges, partsOf,
  realChanges, same, withChanges,
} from '../../core/editing'
import { differencesOf } from '../../core/editing-diff'
import { faultWords, isSpoken } from '../../core/fault-words'
import { prove, proveSource } from '../../core/prove'
import { Refused } from '../../core/refusal'
import { CatalogueFault, link } from '../../core/topic'
import { readCatalogue } from '../../server/catalogue/load'

const files = readCatalogue(path.resolve(__dirname, '../../catalogue'))
const ALL: readonly TopicParts[] = files.topics.map((topic) => partsOf(topic, files))

/** Hundreds of whole topics, on a busy machine. */
const PATIENCE_MS = 120_000
const ACCOUNTS = ['a', 'b', 'c', 'd'] as const
const anyStep = fc.record({
  action: fc.constantFrom(...DRAFT_ACTIONS),
  role: fc.constantFrom<DraftRole>('editor', 'publisher'),
  id: fc.constantFrom(...ACCOUNTS),
})

describe('the life of a draft', () => {
  it('ends published only by an editor and two other people, none of whom wrote in it', () => {
    fc.assert(fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const draft = { state: 'draft' as DraftState, editors: ['a'], approvedBy: null as string | null }
      const done: typeof steps = []
      for (const step of steps) {
        const offered = draftActions(draft, step).includes(step.action)
        try {
          draft.state = actOnDraft(draft, step.action, step)
        } catch (error) {
          expect(error).toBeInstanceOf(Refused)
          expect(offered).toBe(false)
          continue
        }
        expect(offered).toBe(true)
        done.push(step)
        if (step.action === 'save') draft.editors = [...new Set([...draft.editors, step.id])]
        if (step.action === 'approve') draft.approvedBy = step.id
        if (draft.state === 'draft') draft.approvedBy = null
        if (draft.state !== 'published') continue
        const [approve, publish] = done.slice(-2)
        expect([approve!.action, publish!.action]).toEqual(['approve', 'publish'])
        expect(done.at(-3)!.action).toBe('submit')
        expect(new Set([approve!.id, publish!.id]).size).toBe(2)
        expect(draft.editors).not.toContain(approve!.id)
        expect(draft.editors).not.toContain(publish!.id)
      }
    }), { numRuns: 3_000 })
  }, PATIENCE_MS)

  it('reaches every state, and nothing follows the last ones', () => {
    const reached = new Set(Object.values(DRAFT_ALLOWED).flatMap((moves) =>
      Object.values(moves).map(({ to }) => to)))
    expect([...reached].sort()).toEqual([...DRAFT_STATES].sort())
    expect(DRAFT_ALLOWED.published).toEqual({})
    expect(DRAFT_ALLOWED.discarded).toEqual({})
  })
})

const SHAPES = {
  topic: TypeCompiler.Compile(TopicSource), item: TypeCompiler.Compile(ItemSource),
  element: TypeCompiler.Compile(ElementSchema), material: TypeCompiler.Compile(MaterialSchema),
}

type Place = (string | number)[]

/** Every place of a document. */
function places(value: unknown, at: Place = []): Place[] {
  if (Array.isArray(value)) return [at, ...value.flatMap((one, n) => places(one, [...at, n]))]
  if (isRecord(value)) {
    return [at, ...Object.entries(value).flatMap(([key, one]) => places(one, [...at, key]))]
  }
  return [at]
}
const get = (root: unknown, at: Place) =>
  at.reduce<unknown>((part, key) => (part as Record<string | number, unknown>)[key], root)

/** The parts with one thing otherwise: a leaf changed, an entry or a key gone, a list turned round. */
const anyEdit = fc.record({
  n: fc.nat(), at: fc.nat(), how: fc.constantFrom<How>('change', 'remove', 'turn'),
})
type How = 'change' | 'remove' | 'turn'

function edited({ n, at, how }: { n: number; at: number; how: How }) {
  const before = ALL[n % ALL.length]!
  const after = structuredClone(before)
  const all = places(after).filter((place) => place.length > 1 &&
    !['topic,id', 'topic,version'].includes(place.join()) &&
    // whose record it is
    !(place.length <= 3 && ['items', 'elements', 'materials'].includes(String(place[0])) &&
      (place[2] === 'id' || place.length === 2)))
  const place = all[at % all.length]!
  const parent = get(after, place.slice(0, -1)) as Record<string | number, unknown>
  const key = place.at(-1)!
  const old = parent[key]
  if (how === 'turn' && Array.isArray(old)) old.reverse()
  else if (how === 'remove' && Array.isArray(parent)) parent.splice(Number(key), 1)
  else if (how === 'remove') delete parent[key]
  else if (typeof old === 'string') parent[key] = `${old}甲`
  else if (typeof old === 'number') parent[key] = old + 1
  else if (typeof old === 'boolean') parent[key] = !old
  const shaped = SHAPES.topic.Check(after.topic) &&
    after.items.every((item) => SHAPES.item.Check(item)) &&
    after.elements.every((element) => SHAPES.element.Check(element)) &&
    after.materials.every((material) => SHAPES.material.Check(material))
  return { before, after, place, how, old, shaped }
}

describe('what a draft changes', () => {
  it('is told wherever it is, and nothing else is', () => {
    fc.assert(fc.property(anyEdit, (edit) => {
      const { before, after, shaped } = edited(edit)
      fc.pre(shaped)
      const told = differencesOf(before, after)
      expect(told.length === 0).toBe(same(before, after))
      expect(differencesOf(before, before)).toEqual([])
      const back = differencesOf(after, before).map(({ before: b, after: a }) => ({
        ...(a === undefined ? {} : { before: a }), ...(b === undefined ? {} : { after: b }),
      }))
      const sorted = (list: object[]) => list.map((one) => JSON.stringify(one, Object.keys(one).sort())).sort()
      // Records and entries are called by their names of before.
      expect(sorted(back)).toEqual(sorted(told.map(({ part: _part, place: _place, ...rest }) => rest)))
    }), { numRuns: 60 })
  }, PATIENCE_MS)

  it('is one line for one changed text, with the words before and after', () => {
    const NAMING = new Set(['id', 'item', 'field', 'material', 'value', 'topic', 'to', 'law', 'text'])
    fc.assert(fc.property(anyEdit, (edit) => {
      const { before, after, place, how, old } = edited(edit)
      const key = String(place.at(-1))
      fc.pre(how === 'change' && typeof old === 'string' && !NAMING.has(key) && Number.isNaN(Number(key)))
      fc.pre(!place.some((part) => ['when', 'where', 'needs', 'unless', 'signs'].includes(String(part))))
      const told = differencesOf(before, after)
      expect(told).toHaveLength(1)
      expect(told[0]!.after).toContain('甲')
      expect(told[0]!.place).not.toMatch(/^[a-z]/)
    }), { numRuns: 60 })
  }, PATIENCE_MS)

  it('is said in Chinese, rules and all', () => {
    const before = ALL.find(({ topic }) => topic.id === 'newborn')!
    const after = structuredClone(before)
    const item = after.items.find(({ id }) => id === 'birth-registration')!
    item.promised.days = 9
    after.topic.items[0]!.when = { q: 'certificate', is: 'no' }
    expect(differencesOf(before, after)).toEqual([
      {
        part: '主题', place: expect.stringContaining('适用情况'),
        before: expect.stringContaining('并且'), after: '“出生医学证明领到了吗？”选“还没有”',
      },
      {
        part: `事项“${item.short}”`, place: '承诺时限 · 天数',
        before: String(before.items.find(({ id }) => id === item.id)!.promised.days), after: '9',
      },
    ])
  })

  it('put into the catalogue gives the parts again, and saved twice is no more than once', () => {
    fc.assert(fc.property(anyEdit, (edit) => {
      const { before, after, shaped } = edited(edit)
      fc.pre(shaped)
      const changes = realChanges(before, after)
      expect(isUnchanged(changes)).toBe(same(before, after))
      const { topic } = after
      fc.pre(same(topic.items.map(({ item }) => item), before.topic.items.map(({ item }) => item)))
      const made = partsOf(topic, withChanges(files, changes))
      const byId = <T extends { id: string }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one]))
      for (const list of ['items', 'elements', 'materials'] as const) {
        for (const [id, one] of byId<{ id: string }>(made[list])) {
          expect(same(one, byId<{ id: string }>(after[list]).get(id))).toBe(true)
        }
      }
      expect(realChanges(before, mergeChanges(changes, changes))).toEqual(changes)
      expect(realChanges(before, mergeChanges(NO_CHANGES, changes))).toEqual(changes)
    }), { numRuns: 80 })
  }, PATIENCE_MS)
})

describe('a fault', () => {
  it('found in a topic broken at random is said in Chinese', () => {
    const silent = new Set<string>()
    let found = 0
    fc.assert(fc.property(anyEdit, (edit) => {
      const { before, after, shaped } = edited(edit)
      fc.pre(shaped)
      for (const fault of faultsOf(before, after)) {
        found += 1
        if (!isSpoken(fault)) silent.add(fault)
      }
    }), { numRuns: 20 })
    expect(found).toBeGreaterThan(3)
    expect([...silent]).toEqual([])
    expect(faultWords('newborn: item birth-registration: no basis'))
      .toBe('newborn：事项 birth-registration：没有法律依据')
    expect(isSpoken('newborn: item x: something new')).toBe(false)
  }, PATIENCE_MS)
})

function faultsOf(before: TopicParts, after: TopicParts): readonly string[] {
  const changes: Changes = realChanges(before, after)
  const changed = withChanges(files, changes)
  const source = changed.topics.find(({ id }) => id === before.topic.id)!
  try {
    return [...proveSource(changed), ...prove(link(source, changed)).faults]
  } catch (error) {
    if (error instanceof CatalogueFault) return error.faults
    if (error instanceof SyntaxError) return [] // a pattern: refused before it is judged
    throw error
  }
}
