/**
 * What WeChat asks a person before an app may use something of theirs: once its 隐私保护指引, then
 * each permission. Whoever refuses goes on another way, so the app is told what was refused.
 */
import Taro from '@tarojs/taro'

export type Permission = 'camera' | 'album'

export type Consent =
  /** a call waits for the person's word on the 隐私保护指引 */
  | { is: 'asked' }
  | { is: 'refused'; what: 'privacy' | Permission }

/** Of the button by which one agrees; WeChat looks whether it was really tapped. */
export const AGREE_BUTTON = 'privacy-agree'

interface Word {
  event: 'exposureAuthorization' | 'agree' | 'disagree'
  buttonId?: string
}

type Resolve = (word: Word) => void

let waiting: readonly Resolve[] = []
let tell: (consent: Consent | undefined) => void = () => undefined

/** Tells what is asked or was refused; undefined once it is settled. */
export function watchConsent(heard: (consent: Consent | undefined) => void) {
  tell = heard
  // before base library 2.32.3 WeChat asks nothing
  if (!Taro.canIUse('onNeedPrivacyAuthorization')) return
  Taro.onNeedPrivacyAuthorization((resolve) => {
    waiting = [...waiting, resolve as Resolve] // Taro's type lacks the button's id
    ;(resolve as Resolve)({ event: 'exposureAuthorization' })
    tell({ is: 'asked' })
  })
}

/** The person's word on the 隐私保护指引; every call that waits for it goes on, or fails. */
export function answerPrivacy(agreed: boolean) {
  const calls = waiting
  waiting = []
  tell(undefined)
  calls.forEach((resolve) =>
    resolve(agreed ? { event: 'agree', buttonId: AGREE_BUTTON } : { event: 'disagree' }))
}

/** Opens the 隐私保护指引 as it was filed with WeChat. */
export function readPrivacy() {
  Taro.openPrivacyContract({ fail: () => undefined }) // not filed yet: nothing to show
}

/** Opens WeChat's switches for this app's permissions. */
export function openPermissions() {
  void Taro.openSetting({}).catch(() => undefined) // closed again
}

/** Looks why a call of WeChat's failed: true when it was refused, and then says so. */
export function wasRefused(error: unknown, permission: Permission): boolean {
  const why = String((error as { errMsg?: unknown } | undefined)?.errMsg ?? error)
  if (/privacy/i.test(why)) tell({ is: 'refused', what: 'privacy' })
  else if (/auth den|authorize|permission/i.test(why)) tell({ is: 'refused', what: permission })
  else return false
  return true
}
