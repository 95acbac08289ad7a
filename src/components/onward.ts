import type { Me } from '@core/contract/session'
import { goBack, type Params, replaceWith } from '@/platform/navigation'

/** After signing in: the real-name check if the page to come needs it, then that page, or back. */
export function onward(params: Params, me: Me) {
  const { next, ...rest } = params
  if (next === undefined) goBack()
  else if (!me.verified) replaceWith('identity', params)
  else replaceWith(String(next), rest)
}
