import {
  OtpReply, OtpRequest, Session, SignIn, StaffSession, StaffSignIn,
} from '../../core/contract/session'
import { Ok } from '../../core/contract/wire'
import { Refused } from '../../core/refusal'
import type { Routes } from '../route'
import { renew, signOut } from './service'
import { requestOtp, signIn } from './signin'
import { staffSignIn } from './staff'

export const sessionRoutes: Routes = async (app, { platform }) => {
  app.post('/v1/session/otp', {
    schema: { operationId: 'requestOtp', body: OtpRequest, response: { 200: OtpReply } },
  }, (request) => requestOtp(platform, { phone: request.body.phone, address: request.ip }))

  app.post('/v1/session', {
    schema: { operationId: 'signIn', body: SignIn, response: { 200: Session } },
  }, (request) => signIn(platform, { given: request.body, address: request.ip }))

  app.post('/v1/session/renew', {
    schema: { operationId: 'renewSession', response: { 200: Session } },
  }, ({ sessionHash }) => renew(platform, known(sessionHash)))

  app.delete('/v1/session', {
    schema: { operationId: 'signOut', response: { 200: Ok } },
  }, async ({ actor, sessionHash }) => {
    await signOut(platform, { actor, sessionHash: known(sessionHash) })
    return { ok: true as const }
  })

  app.post('/v1/staff/session', {
    schema: { operationId: 'staffSignIn', body: StaffSignIn, response: { 200: StaffSession } },
  }, (request) => staffSignIn(platform, { ...request.body, address: request.ip }))
}

function known(sessionHash: Buffer | undefined): Buffer {
  if (!sessionHash) throw new Refused('NOT_SIGNED_IN')
  return sessionHash
}
