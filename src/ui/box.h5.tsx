import type { BoxProps, LabelProps, PictureProps, TapProps, WordsProps } from './box'
import { isHelped } from './helped-elements'
import { useFrame } from './frame'

/** A block: any structural element. */
export function Box({ as: Tag = 'div', label, live, hidden, modal, ...props }: BoxProps) {
  const { children, focusable, ...rest } = props
  return (
    <Tag
      {...rest}
      aria-label={label}
      aria-live={live}
      aria-hidden={hidden || undefined}
      aria-modal={modal || undefined}
      tabIndex={focusable ? -1 : undefined}
    >
      {children}
      {isHelped(Tag, children) && <Helped text={children} />}
    </Tag>
  )
}

/** The help of the language layer for a Chinese text, on a line of its own. */
export function Helped({ text }: { text: string }) {
  const { helping } = useFrame()
  const help = helping?.of(text)
  if (!helping || !help) return null
  return (
    <span className="help-language" lang={helping.language} dir={helping.direction}>{help}</span>
  )
}

/** A run of text. */
export function Words({ hidden, ...rest }: WordsProps) {
  return <span {...rest} aria-hidden={hidden || undefined} />
}

/** Anything that is tapped: a real button, never a submit. */
export function Tap({ onTap, label, busy, describedBy, pressed, expanded, ...rest }: TapProps) {
  return (
    <button
      {...rest}
      type="button"
      onClick={onTap}
      aria-label={label}
      aria-busy={busy || undefined}
      aria-describedby={describedBy}
      aria-pressed={pressed}
      aria-expanded={expanded}
    />
  )
}

/** A picture; an empty alt marks it as decoration. */
export function Picture({ src, alt, className }: PictureProps) {
  return <img src={src} alt={alt} className={className} />
}

/** The visible name of a field. */
export function LabelFor({ field, className, children }: LabelProps) {
  return <label htmlFor={field} className={className}>{children}</label>
}
