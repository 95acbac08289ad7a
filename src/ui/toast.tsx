import { useSyncExternalStore } from 'react'
import { Box, Tap } from './box'
import { Icon } from './icon'
import { Worded } from './worded'

interface Toast {
  text: string
  kind: 'done' | 'info' | 'error'
  act?: ToastAct
}

/** What may still be done about it: 撤销. */
export interface ToastAct {
  label: string
  onTap: () => void
}

const ICONS = { done: 'check', info: 'info', error: 'alert' } as const
const SHOWN_MS = 4000
const SHOWN_WITH_ACT_MS = 10_000
const listeners = new Set<() => void>()
let current: Toast | undefined
let timer: ReturnType<typeof setTimeout> | undefined

function put(toast: Toast | undefined) {
  current = toast
  listeners.forEach((tell) => tell())
}

/**
 * Says one short sentence for four seconds, aloud too; for ten with something to tap. Never the
 * only trace of an error.
 */
export function showToast(text: string, kind: Toast['kind'] = 'info', act?: ToastAct) {
  clearTimeout(timer)
  put({ text, kind, act })
  timer = setTimeout(() => put(undefined), act ? SHOWN_WITH_ACT_MS : SHOWN_MS)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Where toasts appear; part of Page. */
export function ToastRegion() {
  const toast = useSyncExternalStore(subscribe, () => current)
  return (
    <Box className="toasts" live="polite" role="status">
      {toast && (
        <Box className={`toast toast-${toast.kind}`}>
          <Icon name={ICONS[toast.kind]} />
          <Worded>{toast.text}</Worded>
          {toast.act && <Act {...toast.act} />}
        </Box>
      )}
    </Box>
  )
}

function Act({ label, onTap }: ToastAct) {
  return (
    <Tap
      className="toast-act"
      onTap={() => {
        put(undefined)
        onTap()
      }}
    >
      <Worded>{label}</Worded>
    </Tap>
  )
}
