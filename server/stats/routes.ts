import { PublicStats } from '../../core/contract/stats'
import type { Routes } from '../route'
import { figures } from './store'

export const statsRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/stats/public', {
    schema: { operationId: 'getPublicStats', response: { 200: PublicStats } },
  }, async (_request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return figures(platform)
  })
}
