/** Doing something: one call at a time, a retry with the same request id, what was refused. */
import { useRef, useState } from 'react'
import { newId } from '../platform/now'
import { type RequestFailed, failureOf } from '../platform/request'
import { MOVED_ON } from '../words/refusals'

type Plain<Body> = Body extends unknown ? Omit<Body, 'requestId'> : never

export interface Acting<Body> {
  busy: boolean
  failure: RequestFailed | undefined
  /** true once it is done */
  act: (body: Plain<Body>) => Promise<boolean>
  forget: () => void
}

export function useAct<Body extends { requestId: string }, Reply>(
  send: (body: Body) => Promise<Reply>,
  { done, movedOn }: { done: (reply: Reply) => void; movedOn: () => void },
): Acting<Body> {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<RequestFailed>()
  const last = useRef({ said: '', requestId: '' })
  const act = async (body: Plain<Body>) => {
    if (busy) return false
    const said = JSON.stringify(body)
    if (last.current.said !== said) last.current = { said, requestId: newId() }
    setBusy(true)
    setFailure(undefined)
    try {
      // the very body, with the id it was made without
      const reply = await send({ ...body, requestId: last.current.requestId } as unknown as Body)
      last.current = { said: '', requestId: '' }
      done(reply)
      return true
    } catch (error) {
      const refused = failureOf(error)
      setFailure(refused)
      // whether it was done is not known of those two: the same id asks again
      if (refused.code !== 'OFFLINE' && refused.code !== 'TIMEOUT') {
        last.current = { said: '', requestId: '' }
      }
      if (MOVED_ON.has(refused.code)) movedOn()
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, failure, act, forget: () => setFailure(undefined) }
}
