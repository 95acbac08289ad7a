import { type ComponentType, createContext, useContext } from 'react'

/** The language layer while it is on; see core/language.ts. */
export interface Helping {
  /** BCP 47 */
  language: string
  direction: 'rtl' | 'ltr'
  /** the help for a Chinese text, if there is any */
  of: (text: string) => string | undefined
}

export interface HelpPartProps {
  /** on a page with a main button of its own at the foot */
  compact: boolean
}

export interface Frame {
  /** Large text and large targets. */
  elder: boolean
  setElder: (elder: boolean) => void
  online: boolean
  /** The system's own text size, 1 = standard. */
  fontScale: number
  helping?: Helping | undefined
  /** 人工帮助, at the end of every page */
  Help?: ComponentType<HelpPartProps>
  /** under the top bar of every page: that all here is only for practice */
  Training?: ComponentType
  /** below it: no network, a session that ends */
  Status?: ComponentType
  /** over every page in elder mode: read to me, call a person */
  ElderBar?: ComponentType
  /** over every page: what the system asks before the app may use something of the person's */
  Consent?: ComponentType
}

/** WeChat's largest text is 23.8 px where 17 is standard; a browser may ask for twice the size. */
const MAX_SCALE = 2

/** How much larger than standard the app's text is: never smaller, at most twice as large. */
export const textScale = (fontScale: number) => Math.min(Math.max(fontScale, 1), MAX_SCALE)

/** What every page of the app shares; app.tsx provides it. */
export const FrameContext = createContext<Frame>({
  elder: false,
  setElder: () => undefined,
  online: true,
  fontScale: 1,
})

/** The app-wide frame: elder mode, network, text size, language layer. */
export const useFrame = () => useContext(FrameContext)
