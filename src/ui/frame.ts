import { createContext, useContext } from 'react'

export interface Frame {
  /** Large text and large targets. */
  elder: boolean
  setElder: (elder: boolean) => void
  online: boolean
  /** The system's own text size, 1 = standard; only WeChat tells it. */
  fontScale: number
}

/** What every page of the app shares; app.tsx provides it. */
export const FrameContext = createContext<Frame>({
  elder: false,
  setElder: () => undefined,
  online: true,
  fontScale: 1,
})

/** The app-wide frame: elder mode, network, text size. */
export const useFrame = () => useContext(FrameContext)
