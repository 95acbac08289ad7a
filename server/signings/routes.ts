import { Type } from '@sinclair/typebox'
import {
  Countersigning, DeclineBody, InviteAgain, InviteSigners, SignBody, Signing, SigningCode,
} from '../../core/contract/signing'
import { Id, RequestId, closed } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import type { Actor } from '../actor'
import { look } from '../audit/look'
import { record } from '../audit/store'
import { tokenHash } from '../crypto'
import type { Platform } from '../platform'
import { type Routes, citizenOf, refusals } from '../route'
import { mustSubject } from '../cases/read'
import { inviteAgain, signingAgain } from './again'
import { answerSigning } from './answer'
import { inviteSigners } from './invite'
import { countersigningOf, signingOf } from './read'
import { type Found, findInvitation, findSigning } from './store'

const ByCode = Type.Object({ code: SigningCode }, closed)

export const signingRoutes: Routes = async (app, { platform }) => {
  asking(app, platform)
  askingAgain(app, platform)
  answering(app, platform)
}

type App = Parameters<Routes>[0]

function asking(app: App, platform: Platform): void {
  app.post('/v1/signings', {
    schema: {
      operationId: 'inviteSigners', body: InviteSigners, response: { 200: Signing, ...refusals },
    },
  }, (request) => {
    const by = citizenOf(request)
    request.guard({ ownerId: by.id, topicId: request.body.topicId })
    return inviteSigners(platform, by, request.body)
  })

  app.get('/v1/signings', {
    schema: {
      operationId: 'listSigners', querystring: Type.Object({ requestId: RequestId }, closed),
      response: { 200: Signing, ...refusals },
    },
  }, async (request) => {
    const by = citizenOf(request)
    const { requestId } = request.query
    const signing = await findSigning(platform.db.db, { applicantId: by.id, requestId })
    // Nobody asked yet: nothing to see, whoever looks.
    if (!signing) return { contentHash: null, signers: [] }
    request.guard({ ownerId: by.id, topicId: signing.topic_id })
    await look(platform, {
      by, personId: by.id, what: '查看签名进展', object: `person:${by.id}`,
    })
    return signingOf(platform, { applicantId: by.id, requestId })
  })
}

function askingAgain(app: App, platform: Platform): void {
  const params = Type.Object({ id: Id }, closed)

  app.post('/v1/cases/:id/signing', {
    schema: {
      operationId: 'inviteAgain', params, body: InviteAgain,
      response: { 200: Signing, ...refusals },
    },
  }, async (request) => {
    const { params: { id: caseId }, body: { form: answer } } = request
    request.guard(await mustSubject(platform, caseId))
    return inviteAgain(platform, citizenOf(request), { caseId, answer })
  })

  app.get('/v1/cases/:id/signing', {
    schema: { operationId: 'getSigningAgain', params, response: { 200: Signing, ...refusals } },
  }, async (request) => {
    const { params: { id }, actor: by } = request
    const subject = await mustSubject(platform, id)
    request.guard(subject)
    await look(platform, {
      by, personId: subject.ownerId, what: '查看签名进展', object: `case:${id}`,
    })
    return signingAgain(platform, id)
  })
}

function answering(app: App, platform: Platform): void {
  app.get('/v1/signings/:code', {
    schema: {
      operationId: 'getSigning', params: ByCode, response: { 200: Countersigning, ...refusals },
    },
  }, async (request) => {
    const found = await mustFind(platform, request.params.code, request.actor)
    request.guard({ signerId: found.signerId })
    await look(platform, { ...about(found), by: request.actor, what: '查看请其签名的申请' })
    return countersigningOf(platform, found)
  })

  app.post('/v1/signings/:code/sign', {
    schema: {
      operationId: 'signSigning', params: ByCode, body: SignBody,
      response: { 200: Countersigning, ...refusals },
    },
  }, async (request) => {
    const found = await mustFind(platform, request.params.code, request.actor)
    request.guard({ signerId: found.signerId })
    return answerSigning(platform, found, {
      do: 'sign', by: citizenOf(request), body: request.body,
    })
  })

  app.post('/v1/signings/:code/decline', {
    schema: {
      operationId: 'declineSigning', params: ByCode, body: DeclineBody,
      response: { 200: Countersigning, ...refusals },
    },
  }, async (request) => {
    const found = await mustFind(platform, request.params.code, request.actor)
    request.guard({ signerId: found.signerId })
    return answerSigning(platform, found, {
      do: 'decline', by: citizenOf(request), body: request.body,
    })
  })
}

/** Somebody else with the code leaves a row, then the guard refuses. @throws {Refused} NOT_FOUND */
async function mustFind(platform: Platform, code: string, by: Actor): Promise<Found> {
  const found = await findInvitation(platform.db.db, tokenHash(code))
  if (!found) throw new Refused('NOT_FOUND')
  const isOther = !('id' in by) || by.id !== found.signerId
  if (isOther) {
    await record(platform.db.db, {
      ...about(found), at: platform.now(), by, what: '打开发给别人的签名邀请', result: 'NOT_FOUND',
    })
  }
  return found
}

const about = ({ signing }: Found) => ({
  personId: signing.applicant_id, object: `signing:${signing.id}`, why: '申请人请其签名',
})
