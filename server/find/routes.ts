import { FindQuery, FindReply, type LifeGroup, LifeReply } from '../../core/contract/find'
import type { LoadedCatalogue } from '../catalogue/load'
import type { Routes } from '../route'
import { type Find, makeFind } from './engine'

/** Of one address, a minute: some twenty people typing at once behind it. */
const SEARCHES_PER_MINUTE = 300
const LIFE_KEPT_SECONDS = 600

const built = new WeakMap<LoadedCatalogue, Find>()

export const findRoutes: Routes = async (app, { platform }) => {
  // What people search for is theirs: it is in no log, no header and no store.
  app.get('/v1/find', {
    schema: { operationId: 'findTopics', querystring: FindQuery, response: { 200: FindReply } },
    config: { rateLimit: { max: SEARCHES_PER_MINUTE } },
  }, ({ query }) => ({ found: finderOf(platform.catalogue)(query.q) }))

  app.get('/v1/life', {
    schema: { operationId: 'getLife', response: { 200: LifeReply } },
  }, (_request, reply) => {
    reply.header('cache-control', `public, max-age=${LIFE_KEPT_SECONDS}`)
    return { groups: lifeOf(platform.catalogue) }
  })
}

function finderOf(catalogue: LoadedCatalogue): Find {
  const there = built.get(catalogue)
  if (there) return there
  const find = makeFind(catalogue.topics, catalogue.find)
  built.set(catalogue, find)
  return find
}

/** What happened in a life, as far as a topic for it is offered. */
export function lifeOf({ find, topics }: Pick<LoadedCatalogue, 'find' | 'topics'>): LifeGroup[] {
  const offered = new Set(topics.map(({ id }) => id))
  return find.life
    .map((group) => ({ ...group, events: group.events.filter(({ topic }) => offered.has(topic)) }))
    .filter(({ events }) => events.length > 0)
}
