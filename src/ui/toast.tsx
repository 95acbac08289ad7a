import { useSyncExternalStore } from 'react'
import { Box, Words } from './box'
import { Icon } from './icon'

interface Toast {
  text: string
  kind: 'done' | 'info' | 'error'
}

const ICONS = { done: 'check', info: 'info', error: 'alert' } as const
const SHOWN_MS = 4000
const listeners = new Set<() => void>()
let current: Toast | undefined
let timer: ReturnType<typeof setTimeout> | undefined

function put(toast: Toast | undefined) {
  current = toast
  listeners.forEach((tell) => tell())
}

/** Says one short sentence for four seconds, aloud too. Never the only trace of an error. */
export function showToast(text: string, kind: Toast['kind'] = 'info') {
  clearTimeout(timer)
  put({ text, kind })
  timer = setTimeout(() => put(undefined), SHOWN_MS)
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
          <Words>{toast.text}</Words>
        </Box>
      )}
    </Box>
  )
}
