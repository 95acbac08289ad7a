import { SIGNAL_TAGS, type Tone } from '../words/states'

export function StateTag({ name, tone }: { name: string; tone: Tone }) {
  return <span className={`tag tag-${tone}`}>{name}</span>
}

/** 预警 / 黄牌 / 红牌, by word and by colour. */
export function SignalTag({ signal }: { signal: 'none' | keyof typeof SIGNAL_TAGS }) {
  if (signal === 'none') return null
  const { name, title } = SIGNAL_TAGS[signal]
  return <span className={`tag signal-${signal}`} title={title}>{name}</span>
}
