import { windowInfo } from './system-info'

/** How wide the window is, in CSS pixels. */
export const windowWidth = () => windowInfo().windowWidth

/** A mini-program's window keeps its width: our pages do not turn. */
export const watchWindowWidth = (_changed: (width: number) => void) => () => undefined
