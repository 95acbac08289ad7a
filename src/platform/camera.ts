/** A live camera of the page's own. WeChat opens the phone's, so there is none here. */

export type CameraProblem = 'none' | 'denied' | 'busy' | 'gone'

/** Which camera, and how it lies: a document camera often stands on its head. */
export interface CameraChoice {
  deviceId?: string
  /** quarter turns clockwise, 0 to 3 */
  turns: number
}

/** Where the page itself shows what the camera sees. */
export const hasLiveCamera = (_atWindow: boolean): boolean => false
