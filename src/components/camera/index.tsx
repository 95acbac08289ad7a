export interface CameraSheetProps {
  /** what is photographed */
  name: string
  /** @param turns  quarter turns clockwise, 0 to 3 */
  onDone: (path: string, turns: number) => void
  onClose: () => void
  /** 选择文件 instead */
  onFile: () => void
}

/** Only a browser has one: see index.h5.tsx. */
export function CameraSheet(_props: CameraSheetProps) {
  return null
}
