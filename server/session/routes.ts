import {
  OtpReply, OtpRequest, Session, SignIn, StaffMe, StaffSession, StaffSignIn,
} from '../../core/contract/session'
import { Ok } from '../../core/contract/wire'
import { type Routes, sessionOf, staffOf } from '../route'
import { deviceOf } from './devices'
import { renew, signOut } from './service'
import { requestOtp, signIn } from './signin'
import { staffSignIn } from './staff'

export const sessionRoutes: Routes = async (app, { platform }) => {
  app.post('/v1/session/otp', {
    schema: { operationId: 'requestOtp', body: OtpRequest, response: { 200: OtpReply } },
  }, (request) => requestOtp(platform, { phone: request.body.phone, address: request.ip }))

  app.post('/v1/session', {
    schema: { operationId: 'signIn', body: SignIn, response: { 200: Session } },
  }, (request) => signIn(platform, {
    given: request.body, address: request.ip, device: deviceOf(request.headers['user-agent']),
  }))

  app.post('/v1/session/renew', {
    schema: { operationId: 'renewSession', response: { 200: Session } },
  }, ({ sessionHash }) => renew(platform, sessionOf({ sessionHash })))

  app.delete('/v1/session', {
    schema: { operationId: 'signOut', response: { 200: Ok } },
  }, async ({ actor, sessionHash }) => {
    await signOut(platform, { actor, sessionHash: sessionOf({ sessionHash }) })
    return { ok: true as const }
  })

  app.post('/v1/staff/session', {
    schema: { operationId: 'staffSignIn', body: StaffSignIn, response: { 200: StaffSession } },
  }, (request) => staffSignIn(platform, { ...request.body, address: request.ip }))

  app.get('/v1/staff/me', {
    schema: { operationId: 'getStaffMe', response: { 200: StaffMe } },
  }, async (request) => {
    const { kind: role, duties, ...member } = staffOf(request)
    return { role, duties: duties && [...duties], ...member }
  })
}
