import { Type } from '@sinclair/typebox'
import { FIGURES_BY, SupervisionFigures } from '../../core/contract/supervision'
import { Day, OneOf, closed } from '../../core/contract/wire'
import { type Routes, refusals, staffOf } from '../route'
import { Workbook, asWorkbook } from '../tables/reply'
import { figuresOf, figuresSheet } from './figures'

const SHEETS_A_MINUTE = 20
const Query = Type.Object({
  from: Type.Optional(Day), to: Type.Optional(Day), by: Type.Optional(OneOf(FIGURES_BY)),
}, closed)

export function figureRoutes(
  app: Parameters<Routes>[0],
  { platform }: Parameters<Routes>[1],
): void {
  app.get('/v1/supervision/figures', {
    schema: {
      operationId: 'getFigures', querystring: Query,
      response: { 200: SupervisionFigures, ...refusals },
    },
  }, (request) => {
    const { from, to, by: group = 'topic' } = request.query
    return figuresOf(platform, { by: staffOf(request), from, to, group })
  })

  app.get('/v1/supervision/figures.xlsx', {
    schema: {
      operationId: 'exportFigures', querystring: Query, response: { 200: Workbook, ...refusals },
    },
    config: { rateLimit: { max: SHEETS_A_MINUTE } },
  }, async (request, reply) => {
    const { from, to, by: group = 'topic' } = request.query
    const figures = await figuresOf(platform, { by: staffOf(request), from, to, group })
    const name = `监管数据 ${figures.from} 至 ${figures.to}.xlsx`
    return asWorkbook(reply, { plain: 'figures.xlsx', name }).send(figuresSheet(figures))
  })
}
