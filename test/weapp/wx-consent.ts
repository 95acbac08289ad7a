/**
 * What WeChat asks a person before an app may touch something of theirs: once for all, the app's
 * 隐私保护指引; then each permission by itself.
 */
import { asynchronous, Failed, type Options, type World } from './wx'

export type Scope = 'scope.camera' | 'scope.writePhotosAlbum'

/** What the person has answered so far, kept with the phone. */
export interface Consent {
  /** undefined: not asked yet */
  privacy: boolean | undefined
  /** what the person says when the system asks; absent: yes */
  refused: Set<Scope>
}

type Answer = (answer: { event: string; buttonId?: string }) => void
type Listener = (resolve: Answer, about: object) => void

const REFUSED = 'privacy permission is not authorized'

/** Calls of these names wait for the person's agreement to the 隐私保护指引. */
export function consent(world: World): {
  api: Record<string, unknown>
  guard: (name: string, act: (options: Options) => unknown) => (options: Options) => unknown
} {
  let listener: Listener | undefined
  const decide = async (name: string): Promise<void> => {
    if (world.consent.privacy) return
    // without a listener WeChat shows a sheet of its own, which this person agrees to
    const asking = listener
    if (!asking) {
      world.consent.privacy = true
      return
    }
    await new Promise<void>((agreed, refused) => {
      const resolve: Answer = ({ event, buttonId }) => {
        if (event === 'exposureAuthorization') return
        if (event === 'disagree') return refused(new Failed(REFUSED))
        // only a tap on the button of that kind counts
        if (buttonId === undefined || !world.agreedBy.has(buttonId)) {
          return refused(new Failed(`${REFUSED}: no such button was tapped`))
        }
        world.consent.privacy = true
        agreed()
      }
      world.guarded(() => asking(resolve, world.toApp({ referrer: name }) as object))
    })
  }
  const once = (name: string, act: (options: Options) => unknown) =>
    ({ [name]: asynchronous(world, name, act) })
  return {
    guard: (name, act) => async (options) => {
      await decide(name)
      return act(options)
    },
    api: {
      onNeedPrivacyAuthorization: (tell: Listener) => {
        listener = tell
      },
      ...once('getPrivacySetting', () => ({
        needAuthorization: !world.consent.privacy, privacyContractName: '《喀什一件事隐私保护指引》',
      })),
      ...once('requirePrivacyAuthorize', () => decide('requirePrivacyAuthorize')),
      ...once('openPrivacyContract', () => void world.opened.push('privacy-contract')),
      ...once('openSetting', () => {
        world.opened.push('setting')
        return { authSetting: {} }
      }),
    },
  }
}

/** @throws {Failed} as WeChat does once the person has refused a permission */
export function permitted(world: World, scope: Scope): void {
  if (world.consent.refused.has(scope)) throw new Failed('auth deny')
}
