import type { LanguageSource } from '@core/contract/language'
import { call } from './client'

/** The messages of a language, or undefined when the copy with this etag is still the newest. */
export async function getLanguage(code: string, etag?: string) {
  const headers = etag ? { 'if-none-match': etag } : undefined
  const { body, etag: newer = '' } = await call<LanguageSource>(`/language/${code}`, { headers })
  return body && { language: body, etag: newer }
}
