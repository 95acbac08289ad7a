import type { TopicIcon } from '@core/contract/home'
import { Words } from './box'

export type IconName =
  | 'back' | 'next' | 'down' | 'alert' | 'info' | 'check' | 'close' | 'calendar' | 'camera'
  | 'album' | 'document' | 'phone' | 'person' | 'clock' | 'offline' | 'location' | 'retry'
  | 'search' | TopicIcon

/** A line drawing in the colour of its text; decoration, so the words beside it must suffice. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return <Words className={`icon icon-${name} ${className}`} hidden />
}
