/** The photo in sight, fetched with the session and given back afterwards. */
import { useCallback, useEffect, useState } from 'react'
import { materialFile } from '../api/materials'
import { failureOf } from '../platform/request'
import { sayToStaff } from '../words/refusals'

export type OpenSheet =
  | { is: 'loading' }
  | { is: 'there'; url: string; type: string }
  | { is: 'failed'; text: string; again: () => void }

export function useSheet(id: string | undefined): OpenSheet {
  const [sheet, setSheet] = useState<OpenSheet>({ is: 'loading' })
  const [round, setRound] = useState(0)
  const again = useCallback(() => setRound((old) => old + 1), [])
  useEffect(() => {
    setSheet({ is: 'loading' })
    if (id === undefined) return undefined
    let given: string | undefined
    let gone = false
    materialFile(id).then(({ url, type }) => {
      if (gone) return URL.revokeObjectURL(url)
      given = url
      setSheet({ is: 'there', url, type })
    }, (error: unknown) => {
      if (!gone) setSheet({ is: 'failed', text: sayToStaff(failureOf(error)), again })
    })
    return () => {
      gone = true
      if (given) URL.revokeObjectURL(given)
    }
  }, [id, round, again])
  return sheet
}
