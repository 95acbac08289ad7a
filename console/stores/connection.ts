/** Whether the platform answers; what one sees meanwhile is from before. */
import { create } from 'zustand'
import { now } from '../platform/now'

export const useConnection = create<{ lostAt: string | undefined; heardAt: string | undefined }>()(
  () => ({ lostAt: undefined, heardAt: undefined }),
)

export function reached(isReached: boolean): void {
  const { lostAt } = useConnection.getState()
  if (isReached) useConnection.setState({ lostAt: undefined, heardAt: now() })
  else if (lostAt === undefined) useConnection.setState({ lostAt: now() })
}
