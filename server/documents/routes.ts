import { Type } from '@sinclair/typebox'
import { CaseDocuments, FileVerdict, Verification } from '../../core/contract/document'
import { Id, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import { look } from '../audit/look'
import { mustSubject } from '../cases/read'
import { PRINTS_A_MINUTE, Pdf, asDocument } from '../print/reply'
import { ById, type Routes, refusals } from '../route'
import { documentsOf, printDocument } from './read'
import { verifyCode, verifyFile } from './verify'

const MOST_FILE_BYTES = 5 * 1024 * 1024
const CHECKS_A_MINUTE = 30

export const documentRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/cases/:id/documents', {
    schema: {
      operationId: 'listDocuments', params: ById, response: { 200: CaseDocuments, ...refusals },
    },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    const personId = subject.ownerId
    await look(platform, { by, personId, what: '查看办件文书', object: `case:${id}` })
    return { documents: await documentsOf(platform, id) }
  })

  app.get('/v1/cases/:id/documents/:name.pdf', {
    schema: {
      operationId: 'printDocument',
      params: Type.Object({ id: Id, name: Type.String({ pattern: '^[a-z]+-[0-9]+$' }) }, closed),
      response: { 200: Pdf, ...refusals },
    },
    config: { rateLimit: { max: PRINTS_A_MINUTE } },
  }, async (request, reply) => {
    const { params: { id: caseId, name: wanted }, actor: by } = request
    const subject = await mustSubject(platform, caseId)
    request.guard(subject)
    const personId = subject.ownerId
    await look(platform, { by, personId, what: '打印办件文书', object: `case:${caseId}` })
    const { bytes, name } = await printDocument(platform, { caseId, name: wanted })
    return asDocument(reply, { plain: `${wanted}.pdf`, name }).send(bytes)
  })

  app.get('/v1/verify/:code', {
    schema: {
      operationId: 'verifyCode',
      params: Type.Object({ code: Type.String({ minLength: 20, maxLength: 100 }) }, closed),
      response: { 200: Verification, ...refusals },
    },
  }, async ({ params: { code }, actor: by }) => {
    const { verification, personId, object } = await verifyCode(platform, code)
    await look(platform, { by, personId, what: '核验文书', object, why: '凭核验码查验真伪' })
    return verification
  })

  app.post('/v1/verify/file', {
    schema: {
      operationId: 'verifyFile',
      response: { 200: FileVerdict, ...refusals },
    },
    bodyLimit: MOST_FILE_BYTES,
    config: { rateLimit: { max: CHECKS_A_MINUTE } },
  }, async ({ body, actor: by }) => {
    if (!Buffer.isBuffer(body)) throw new Refused('MALFORMED', { field: '', problem: 'type' })
    await look(platform, {
      by, personId: null, what: '核验文件', object: 'file', why: '上传文件查验真伪',
    })
    return verifyFile(platform, body)
  })
}
