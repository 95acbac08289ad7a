import { momentWords } from '../words/time'

export interface Entry {
  key: string | number
  at: string
  who: string
  text: string
  note?: string | null
}

/** What happened, the latest first. */
export function History({ entries }: { entries: readonly Entry[] }) {
  return <ol className='history' aria-label='办理经过' reversed>
    {[...entries].reverse().map(({ key, at, who, text, note }) => <li key={key}>
      <span className='number quiet'>{momentWords(at)}</span>
      <span>{text}{note && <span className='note'>“{note}”</span>}</span>
      <span className='quiet'>{who}</span>
    </li>)}
  </ol>
}
