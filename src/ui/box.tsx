/**
 * The few elements everything else is made of. The kit is written once over these: here they are
 * the mini-program's own components, in box.h5.tsx native HTML elements. Taro's H5 components are
 * not used at all: their buttons have no role, no focus and no key.
 */
import type { CSSProperties, ReactNode } from 'react'
import { Button, Image, Label, Text, View } from '@tarojs/components'
import { useFrame } from './frame'
import { isHelped } from './helped-elements'

export interface BoxProps {
  as?:
    | 'div' | 'section' | 'header' | 'main' | 'footer' | 'nav' | 'ul' | 'ol' | 'li' | 'p'
    | 'h1' | 'h2' | 'h3' | 'dl' | 'dt' | 'dd' | 'fieldset' | 'legend'
  className?: string
  id?: string
  role?: string
  /** Spoken instead of the content. */
  label?: string
  live?: 'polite' | 'assertive'
  /** Hidden from screen readers, not from the eye. */
  hidden?: boolean
  modal?: boolean
  /** Can take focus from code (see platform/focus), not from the Tab key. */
  focusable?: boolean
  style?: CSSProperties
  children?: ReactNode
}

export interface WordsProps {
  className?: string
  id?: string
  hidden?: boolean
  children?: ReactNode
}

export interface TapProps {
  onTap: () => void
  className?: string
  id?: string
  label?: string
  disabled?: boolean
  busy?: boolean
  describedBy?: string
  pressed?: boolean
  expanded?: boolean
  role?: string
  children?: ReactNode
}

export interface PictureProps {
  src: string
  alt: string
  className?: string
}

export interface LabelProps {
  field: string
  className?: string
  children?: ReactNode
}

const ROLES: Partial<Record<NonNullable<BoxProps['as']>, string>> = {
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  nav: 'navigation',
  ul: 'list',
  ol: 'list',
  li: 'listitem',
}

/** A block: any structural element. */
export function Box({ as = 'div', role, label, live, hidden, modal, ...rest }: BoxProps) {
  const { className, id, style, children } = rest
  const aria = {
    'aria-role': role ?? ROLES[as],
    'aria-label': label,
    'aria-live': live,
    'aria-hidden': hidden,
    'aria-modal': modal,
  }
  return (
    <View className={className} id={id} style={style} {...aria}>
      {children}
      {isHelped(as, children) && <Helped text={children} />}
    </View>
  )
}

/** The help of the language layer for a Chinese text, on a line of its own. */
export function Helped({ text }: { text: string }) {
  const { helping } = useFrame()
  const help = helping?.of(text)
  if (!helping || !help) return null
  return <Text className={`help-language help-${helping.direction}`}>{help}</Text>
}

/** A run of text. */
export function Words({ className, id, hidden, children }: WordsProps) {
  return <Text className={className} id={id} aria-hidden={hidden}>{children}</Text>
}

/** Anything that is tapped: a real button, never a submit. */
export function Tap({ onTap, className = '', id, label, disabled, role, ...rest }: TapProps) {
  const state = {
    'aria-busy': rest.busy,
    'aria-describedby': rest.describedBy,
    'aria-pressed': rest.pressed,
    'aria-expanded': rest.expanded,
  }
  return (
    <Button
      className={`tap ${className}`}
      hoverClass="tap-hover"
      id={id}
      disabled={disabled}
      onClick={onTap}
      aria-role={role ?? 'button'}
      aria-label={label}
      aria-disabled={disabled}
      {...state}
    >
      {rest.children}
    </Button>
  )
}

/** A picture; an empty alt marks it as decoration. */
export function Picture({ src, alt, className }: PictureProps) {
  return (
    <Image
      src={src} className={className} mode="aspectFill"
      aria-role="img" aria-label={alt} aria-hidden={alt === ''}
    />
  )
}

/** The visible name of a field. */
export function LabelFor({ field, className, children }: LabelProps) {
  return <Label for={field} className={className}>{children}</Label>
}
