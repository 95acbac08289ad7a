import type { ShareButtonProps } from '.'

/** A browser has no friends to send to: the link is copied instead. */
export function ShareButton(_props: ShareButtonProps) {
  return null
}
