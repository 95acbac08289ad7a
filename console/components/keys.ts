import { useEffect, useRef } from 'react'

const TYPING = 'input, textarea, select, [role="dialog"], [role="combobox"], [contenteditable]'

/** Keys of a page, quiet while somebody types or answers a dialog. By `event.key`. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, altKey, metaKey, defaultPrevented } = event
      if (defaultPrevented || ctrlKey || altKey || metaKey) return
      const typing = target instanceof Element && target.closest(TYPING)
      if (typing || document.querySelector('[role="dialog"]:not([hidden])')) return
      // Enter and space belong to what has the focus
      const pressing = target instanceof Element && target.closest('button, a')
      if (pressing && (key === 'Enter' || key === ' ')) return
      const act = latest.current[key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}
