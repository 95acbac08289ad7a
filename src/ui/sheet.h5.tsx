import { useEffect, useRef } from 'react'
import type { SheetProps } from './sheet'
import { SheetBody } from './sheet-body'

/** A panel over the page; the browser's own dialog keeps focus inside and closes on Escape. */
export function Sheet({ title, onClose, children, footer }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    // Safari before 15.4 has no showModal: there the panel opens without the focus trap.
    if (dialog.current?.showModal) dialog.current.showModal()
    else dialog.current?.setAttribute('open', '')
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <SheetBody title={title} onClose={onClose} footer={footer}>{children}</SheetBody>
    </dialog>
  )
}
