import { Type } from '@sinclair/typebox'
import {
  CHUNK_BYTES, ChunkReceived, MyMaterials, Upload, UploadStart,
} from '../../core/contract/material'
import { Id, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import { type Routes, citizenOf } from '../route'
import { ownSubjects, readFile, subjectsOf } from './file'
import { myMaterials } from './reuse'
import { finishUpload, materialOf, putChunk, startUpload, viewOf } from './service'

const params = Type.Object({ id: Id }, closed)
const chunkParams = Type.Object(
  { id: Id, n: Type.Integer({ minimum: 0, maximum: 10_000 }) },
  closed,
)
const Bytes = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })

export const materialRoutes: Routes = async (app, { platform }) => {
  app.post('/v1/materials', {
    schema: { operationId: 'startUpload', body: UploadStart, response: { 200: Upload } },
  }, (request) => startUpload(platform, { citizen: citizenOf(request), given: request.body }))

  app.get('/v1/materials', {
    schema: { operationId: 'listMaterials', response: { 200: MyMaterials } },
  }, async (request) => ({ materials: await myMaterials(platform, citizenOf(request)) }))

  app.put('/v1/materials/:id/chunks/:n', {
    bodyLimit: CHUNK_BYTES,
    schema: { operationId: 'putChunk', params: chunkParams, response: { 200: ChunkReceived } },
  }, async (request) => {
    const { id, n } = request.params
    const row = await materialOf(platform, id)
    request.guard(...(await ownSubjects(platform, row, request.actor)))
    const { body } = request
    if (!Buffer.isBuffer(body)) throw new Refused('MALFORMED', { field: '', problem: 'type' })
    return { received: await putChunk(platform, row, { n, bytes: body }) }
  })

  app.post('/v1/materials/:id/finish', {
    schema: { operationId: 'finishUpload', params, response: { 200: Upload } },
  }, async (request) => {
    const row = await materialOf(platform, request.params.id)
    request.guard(...(await ownSubjects(platform, row, request.actor)))
    return finishUpload(platform, { citizen: citizenOf(request), row })
  })

  app.get('/v1/materials/:id', {
    schema: { operationId: 'getUpload', params, response: { 200: Upload } },
  }, async (request) => {
    const row = await materialOf(platform, request.params.id)
    request.guard(...(await ownSubjects(platform, row, request.actor)))
    await look(platform, {
      by: request.actor, personId: row.ownerId, what: '查看本人上传', object: `material:${row.id}`,
    })
    return viewOf(platform, row)
  })

  app.get('/v1/materials/:id/file', {
    schema: { operationId: 'getMaterialFile', params, response: { 200: Bytes } },
  }, async (request, reply) => {
    const row = await materialOf(platform, request.params.id)
    request.guard(...(await subjectsOf(platform, row, request.actor)))
    const { bytes, type, name } = await readFile(platform, { row, by: request.actor })
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(bytes)
  })
}
