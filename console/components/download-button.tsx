import { App, Button } from 'antd'
import { useState } from 'react'
import { failureOf } from '../platform/request'
import { sayToStaff } from '../words/refusals'

const KEPT_MS = 60_000

/** A file of the platform, saved under a name. */
export function DownloadButton({ name, fileName, load }: {
  name: string
  fileName: string
  load: () => Promise<{ url: string }>
}) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const { url } = await load()
      const link = document.createElement('a')
      link.href = url
      link.download = fileName
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
    } catch (error) {
      void message.error(sayToStaff(failureOf(error)))
    }
    setBusy(false)
  }
  return <Button loading={busy} onClick={() => void save()}>{name}</Button>
}
