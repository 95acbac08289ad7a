/** 微信通知: asked for where it fits; a no is kept, and nobody is asked again unbidden. */
import type { Preferences } from '@core/contract/me'
import { WECHAT_KINDS, type WechatKind } from '@core/message-kinds'
import { useCallback, useState } from 'react'
import { consentToWechat, getPreferences } from '@/api/me'
import { loginCode } from '@/platform/login'
import { askToSubscribe, canSubscribe } from '@/platform/subscribe'
import { useLoaded } from './loaded'
import { type Running, useRunning } from './running'
import { token } from './session'

type Wechat = Preferences['wechat']

/** The kinds there is a template for. */
export const offeredKinds = ({ templates }: Wechat): WechatKind[] =>
  (canSubscribe ? WECHAT_KINDS.filter((kind) => templates[kind] !== undefined) : [])

/** Opens WeChat's prompt; tells the platform what was answered. @throws {Refused} */
export async function allowWechat(wechat: Wechat): Promise<Preferences> {
  const kinds = offeredKinds(wechat)
  const allowed = await askToSubscribe(kinds.map((kind) => wechat.templates[kind] ?? ''))
  const accepted = kinds.filter((kind) => allowed.includes(wechat.templates[kind] ?? ''))
  return consentToWechat({ code: await loginCode() ?? '', accepted })
}

/** Not now: remembered with the account. @throws {Refused} */
export const declineWechat = (): Promise<Preferences> =>
  consentToWechat({ code: 'none', accepted: [] })

export interface WechatOffer {
  /** undefined: there is nothing to ask */
  wechat: Wechat | undefined
  /** just now */
  answer: 'allowed' | 'declined' | undefined
  running: Running
  allow: () => void
  decline: () => void
}

const NOTHING = Promise.resolve(undefined)

/** For the moment after a submission: only to whoever has not said no and has no consent left. */
export function useWechatOffer(): WechatOffer {
  const load = useCallback(() => (canSubscribe && token() ? getPreferences() : NOTHING), [])
  const { value } = useLoaded<Preferences | undefined>(load)
  const [answer, setAnswer] = useState<WechatOffer['answer']>()
  const running = useRunning()
  const found = value?.wechat
  const wanted = found && !found.refused && found.left.progress === 0 &&
    offeredKinds(found).length > 0
  const wechat = wanted ? found : undefined
  const tell = ({ wechat: { refused } }: Preferences) => setAnswer(refused ? 'declined' : 'allowed')
  return {
    wechat, answer, running,
    allow: () => wechat && running.run(() => allowWechat(wechat).then(tell)),
    decline: () => running.run(() => declineWechat().then(tell)),
  }
}
