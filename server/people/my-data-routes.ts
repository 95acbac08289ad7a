import { Readable } from 'node:stream'
import { Type } from '@sinclair/typebox'
import {
  Confirm, Confirmed, Devices, Erase, Erased, MyHoldings, PhoneChange, Preferences,
  PreferencesChange, WechatConsent,
} from '../../core/contract/me'
import { Me, OtpReply } from '../../core/contract/session'
import { Id, Ok, closed } from '../../core/contract/wire'
import { changePreferences, consentToWechat, readPreferences } from '../messages/preferences'
import { type Routes, citizenOf, sessionOf } from '../route'
import { confirmMe, requestConfirm } from '../session/confirm'
import { devicesOf, endDevices } from '../session/devices'
import { closeAccount } from './closing'
import { exportMine } from './export'
import { erase, readHoldings } from './holdings'
import { changePhone } from './phone'

const Archive = Type.Unsafe<Readable>({ type: 'string', format: 'binary' })
const Which = Type.Object(
  { id: Type.Optional(Id) },
  { ...closed, description: 'absent: every device but this one' },
)
/** An export reads everything of a person. */
const EXPORTS_A_MINUTE = 6

const mineOf = (request: Parameters<typeof citizenOf>[0] & Parameters<typeof sessionOf>[0]) =>
  ({ citizen: citizenOf(request), sessionHash: sessionOf(request) })

export const myDataRoutes: Routes = async (app, { platform }) => {
  app.get('/v1/me/holdings', {
    schema: { operationId: 'getHoldings', response: { 200: MyHoldings } },
  }, (request) => readHoldings(platform, mineOf(request)))

  app.get('/v1/me/export', {
    schema: { operationId: 'exportMe', response: { 200: Archive } },
    config: { rateLimit: { max: EXPORTS_A_MINUTE } },
  }, async (request, reply) => {
    const archive = await exportMine(platform, mineOf(request))
    return reply
      .type('application/zip')
      .header('content-disposition', 'attachment; filename="my-data.zip"')
      .send(Readable.from(archive))
  })

  app.post('/v1/me/erase', {
    schema: { operationId: 'eraseMine', body: Erase, response: { 200: Erased } },
  }, (request) => erase(platform, { citizen: citizenOf(request), what: request.body.what }))

  app.delete('/v1/me', {
    schema: { operationId: 'closeAccount', response: { 200: Ok } },
  }, async (request) => {
    await closeAccount(platform, mineOf(request))
    return { ok: true as const }
  })

  app.post('/v1/me/phone', {
    schema: { operationId: 'changePhone', body: PhoneChange, response: { 200: Me } },
  }, (request) => changePhone(platform, { ...mineOf(request), given: request.body }))

  app.post('/v1/me/confirm/otp', {
    schema: { operationId: 'requestConfirm', response: { 200: OtpReply } },
  }, (request) => requestConfirm(platform, { citizen: citizenOf(request), address: request.ip }))

  app.post('/v1/me/confirm', {
    schema: { operationId: 'confirmMe', body: Confirm, response: { 200: Confirmed } },
  }, (request) => confirmMe(platform, { ...mineOf(request), given: request.body }))

  app.get('/v1/me/devices', {
    schema: { operationId: 'listDevices', response: { 200: Devices } },
  }, (request) => devicesOf(platform, mineOf(request)))

  app.delete('/v1/me/devices', {
    schema: { operationId: 'endDevices', querystring: Which, response: { 200: Devices } },
  }, (request) => endDevices(platform, { ...mineOf(request), id: request.query.id }))

  app.get('/v1/me/preferences', {
    schema: { operationId: 'getPreferences', response: { 200: Preferences } },
  }, (request) => readPreferences(platform, citizenOf(request)))

  app.put('/v1/me/preferences', {
    schema: {
      operationId: 'changePreferences', body: PreferencesChange, response: { 200: Preferences },
    },
  }, (request) =>
    changePreferences(platform, { citizen: citizenOf(request), sms: request.body.sms }))

  app.post('/v1/me/wechat-consent', {
    schema: {
      operationId: 'consentToWechat', body: WechatConsent, response: { 200: Preferences },
    },
  }, (request) =>
    consentToWechat(platform, { citizen: citizenOf(request), consent: request.body }))
}
