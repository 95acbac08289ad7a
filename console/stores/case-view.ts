/** A case as it stands, looked at again while it is open: a newer one shows by itself. */
import type { CaseView } from '@core/contract/case'
import { useCallback, useEffect, useRef, useState } from 'react'
import { newerCase } from '../api/cases'
import { type RequestFailed, failureOf } from '../platform/request'

const LOOK_MS = 30_000

export interface OpenCase {
  view: CaseView | undefined
  failure: RequestFailed | undefined
  reload: () => void
  replace: (view: CaseView) => void
}

export function useCaseView(id: string): OpenCase {
  const [view, setView] = useState<CaseView>()
  const [failure, setFailure] = useState<RequestFailed>()
  const etag = useRef<string>()
  const reload = useCallback(() => {
    newerCase(id, etag.current).then((newer) => {
      setFailure(undefined)
      if (!newer) return
      etag.current = newer.etag
      setView(newer.body)
    }, (error: unknown) => setFailure(failureOf(error)))
  }, [id])
  useEffect(() => {
    etag.current = undefined
    setView(undefined)
    reload()
    const timer = setInterval(reload, LOOK_MS)
    return () => clearInterval(timer)
  }, [reload])
  const replace = useCallback((next: CaseView) => {
    etag.current = undefined
    setView(next)
  }, [])
  return { view, failure, reload, replace }
}
