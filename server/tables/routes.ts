import { Table } from '../../core/contract/table'
import { Refused } from '../../core/refusal'
import { type Routes, citizenOf } from '../route'
import { readTable } from './read'

const MOST_BYTES = 1024 * 1024
const TYPES = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']
/** A spreadsheet takes a thread of its own for a while. */
const PER_MINUTE = 60

export const tableRoutes: Routes = async (app) => {
  app.addContentTypeParser(TYPES, { parseAs: 'buffer' }, (_, body, done) => done(null, body))

  app.post('/v1/tables', {
    bodyLimit: MOST_BYTES,
    schema: { operationId: 'readTable', response: { 200: Table } },
    config: { rateLimit: { max: PER_MINUTE } },
    errorHandler: (error) => {
      throw error.statusCode === 413 ? new Refused('TABLE_TOO_LARGE') : error
    },
  }, (request) => {
    citizenOf(request)
    const { body } = request
    if (!Buffer.isBuffer(body)) throw new Refused('MALFORMED', { field: '', problem: 'type' })
    return readTable(body)
  })
}
