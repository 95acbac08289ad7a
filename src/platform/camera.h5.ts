/**
 * A webcam or a document camera (高拍仪) that the computer shows as a video device. Permissions-Policy
 * of the server allows it to our own pages only.
 */
import type { CameraChoice, CameraProblem } from './camera'
import { readItem, writeItem } from './storage'

const NAME = 'camera'
/** As sharp as there is: a page of small print is to be read from it. */
const SHARP = { width: { ideal: 3840 }, height: { ideal: 2160 } }
const QUALITY = 0.95

export interface Camera {
  id: string
  name: string
}

export interface OpenCamera {
  stream: MediaStream
  /** the one that is open */
  id: string
  all: Camera[]
}

/** Why there is no picture. */
export class NoCamera extends Error {
  constructor(readonly problem: CameraProblem) {
    super(problem)
    this.name = 'NoCamera'
  }
}

/**
 * A phone or tablet opens its own camera, which is the better one; at the window there is a desk,
 * also where its screen can be touched. Browsers give a camera to https and localhost only.
 */
export function hasLiveCamera(atWindow: boolean): boolean {
  // older browsers, and pages that are not secure, have no mediaDevices whatever the types say
  const devices: MediaDevices | undefined = navigator.mediaDevices
  if (!devices?.getUserMedia) return false
  return atWindow || (navigator.maxTouchPoints === 0 && matchMedia('(any-pointer: fine)').matches)
}

/** What was chosen on this computer. */
export const cameraChoice = (): CameraChoice => readItem<CameraChoice>(NAME) ?? { turns: 0 }

export const keepCameraChoice = (choice: CameraChoice) => writeItem(NAME, choice)

/**
 * Opens a camera; one that is not there any more gives way to another.
 * @throws {NoCamera}
 */
export async function openCamera(deviceId: string | undefined): Promise<OpenCamera> {
  const stream = await streamOf(deviceId)
  const devices = await navigator.mediaDevices.enumerateDevices()
  const all = devices.filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId: id, label }, n) => ({ id, name: label || `摄像头 ${n + 1}` }))
  const id = stream.getVideoTracks()[0]?.getSettings().deviceId ?? ''
  return { stream, id, all }
}

async function streamOf(deviceId: string | undefined): Promise<MediaStream> {
  const video = deviceId ? { ...SHARP, deviceId: { exact: deviceId } } : SHARP
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false })
  } catch (error) {
    const name = error instanceof DOMException || error instanceof Error ? error.name : ''
    if (name === 'OverconstrainedError' && deviceId) return streamOf(undefined)
    throw new NoCamera(PROBLEMS[name] ?? 'busy')
  }
}

const PROBLEMS: Record<string, CameraProblem | undefined> = {
  NotFoundError: 'none', OverconstrainedError: 'none', NotAllowedError: 'denied',
  SecurityError: 'denied', NotReadableError: 'busy', AbortError: 'busy',
}

/** The camera's light goes out. */
export function closeCamera({ stream }: Pick<OpenCamera, 'stream'>) {
  stream.getTracks().forEach((track) => track.stop())
}

/** What the camera shows now, as an address to revoke when done. @throws {NoCamera} without one */
export async function takePicture(video: HTMLVideoElement): Promise<string> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY)
  })
  if (!blob) throw new NoCamera('gone')
  return URL.createObjectURL(blob)
}
