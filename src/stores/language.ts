/** 语言帮助: the messages of the chosen language, fetched only when one is chosen, then kept. */
import type { LanguageSource } from '@core/contract/language'
import { helpFor } from '@core/language'
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { asRefused } from '@/api/client'
import { getLanguage } from '@/api/language'
import { readItem, writeItem } from '@/platform/storage'
import { setLanguage, useSettings } from './settings'

interface Kept {
  language: LanguageSource
  etag: string
}

/** What may be chosen, and what has to be known before. */
export const LANGUAGES = [{
  code: 'ug',
  name: 'ئۇيغۇرچە',
  label: '维吾尔语提示',
  note: '草稿，译文尚未经专业译员审定，以中文为准',
}] as const

const keyOf = (code: string) => `language-${code}`

export const useLanguages = create<{ byCode: Readonly<Record<string, Kept>> }>()(() => ({
  byCode: {},
}))

function keep(kept: Kept) {
  useLanguages.setState(({ byCode }) => ({
    byCode: { ...byCode, [kept.language.language]: kept },
  }))
}

/**
 * Asks whether the messages moved and keeps the newer ones.
 * @throws {Refused} when they could not be had; a kept copy serves on
 */
async function refreshLanguage(code: string): Promise<void> {
  const stored = useLanguages.getState().byCode[code] ?? readItem<Kept>(keyOf(code))
  if (stored) keep(stored)
  const newer = await getLanguage(code, stored?.etag)
  if (!newer) return
  keep(newer)
  writeItem(keyOf(code), newer)
}

/**
 * Turns the layer on, or off with undefined.
 * @throws {Refused} when its messages are not on this phone and could not be fetched: it stays off
 */
export async function chooseLanguage(code: string | undefined): Promise<void> {
  if (code) {
    try {
      await refreshLanguage(code)
    } catch (error) {
      if (!useLanguages.getState().byCode[code]) throw error
    }
  }
  setLanguage(code)
}

/** The chosen layer for the kit; undefined while it is off or still on its way. */
export function useHelping() {
  const code = useSettings(({ language }) => language)
  const messages = useLanguages(({ byCode }) => (code ? byCode[code]?.language : undefined))
  useEffect(() => {
    if (code && !useLanguages.getState().byCode[code]) refreshLanguage(code).catch(asRefused)
  }, [code])
  return useMemo(() => messages && {
    language: messages.language,
    direction: messages.direction,
    of: (text: string) => helpFor(messages, text),
  }, [messages])
}
