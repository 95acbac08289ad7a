import { saveDocument } from '@/platform/save-file'
import { refused } from './client'

/**
 * Fetches the guide of a topic as PDF and hands it to the phone to keep, open or print.
 * @param answers  of the guide to print; none: the guide of every situation
 * @throws {Refused} OFFLINE and its kin
 */
export async function saveGuide(
  topicId: string,
  { answers, name }: { answers: Readonly<Record<string, string>>; name: string },
): Promise<void> {
  const pairs = Object.entries(answers).map(([question, value]) => `${question}:${value}`)
  const query = pairs.length > 0 ? `?answers=${encodeURIComponent(pairs.join(';'))}` : ''
  try {
    await saveDocument({ path: `/v1/topics/${topicId}/guide.pdf${query}`, name })
  } catch (error) {
    throw refused(error)
  }
}
