import type { TextFile } from './give-file'

const URL_LIFE_MS = 60_000

/** Hands a file over: the browser saves it. */
export async function giveFile({ name, text }: TextFile): Promise<void> {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), URL_LIFE_MS)
}
