import type {
  Confirm, Confirmed, Devices, Erasable, Erased, MyHoldings, PhoneChange, Preferences,
  WechatConsent,
} from '@core/contract/me'
import type { Me, OtpReply } from '@core/contract/session'
import type { ChosenKind } from '@core/message-kinds'
import { saveArchive } from '@/platform/save-file'
import { bearerToken, get, refused, send } from './client'

export const getHoldings = () => get<MyHoldings>('/me/holdings')

export const requestConfirm = () => send<OtpReply>('POST', '/me/confirm/otp')

export const confirmMe = (proof: Confirm) => send<Confirmed>('POST', '/me/confirm', proof)

export const eraseMine = (what: Erasable) => send<Erased>('POST', '/me/erase', { what })

export const closeMyAccount = () => send<unknown>('DELETE', '/me')

export const changePhone = (change: PhoneChange) => send<Me>('POST', '/me/phone', change)

export const getDevices = () => get<Devices>('/me/devices')

/** @param id  absent: every device but this one */
export const endDevices = (id?: string) =>
  send<Devices>('DELETE', `/me/devices${id ? `?id=${id}` : ''}`)

export const getPreferences = () => get<Preferences>('/me/preferences')

export const changePreferences = (sms: Partial<Record<ChosenKind, boolean>>) =>
  send<Preferences>('PUT', '/me/preferences', { sms })

export const consentToWechat = (consent: WechatConsent) =>
  send<Preferences>('POST', '/me/wechat-consent', consent)

/** Hands the ZIP over; who acts must be freshly proved. @throws {Refused} OFFLINE and its kin */
export async function saveExport(): Promise<void> {
  try {
    await saveArchive({ path: '/v1/me/export', name: '我的信息.zip', token: bearerToken() })
  } catch (error) {
    throw refused(error)
  }
}
