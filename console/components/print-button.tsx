import { App, Button } from 'antd'
import { useState } from 'react'
import { failureOf } from '../platform/request'
import { sayToStaff } from '../words/refusals'

const KEPT_MS = 60_000

/** A document of the platform in a new tab, from where it is printed. */
export function PrintButton({ name, short = false, load }: {
  name: string
  /** the row it stands in names the document */
  short?: boolean
  load: () => Promise<{ url: string }>
}) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    // opened by the click itself, or the browser takes it for an advertisement
    const tab = window.open('', '_blank')
    try {
      const { url } = await load()
      if (tab) tab.location.href = url
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
    } catch (error) {
      tab?.close()
      void message.error(sayToStaff(failureOf(error)))
    }
    setBusy(false)
  }
  return <Button aria-label={name} loading={busy} onClick={() => void print()}>
    {short ? '打印' : name}
  </Button>
}
