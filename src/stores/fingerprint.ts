import { toUtf8 } from '@/platform/bytes'
import { sha256Hex } from '@/platform/sha256'

/** Equal for equal values, whatever the order of their keys; tells nothing of them. */
export function fingerprint(value: unknown): string {
  const bytes = toUtf8(written(value))
  return sha256Hex(bytes.slice().buffer)
}

function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  if (Array.isArray(value)) return `[${value.map(written).join()}]`
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${written(part)}`).join()}}`
}
