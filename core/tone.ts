/** How a topic is spoken of. Around a death nobody is asked for stars, but anyone may give them. */
import type { Topic } from './contract/topic'

/** Whether the citizen is asked to rate (好差评). */
export const asksRating = ({ tone }: Pick<Topic, 'tone'>): boolean => tone !== 'quiet'
