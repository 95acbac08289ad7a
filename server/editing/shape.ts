/** Records as they come over the wire, held to the shape of the catalogue's files. */
import { type Static, type TSchema, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { ItemSource, TopicSource } from '../../core/contract/catalogue'
import type { SaveDraft } from '../../core/contract/editing'
import { ElementSchema, MaterialSchema } from '../../core/contract/topic'
import type { Changes } from '../../core/editing'
import { Refused } from '../../core/refusal'

const MOST_PROBLEMS = 50

interface Problem {
  field: string
  code: string
  text: string
}

/** @throws {Refused} FORM_PROBLEMS; fields are places: `items/2/promised/days` */
export function readChanges(body: SaveDraft): Changes {
  const problems: Problem[] = []
  const read = <T extends TSchema>(schema: T, value: unknown, place: string) => {
    if (Value.Check(schema, value)) return value as Static<T> // just checked
    problems.push(...[...Value.Errors(schema, value)].map(({ path, message }) => ({
      field: `${place}${path}`, code: 'SHAPE', text: message,
    })))
    return undefined
  }
  const topic = body.topic === undefined ? undefined : read(TopicSource, body.topic, 'topic')
  const items = read(Type.Array(ItemSource), body.items, 'items')
  const elements = read(Type.Array(ElementSchema), body.elements, 'elements')
  const materials = read(Type.Array(MaterialSchema), body.materials, 'materials')
  elements?.forEach(({ pattern }, n) => {
    if (pattern !== undefined && !isPattern(pattern)) {
      const field = `elements/${n}/pattern`
      problems.push({ field, code: 'SHAPE', text: 'no regular expression' })
    }
  })
  if (!items || !elements || !materials || problems.length > 0) {
    const told = problems.slice(0, MOST_PROBLEMS)
    throw new Refused('FORM_PROBLEMS', { count: problems.length, problems: told })
  }
  return { ...(topic ? { topic } : {}), items, elements, materials }
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'))
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
