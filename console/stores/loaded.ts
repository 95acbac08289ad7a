/** One thing of the platform on a page: its copy stays in sight while a newer one is fetched. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { type RequestFailed, failureOf } from '../platform/request'

export interface Loaded<Thing> {
  thing: Thing | undefined
  failure: RequestFailed | undefined
  reload: () => void
  /** what a call answered instead */
  replace: (thing: Thing) => void
}

interface State<Thing> {
  thing?: Thing
  failure?: RequestFailed
}

/** @param load  must stay the same function while it means the same thing */
export function useLoaded<Thing>(load: () => Promise<Thing>): Loaded<Thing> {
  const [state, setState] = useState<State<Thing>>({})
  const turn = useRef(0)
  const reload = useCallback(() => {
    turn.current += 1
    const mine = turn.current
    const write = (next: State<Thing>) => {
      if (mine === turn.current) setState((old) => ({ thing: next.thing ?? old.thing, ...next }))
    }
    load().then((thing) => write({ thing }),
      (error: unknown) => write({ failure: failureOf(error) }))
  }, [load])
  useEffect(() => {
    setState({})
    reload()
    return () => {
      turn.current += 1
    }
  }, [reload])
  const replace = useCallback((thing: Thing) => {
    turn.current += 1
    setState({ thing })
  }, [])
  return { thing: state.thing, failure: state.failure, reload, replace }
}
