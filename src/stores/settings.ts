/** How the app looks and where it acts: no personal data, so it is stored as is. */
import { create } from 'zustand'
import { readItem, writeItem } from '@/platform/storage'

interface Settings {
  /** 长辈版 */
  elder: boolean
  /** county, GB/T 2260 */
  region: string
  /** the help layer under the Chinese, BCP 47; off while undefined */
  language?: string | undefined
}

const KEY = 'settings'
const FIRST: Settings = { elder: false, region: '653101' }

export const useSettings = create<Settings>()(() => ({
  ...FIRST,
  ...readItem<Partial<Settings>>(KEY),
}))

useSettings.subscribe((settings) => writeItem(KEY, settings))

export const setElder = (elder: boolean) => useSettings.setState({ elder })
export const setLanguage = (language: string | undefined) =>
  useSettings.setState({ language })
export const setRegion = (region: string) => useSettings.setState({ region })
