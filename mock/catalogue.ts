/**
 * What a department knows of its own items: which data its result creates. Read from the catalogue
 * as published, because a real department knows its own business too.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** A field an item's result may give, in a topic's own roles, and what its values look like. */
export interface Given {
  key: string
  type: string
  example?: string
}
export type Gives = ReadonlyMap<string, readonly Given[]>

export interface PublishedItems {
  departments: readonly { id: string; name: string }[]
  gives: Gives
}

interface ItemFile {
  id: string
  result: { gives?: string[] }
}
interface ElementFile {
  id: string
  type: string
  example?: string
}
interface TopicFile {
  items: { item: string; as?: Record<string, string> }[]
}

/** @param folder  the catalogue, which its own checker has seen before us */
export function readCatalogue(folder: string): PublishedItems {
  const all = <T>(name: string) =>
    readdirSync(path.join(folder, name))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => read<T>(path.join(folder, name, file)))
  const items = all<ItemFile>('items')
  const uses = all<TopicFile>('topics').flatMap((topic) => topic.items)
  const elements = new Map(all<ElementFile[]>('elements').flat().map((one) => [one.id, one]))
  const givesOf = ({ id, result }: ItemFile) =>
    bound(result.gives ?? [], usesOf(uses, id)).map((key): Given => {
      const { type = 'text', example } = elements.get(key.split('.')[1] ?? '') ?? {}
      return { key, type, ...(example ? { example } : {}) }
    })
  return {
    departments: read<{ id: string; name: string }[]>(path.join(folder, 'departments.yaml')),
    gives: new Map(items.map((item) => [item.id, givesOf(item)])),
  }
}

function usesOf(uses: TopicFile['items'], id: string) {
  return uses.filter(({ item }) => item === id).map(({ as = {} }) => as)
}

function bound(gives: readonly string[], uses: readonly Record<string, string>[]): string[] {
  const keys = uses.flatMap((as) => gives.map((key) => {
    const [role = '', element = ''] = key.split('.')
    return `${as[role] ?? role}.${element}`
  }))
  return [...new Set(keys)]
}

function read<T>(file: string): T {
  // The catalogue's checker has seen the shape.
  return parse(readFileSync(file, 'utf8')) as T
}
