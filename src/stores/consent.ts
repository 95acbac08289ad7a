/** What WeChat is asking the person for, or what they refused just now. */
import { create } from 'zustand'
import { type Consent, watchConsent } from '@/platform/consent'

export const useConsent = create<{ consent: Consent | undefined }>()(() => ({
  consent: undefined,
}))

/** It has been read. */
export const dropConsent = () => useConsent.setState({ consent: undefined })

watchConsent((consent) => useConsent.setState({ consent }))
