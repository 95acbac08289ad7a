import qrcode from 'qrcode-generator'
import { useMemo } from 'react'
import { Picture } from '@/ui/box'
import './index.scss'

const CELL_PX = 4
const MARGIN_CELLS = 4

/** A text as a QR code. A GIF data address: the mini-program draws no inline SVG. */
export function Qr({ text, alt }: { text: string; alt: string }) {
  const src = useMemo(() => {
    const code = qrcode(0, 'M')
    code.addData(text)
    code.make()
    return code.createDataURL(CELL_PX, CELL_PX * MARGIN_CELLS)
  }, [text])
  return <Picture src={src} alt={alt} className="qr" />
}
